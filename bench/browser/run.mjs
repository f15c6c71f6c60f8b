/**
 * The cases in headless Chromium: `node bench/browser/run.mjs [--cases S,D,M,L,XL] [--rounds 5] [--quick]`.
 * retrograd's wasm engine, jax-js and tfjs's wasm backend in cross-origin isolated pages, each in a process of its own,
 * in rounds; beside them retrograd in Node. Needs the peers installed (`npm run peers` in bench/peers does that).
 */
import { availableParallelism } from "node:os";
import { execPath, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launchChromium } from "../../tools/chromium.mjs";
import { serve } from "../../tools/isolated-server.mjs";
import { agreement, caseNamed, cases, flopsOf } from "../cases.mjs";
import { hasThreads, library, libraryFolder, libraryMentions, takeLibrary } from "../library.mjs";
import { describeMachine, machineLine } from "../machine.mjs";
import { writeResults } from "../output.mjs";
import { referenceLosses } from "../peers/reference.mjs";
import { Talk } from "../peers/talk.mjs";
import { markdownTable, median, ratio, time } from "../statistics.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const { values: options } = parseArgs({
  options: {
    cases: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    out: { type: "string", default: here("../../docs/bench/") },
  },
});
/** How many times faster than jax-js retrograd set out to be in a page; and the share of its Node speed it must keep. */
const wanted = { S: 200, D: 60, M: 6, L: 3, XL: 2 };
const keeps = 0.8;

const rounds = Number(options.rounds ?? (options.quick ? 2 : 5));
const machine = describeMachine();
takeLibrary();
const { bench } = await library();
/** What the engine's multiply-adds can reach at most on this machine, in GFLOP/s a thread: see src/measure/roofline.ts. */
const { roof } = await bench.timeKernel("256³ product", { threads: 1 }, 500);
const { build } = await import("esbuild");
const { outputFiles } = await build({
  entryPoints: [here("page.mjs")],
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  external: ["/dist/*"],
  nodePaths: [here("../peers/node_modules")],
  write: false,
  logLevel: "error",
});
const server = await serve(
  { "/dist/": libraryFolder(), "/tfjs/": here("../peers/node_modules/@tensorflow/tfjs-backend-wasm/dist") },
  {
    "/": {
      type: "text/html",
      body: '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/page.js"></script>',
    },
    "/page.js": { type: "text/javascript", body: outputFiles[0]?.contents ?? "" },
  },
);
const browser = await launchChromium();

const counts = availableParallelism() >= 2 && hasThreads() ? [1, 2] : [1];
const systems = [
  ...[false, ...(libraryMentions("fastMath") ? [true] : [])].flatMap((fastMath) =>
    counts.map((threads) => ({
      id: "retrograd",
      threads,
      fastMath,
      title: `retrograd, wasm${fastMath ? " with fast math" : ""}, ${threads} thread${threads === 1 ? "" : "s"}`,
    })),
  ),
  { id: "jax-js", fastMath: false, threads: 0, title: "@jax-js/jax, wasm, jit" },
  { id: "tfjs-wasm", fastMath: false, threads: 0, title: "@tensorflow/tfjs, wasm" },
];
/** A system that needs longer than this a step, in microseconds, is timed on the steps of its check alone. */
const slowStep = 2e6;
const turn = 300_000;

/** @typedef {{ title: string, loss?: number, agrees?: boolean, failed?: string, microseconds?: number, rounds?: number[] }} Row */

/** @param {import("../cases.mjs").Case} one @param {number} reference @returns {Promise<Row[]>} */
async function runCase(one, reference) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {{ row: Row, turn: (() => Promise<number[]>), leave: () => Promise<void>, rounds: number[] }[]} */
  const present = [];
  for (const { id, threads, fastMath, title } of systems) {
    /** @type {Row} */
    const row = { title };
    rows.push(row);
    if (id === "tfjs-wasm" && one.name === "XL") {
      row.failed = "left out: about ten seconds a step, see peers.md";
      continue;
    }
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(1_800_000);
    try {
      await page.goto(server.origin);
      await page.waitForFunction("globalThis.bench !== undefined");
      if (!(await page.evaluate("bench.isolated()"))) throw new Error("the page is not cross-origin isolated");
      const { loss, microseconds } = await page.evaluate(
        `bench.check(${JSON.stringify(id)}, ${JSON.stringify(one.name)}, ${threads}, ${fastMath})`,
      );
      row.loss = loss;
      row.agrees = Math.abs(loss - reference) <= agreement.tolerance;
      const chunk = Math.max(1, Math.min(1000, Math.round(1000 / microseconds)));
      const chunks = Math.max(2, Math.min(500, Math.round(turn / (microseconds * chunk))));
      const slow = microseconds > slowStep;
      present.push({
        row,
        rounds: slow ? [microseconds] : [],
        turn: async () => (slow ? [] : page.evaluate(`bench.time(${chunks}, ${chunk})`)),
        leave: () => context.close(),
      });
      stderr.write(
        `  ${one.name} ${title}: loss ${loss.toFixed(5)} ${row.agrees ? "agrees" : `is not ${reference.toFixed(5)}`}\n`,
      );
    } catch (error) {
      row.failed = error instanceof Error ? String(error.message.split("\n")[0]) : String(error);
      stderr.write(`  ${one.name} ${title}: ${row.failed}\n`);
      await context.close();
    }
  }
  /** @type {Row} */
  const node = { title: "retrograd, wasm, 1 thread, in Node" };
  const talk = new Talk([
    execPath,
    here("../peers/child.mjs"),
    "retrograd",
    one.name,
    JSON.stringify({ engine: "wasm", threads: 1 }),
  ]);
  await talk.hear();
  const check = /** @type {{ loss: number, times: number[] }} */ (await talk.ask({ do: "check" }));
  node.loss = check.loss;
  node.agrees = Math.abs(check.loss - reference) <= agreement.tolerance;
  const steps = Math.max(2, Math.min(5000, Math.round(turn / median(check.times.slice(-5)))));
  rows.push(node);
  present.push({
    row: node,
    rounds: [],
    turn: async () => /** @type {number[]} */ ((await talk.ask({ do: "time", steps, warm: 100 })).times),
    leave: () => talk.leave(),
  });
  for (let round = 0; round < rounds; round++) {
    for (const { rounds, turn: take } of present) {
      const times = await take();
      if (times.length > 0) rounds.push(median(times));
    }
  }
  for (const { row, rounds, leave } of present) {
    row.rounds = rounds;
    row.microseconds = median(rounds);
    await leave();
  }
  return rows;
}

