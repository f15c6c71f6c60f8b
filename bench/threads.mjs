/**
 * What a second thread of the wasm engine gives: `node bench/threads.mjs [--threads 2] [--seconds 2] [--dry]`. The five cases and
 * square products (a dense layer's prediction: X·Wᵀ + b), on one thread and on several, in turns of a tenth of a second; a
 * figure is the median over all runs. Also what opening costs. Writes docs/bench/threads.md.
 */
import { stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";
import { library, takeLibrary } from "./library.mjs";
import { describeMachine, machineLine } from "./machine.mjs";
import { writeResults } from "./output.mjs";
import { markdownTable, median, quantile, ratio, time } from "./statistics.mjs";

const { values: options } = parseArgs({
  options: {
    threads: { type: "string", default: "2" },
    seconds: { type: "string", default: "2" },
    dry: { type: "boolean", default: false },
    out: { type: "string", default: fileURLToPath(new URL("../docs/bench/", import.meta.url)) },
  },
});
const several = Number(options.threads);
takeLibrary();
const loaded = await library();
const { dense, engines, plan, sequential } = loaded;

/** @typedef {{ threads: number, why: string, run: () => void | Promise<void>, close: () => void }} Opened */

/** @param {import("./cases.mjs").Case} one @param {number} threads @returns {Promise<Opened>} */
async function openStep(one, threads) {
  const { session } = await loaded.bench.openCase(one, { engine: "wasm", threads });
  const { choice } = session;
  const run = () => session.step(one.batch, one.rate);
  return { threads: choice.threads, why: choice.why, run, close: () => session[Symbol.dispose]() };
}

/** @param {number} size @param {number} threads @returns {Promise<Opened>} */
async function openProduct(size, threads) {
  const product = plan(sequential(dense(size, size)), { prediction: true, batch: size });
  const device = await engines.wasm.open([product], { threads });
  device.arena.forEach((_, i) => {
    device.arena[i] = Math.sin(i);
  });
  return { threads: device.threads ?? 1, why: "", run: () => device.run(0), close: () => device.close() };
}

/** @param {string} what @param {(threads: number) => Promise<Opened>} open */
async function compare(what, open) {
  const opened = [await open(1), await open(several)];
  const times = opened.map(() => /** @type {number[]} */ ([]));
  const until = performance.now() + 2000 * Number(options.seconds);
  for (let turn = 0; turn < 4 || performance.now() < until; turn++) {
    for (const [i, { run }] of opened.entries()) {
      const end = performance.now() + 100;
      for (let count = 0; count < 3 || performance.now() < end; count++) {
        const start = performance.now();
        const waiting = run();
        if (waiting !== undefined) await waiting;
        if (turn > 0 && count > 0) times[i]?.push((performance.now() - start) * 1000);
      }
    }
  }
  for (const { close } of opened) close();
  const [one = [], more = []] = times;
  const medians = [median(one), median(more)];
  const best = quantile(one, 0.1) / quantile(more, 0.1);
  return {
    what,
    threads: opened[1]?.threads ?? 1,
    one: median(one),
    several: median(more),
    gain: Number(medians[0]) / Number(medians[1]),
    best,
  };
}

const rows = [];
for (const one of cases) rows.push(await compare(`a step of ${one.name}`, (threads) => openStep(one, threads)));
for (const size of [256, 512, 1024]) {
  rows.push(await compare(`${size} × ${size} × ${size}`, (threads) => openProduct(size, threads)));
}
const middle = /** @type {import("./cases.mjs").Case} */ (cases.find(({ name }) => name === "M"));
const opening = /** @type {Record<number, number[]>} */ ({ 1: [], [several]: [] });
for (let i = 0; i < 20; i++) {
  for (const threads of [1, several]) {
    const start = performance.now();
    const { close } = await openStep(middle, threads);
    opening[threads]?.push(performance.now() - start);
    close();
  }
}
const opens = [1, several].map((threads) => median(opening[threads] ?? []));
const machine = describeMachine();
const table = markdownTable(
  ["", "1 thread", `${several} threads`, "gain", "gain of the fastest tenth", "threads that compute"],
  rows.map(({ what, threads, one, several: more, gain, best }) => [
    what,
    time(one),
    time(more),
    ratio(gain),
    ratio(best),
    String(threads),
  ]),
);
const page = `# What more threads give

Written by \`node bench/threads.mjs\` on ${new Date().toISOString().slice(0, 10)}; do not edit. The wasm engine, portable build; medians, in turns.

Machine: ${machineLine(machine)}. It is shared with other work.

${table}

Opening a session of M takes ${Number(opens[0]).toFixed(0)} ms on one thread and ${Number(opens[1]).toFixed(0)} ms on ${several}: a worker has to start.
`;
stdout.write(page);
if (!options.dry) writeResults(options.out, "threads", { machine, rows, opens }, page);
process.exit(0);
