/**
 * From how much arithmetic on a second thread pays, and ONNX Runtime: `node bench/crossovers.mjs [--seconds 6] [--dry]`.
 *
 * Networks of growing size take turns on the engines, in rounds; a ratio is the median of the ratios within rounds. What `auto`
 * needs of it is written to src/engines/crossovers.ts, the whole table to docs/bench/crossovers.md. On two cores: about
 * two minutes.
 */
import { renameSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { flopsOf } from "./cases.mjs";
import { hasThreads, library, takeLibrary } from "./library.mjs";
import { describeMachine, machineLine } from "./machine.mjs";
import { writeResults } from "./output.mjs";
import { markdownTable, median, ratio, time } from "./statistics.mjs";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "6" },
    dry: { type: "boolean", default: false },
    out: { type: "string", default: fileURLToPath(new URL("../docs/bench/", import.meta.url)) },
  },
});
/** How many times as fast a second thread, and onnx, must be to be chosen. */
const least = { threads: 1.2, onnx: 1.5 };

/** @type {readonly import("./cases.mjs").Case[]} */
const networks = [
  { name: "1", sizes: [64, 64, 10], batch: 32, rate: 0.01 },
  { name: "2", sizes: [64, 128, 10], batch: 64, rate: 0.01 },
  { name: "3", sizes: [128, 128, 128, 10], batch: 64, rate: 0.01 },
  { name: "4", sizes: [256, 256, 10], batch: 64, rate: 0.01 },
  { name: "5", sizes: [784, 128, 10], batch: 64, rate: 0.01 },
  { name: "6", sizes: [784, 256, 128, 10], batch: 64, rate: 0.01 },
  { name: "7", sizes: [784, 256, 256, 10], batch: 128, rate: 0.01 },
  { name: "8", sizes: [784, 512, 512, 10], batch: 128, rate: 0.01 },
  { name: "9", sizes: [1024, 1024, 1024, 100], batch: 128, rate: 0.01 },
];

const machine = describeMachine();
takeLibrary();
const loaded = await library();
const two = availableParallelism() >= 2;
const contenders = [
  { engine: "wasm", threads: 1 },
  ...(two && hasThreads() ? [{ engine: "wasm", threads: 2 }] : []),
  { engine: "onnx", threads: 1 },
  ...(two ? [{ engine: "onnx", threads: 2 }] : []),
].map((one) => ({
  ...one,
  engine: /** @type {"wasm" | "onnx"} */ (one.engine),
  title: `${one.engine}, ${one.threads} thread${one.threads === 1 ? "" : "s"}`,
}));

/** Microseconds a step by contender, one figure a round. @param {import("./cases.mjs").Case} network */
async function measure(network) {
  /** @type {{ title: string, session: import("../src/index.js").Session, steps: number, rounds: number[] }[]} */
  const open = [];
  for (const { title, ...how } of contenders) {
    try {
      const { session } = await loaded.bench.openCase(network, how);
      const begun = performance.now();
      let steps = 0;
      while (performance.now() - begun < 200) {
        await session.step(network.batch, network.rate);
        steps++;
      }
      open.push({ title, session, steps: Math.max(1, Math.round(steps / 4)), rounds: [] });
    } catch (error) {
      stderr.write(`${title}: ${error instanceof Error ? error.message : error}\n`);
    }
  }
  const until = performance.now() + 1000 * Number(options.seconds);
  while (performance.now() < until) {
    for (const { session, steps, rounds } of open) {
      await session.step(network.batch, network.rate);
      const begun = performance.now();
      for (let i = 0; i < steps; i++) {
        const stepping = session.step(network.batch, network.rate);
        if (stepping !== undefined) await stepping;
      }
      rounds.push(((performance.now() - begun) * 1000) / steps);
    }
  }
  for (const { session } of open) session[Symbol.dispose]?.();
  return new Map(open.map(({ title, rounds }) => [title, rounds]));
}

/** How many times as fast as `base` a contender is. @param {readonly number[] | undefined} base @param {readonly number[] | undefined} rounds */
const speedup = (base, rounds) =>
  base === undefined || rounds === undefined ? Number.NaN : median(base.map((t, i) => t / Number(rounds[i])));