const names =
  options.cases?.split(",") ?? cases.map(({ name }) => name).filter((name) => !(options.quick && name === "XL"));
const chosen = names.map(caseNamed);
const expected = await referenceLosses(chosen);
/** @type {{ case: import("../cases.mjs").Case, rows: Row[] }[]} */
const results = [];
for (const one of chosen) {
  stderr.write(`Case ${one.name}\n`);
  results.push({ case: one, rows: await runCase(one, Number(expected.get(one.name))) });
  for (const { title, microseconds, failed } of results.at(-1)?.rows ?? []) {
    stderr.write(`  ${one.name} ${title}: ${failed ?? time(microseconds ?? Number.NaN)}\n`);
  }
}
const version = browser.version();
await browser.close();
server.close();

/** How many times as long `theirs` takes, round by round. @param {Row} theirs @param {Row} ours */
const times = (theirs, ours) => {
  const [a, b] = [theirs.rounds ?? [], ours.rounds ?? []];
  return a.length === b.length ? median(a.map((t, i) => t / Number(b[i]))) : median(a) / median(b);
};
const titles = results[0]?.rows.map(({ title }) => title) ?? [];
const at = (/** @type {Row[]} */ rows, /** @type {string} */ start) =>
  rows.filter(({ title, agrees }) => agrees && title.startsWith(start));
const mine = (/** @type {Row[]} */ rows) =>
  at(rows, "retrograd")
    .filter(({ title }) => !title.endsWith("Node") && !title.includes("fast math"))
    .reduce((best, row) => (Number(row.microseconds) < Number(best.microseconds) ? row : best));
const head = (/** @type {string} */ first) => [first, ...results.map(({ case: { name } }) => name)];
/** What a ratio that is short would take: a time, and the arithmetic of the step's products in it. */
/** @type {string[]} */
const short = [];
/** @param {string} peer @param {string} start */
const ahead = (peer, start) => [
  `faster than ${peer}`,
  ...results.map(({ case: one, rows }) => {
    const [theirs] = at(rows, start);
    const least = wanted[/** @type {keyof typeof wanted} */ (one.name)];
    if (theirs === undefined) return "–";
    const ours = mine(rows);
    const reached = times(theirs, ours);
    if (reached >= least) return `${ratio(reached)} of ${least} ×`;
    const pace = (/** @type {number} */ microseconds) =>
      `${time(microseconds)}, ${(flopsOf(one) / microseconds / 1000).toFixed(0)} GFLOP/s`;
    short.push(
      `- ${one.name}: ${least} × ${peer} would be ${pace(Number(theirs.microseconds) / least)}; ${ours.title}: ${pace(Number(ours.microseconds))}`,
    );
    return `${ratio(reached)} of ${least} × **short**`;
  }),
];
const shown = [
  ahead("jax-js", "@jax-js"),
  ahead("tfjs", "@tensorflow"),
  [
    "share of its Node speed, 1 thread",
    ...results.map(({ rows }) => {
      const [page] = at(rows, "retrograd");
      const [node] = at(rows, "retrograd").slice(-1);
      if (page === undefined || node === undefined) return "–";
      const share = times(node, page);
      return `${(100 * share).toFixed(0)} % of ${100 * keeps} %${share >= keeps ? "" : " **short**"}`;
    }),
  ],
];
const text = `# In a page

Written by \`node bench/browser/run.mjs\` on ${new Date().toISOString().slice(0, 10)}; do not edit. Headless Chromium ${version}, cross-origin isolated
pages, each system in a process of its own; losses checked as in [peers.md](peers.md). Medians over ${rounds} rounds.

Machine: ${machineLine(machine)}. It is shared with other work.

${markdownTable(
  head("median a step"),
  titles.map((title, i) => [
    title,
    ...results.map(({ rows }) => {
      const row = rows[i];
      if (row?.microseconds === undefined) return row?.failed ?? "–";
      return `${time(row.microseconds)}${row.agrees ? "" : " (not counted)"}`;
    }),
  ]),
)}

${markdownTable(head("retrograd"), shown)}
${short.length === 0 ? "" : `\nWhat is short would take:\n\n${short.join("\n")}\n\nThe roof of the portable build, multiply-adds on registers alone, measured before this run in Node: ${roof.toFixed(1)} GFLOP/s a thread.\n`}`;
const result = {
  measured: new Date().toISOString().slice(0, 10),
  machine,
  chromium: version,
  rounds,
  roof,
  results,
};
writeResults(options.out, "browser", result, text);
stdout.write(text);
