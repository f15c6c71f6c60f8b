/**
 * Where a training step's time goes: `node bench/profile.mjs [--cases S,D,M,L,XL] [--threads 1] [--fast-math] [--quick]`.
 *
 * The wasm engine runs a plan in one call, so its steps cannot be timed from outside one by one. Instead the same plan is
 * opened many times over one arena: for large cases as one plan for each step, run in order with the clock read between
 * them; for small ones, where reading the clock would cost as much as a step, cut off after each of its steps and run many
 * times, a step's time being the difference between neighboring cuts. Each figure is a quarter from the
 * fastest of many rounds: the machine is shared, and what is looked for is where our time goes.
 */
import { stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { caseNamed, cases, dataOf } from "./cases.mjs";
import { library, takeLibrary } from "./library.mjs";
import { describeMachine, machineLine } from "./machine.mjs";
import { writeResults } from "./output.mjs";
import { markdownTable, quantile, time } from "./statistics.mjs";

/** @typedef {import("../src/index.js").PrintablePlan} Plan */
/** @typedef {Plan["steps"][number]} Step */

/** @param {Step} step */
function describe(step) {
  if (step.kind === "matmul") {
    const [a, b] = [
      `${step.a.buffer.name}${step.transposeA ? "ᵀ" : ""}`,
      `${step.b.buffer.name}${step.transposeB ? "ᵀ" : ""}`,
    ];
    const rest = [step.bias && "bias", step.activation?.op.name].filter((part) => part !== undefined);
    return `${a}·${b}, ${step.m}×${step.k}×${step.n}${rest.length > 0 ? `, ${rest.join(", ")}` : ""}`;
  }
  if (step.kind === "elementwise") {
    const named = step.expression.replace(/\$(\d+)/g, (_, i) => step.inputs[Number(i)]?.view.buffer.name ?? "constant");
    return `${named}, ${step.length}`;
  }
  if (step.kind === "copy") return `copy of ${step.from.buffer.name}`;
  return `${step.op.name}(${step.inputs.map(({ buffer }) => `${buffer.name} [${buffer.shape.join(", ")}]`).join(", ")})`;
}

/** The share of rounds that are faster than the figure given. */
const quiet = 0.25;

/** Below this, in microseconds, a step is timed by cutting plans off. */
const smallCase = 200;

/** Numbers read and written, 4 bytes each. @param {Step} step */
function bytesOf(step) {
  if (step.kind === "matmul") return 4 * (step.m * step.k + step.k * step.n + step.m * step.n);
  if (step.kind === "copy") return 8 * step.from.buffer.length;
  const views =
    step.kind === "op" ? [...step.inputs, step.output] : [...step.inputs, ...step.outputs].map(({ view }) => view);
  return 4 * views.reduce((total, { buffer }) => total + buffer.length, 0);
}

/** @param {string} name @param {{ threads?: number, fastMath?: boolean }} how @param {number} milliseconds how long all rounds of the case take together */
async function profile(name, how, milliseconds) {
  const { bench, engines } = await library();
  const data = dataOf(caseNamed(name));
  const { batch, rate } = data.case;
  const { session } = await bench.openCase(data.case, { engine: "wasm", threads: 1 });
  const { description } = session;
  const plan = session.plan(batch);
  // Plans 0 … n are cut off after so many steps; n + 1 + k is step k alone.
  const { steps } = plan;
  const cuts = Array.from({ length: steps.length + 1 }, (_, k) => ({ ...plan, steps: steps.slice(0, k) }));
  const single = steps.map((step) => ({ ...plan, steps: [step] }));
  const device = await engines.wasm.open([...cuts, ...single], how);
  const place = (/** @type {string} */ buffer) => plan.buffers.find((one) => one.name === buffer)?.offset ?? 0;
  device.arena.set(session.snapshot(), 0);
  data.layers.forEach(({ W, b }, i) => {
    device.arena.set(W, place(`W[${i + 1}]`));
    device.arena.set(b, place(`b[${i + 1}]`));
  });
  device.arena.set(data.batches[0]?.x ?? [], place("X"));
  device.arena.set(data.batches[0]?.labels ?? [], place("t"));
  for (const [scalar, value] of Object.entries(description.optimizer.scalars(1, rate)))
    device.arena[place(scalar)] = value;

  const clock = (/** @type {number} */ index, repeats = 1) => {
    const begin = performance.now();
    for (let i = 0; i < repeats; i++) device.run(index);
    return ((performance.now() - begin) * 1000) / repeats;
  };
  const last = steps.length;
  for (let i = 0; i < 3; i++) clock(last);
  const rough = clock(last);
  const small = rough < smallCase;
  const repeats = Math.max(1, Math.min(200, Math.floor(1000 / rough)));
  /** @type {{ whole: number, call: number, steps: number[] }[]} */
  const rounds = [];
  const until = performance.now() + milliseconds;
  while (rounds.length < 15 || performance.now() < until) {
    const whole = clock(last, repeats);
    const call = clock(0, 100);
    if (small) {
      const times = cuts.map((_, k) => clock(k, repeats));
      rounds.push({ whole, call, steps: steps.map((_, k) => Number(times[k + 1]) - Number(times[k])) });
    } else rounds.push({ whole, call, steps: steps.map((_, k) => clock(last + 1 + k) - call) });
  }
  const measured = steps.map((step, k) => {
    const microseconds = quantile(
      rounds.map((round) => Number(round.steps[k])),
      quiet,
    );
    const flops = step.kind === "matmul" ? 2 * step.m * step.k * step.n : undefined;
    const label = plan.labels[k];
    return {
      phase: label?.phase,
      names: label?.names,
      kind: step.kind,
      what: describe(step),
      microseconds,
      flops,
      bytes: bytesOf(step),
    };
  });
  device.close();
  session[Symbol.dispose]?.();
  const [whole, call] = [rounds.map((round) => round.whole), rounds.map((round) => round.call)].map((all) =>
    quantile(all, quiet),
  );
  return { case: name, rounds: rounds.length, microseconds: whole, call, steps: measured };
}

/** @param {Awaited<ReturnType<typeof profile>>} result */
function section({ case: name, rounds, microseconds, call, steps }) {
  const rows = steps.map(({ phase, what, microseconds: own, flops, bytes }) => [
    `\`${what.length > 90 ? `${what.slice(0, 89)}…` : what}\``,
    String(phase),
    time(own),
    `${((100 * own) / microseconds).toFixed(1)} %`,
    flops === undefined ? "" : (flops / own / 1000).toFixed(1),
    (bytes / own / 1000).toFixed(1),
  ]);
  const products = steps.filter(({ flops }) => flops !== undefined);
  const inProducts = products.reduce((total, { microseconds: own }) => total + own, 0);
  const flops = products.reduce((total, one) => total + (one.flops ?? 0), 0);
  const { sizes, batch } = caseNamed(name);
  return `## ${name}: ${sizes.join("-")}, batch ${batch}

${time(microseconds)} a step, ${time(call)} of it the call itself; matrix products take ${((100 * inProducts) / microseconds).toFixed(0)} % at
${(flops / inProducts / 1000).toFixed(1)} GFLOP/s, the whole step ${(flops / microseconds / 1000).toFixed(1)} GFLOP/s. ${rounds} rounds.

${markdownTable(["step", "part", "time", "share", "GFLOP/s", "GB/s"], rows)}
`;
}

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: cases.map(({ name }) => name).join(",") },
    threads: { type: "string", default: "1" },
    "fast-math": { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    name: { type: "string", default: "profile" },
    out: { type: "string", default: fileURLToPath(new URL("../docs/bench/", import.meta.url)) },
  },
});
const machine = describeMachine();
takeLibrary();
/** @type {Awaited<ReturnType<typeof profile>>[]} */
const results = [];
const how = { threads: Number(options.threads), ...(options["fast-math"] && { fastMath: true }) };
for (const name of options.cases.split(",")) {
  stderr.write(`Profiling ${name} …\n`);
  results.push(await profile(name, how, options.quick ? 600 : 6000));
}
const page = `# Where a training step's time goes

Written by \`node bench/profile.mjs\` on ${new Date().toISOString().slice(0, 10)}; do not edit. The wasm engine, ${how.threads === 1 ? "one thread" : `${how.threads} threads`}, ${options["fast-math"] ? "fast-math" : "portable"} build. A
step is timed alone, in its place in the whole; in S and D as the difference between plans cut off before and after it.
GB/s counts each operand once. A quarter of the rounds were faster than the figures given.

Machine: ${machineLine(machine)}. It is shared with other work.

${results.map(section).join("\n")}`;
const result = { measured: new Date().toISOString().slice(0, 10), machine, results };
writeResults(options.out, options.name, result, page);
stdout.write(page);