const rows = [];
for (const network of networks) {
  const rounds = await measure(network);
  const of = (/** @type {string} */ title) => rounds.get(title);
  const [one, second] = [of("wasm, 1 thread"), of("wasm, 2 threads")];
  const threads = speedup(one, second);
  const ours = threads > 1 ? second : one;
  const onnx = Math.max(
    ...["onnx, 1 thread", "onnx, 2 threads"].map((title) => speedup(ours, of(title))).filter(Number.isFinite),
  );
  const times = Object.fromEntries([...rounds].map(([title, all]) => [title, median(all)]));
  rows.push({ network: network.sizes.join("-"), batch: network.batch, flops: flopsOf(network), times, threads, onnx });
  stderr.write(`${network.sizes.join("-")}: threads ${ratio(threads)}, onnx ${ratio(onnx)}\n`);
}

/** From where on a speed-up stays at what is wanted, between rows by its logarithm. @param {"threads" | "onnx"} kind */
function crossover(kind) {
  const lastBelow = rows.findLastIndex((row) => !(row[kind] >= least[kind]));
  const [below, above] = [rows[lastBelow], rows[lastBelow + 1]];
  if (above === undefined) return undefined;
  if (below === undefined || !Number.isFinite(below[kind])) return above.flops;
  const share = Math.log(least[kind] / below[kind]) / Math.log(above[kind] / below[kind]);
  return Math.round(below.flops * (above.flops / below.flops) ** share);
}

const measured = new Date().toISOString().slice(0, 10);
const found = { threads: crossover("threads"), onnx: crossover("onnx") };
const million = (/** @type {number | undefined} */ flops) =>
  flops === undefined ? "nowhere in this table" : `${(flops / 2e6).toPrecision(2)} M multiply-adds a step`;
const page = `# Where a second thread pays, and ONNX Runtime

Written by \`node bench/crossovers.mjs\` on ${measured}; do not edit. Training steps, ReLU and softmax cross-entropy; the engines take
turns. \`auto\` chooses by this table (\`src/engines/crossovers.ts\`).

Machine: ${machineLine(machine)}. It is shared with other work.

- A second thread is taken from where it is ${least.threads} times as fast: ${million(found.threads)}.
- The onnx engine is taken, where ONNX Runtime is installed, from where it is ${least.onnx} times as fast as wasm: ${million(found.onnx)}.

${markdownTable(
  [
    "network",
    "batch",
    "multiply-adds a step",
    ...contenders.map(({ title }) => title),
    "second thread",
    "onnx against wasm",
  ],
  rows.map((row) => [
    row.network,
    String(row.batch),
    Math.round(row.flops / 2).toLocaleString("en-US"),
    ...contenders.map(({ title }) => time(row.times[title] ?? Number.NaN)),
    ratio(row.threads),
    ratio(row.onnx),
  ]),
)}
`;
stdout.write(page);
if (!options.dry) {
  writeResults(options.out, "crossovers", { measured, machine, least, found, rows }, page);
  const line = (/** @type {"threads" | "onnx"} */ kind) =>
    `  ${kind}: { ${[`times: ${least[kind]}`, ...(found[kind] === undefined ? [] : [`from: ${found[kind]}`])].join(", ")} },`;
  const file = join(fileURLToPath(new URL("..", import.meta.url)), "src", "engines", "crossovers.ts");
  writeFileSync(
    `${file}.tmp`,
    `/**
 * Written by \`node bench/crossovers.mjs\`; do not edit. From how many multiplications and additions a step on (\`plan.flops\`) a
 * second thread of the wasm engine is \`times\` as fast as one, and the onnx engine as the wasm engine; without \`from\`, nowhere in
 * the table (docs/bench/crossovers.md).
 * Measured on ${measured}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}.
 */
export type Crossovers = Readonly<Record<"threads" | "onnx", { readonly times: number; readonly from?: number }>>;

export const crossovers: Crossovers = {
${line("threads")}
${line("onnx")}
};
`,
  );
  renameSync(`${file}.tmp`, file);
}
