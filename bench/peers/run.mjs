/**
 * Times one training step on every system: `npm run peers` in this folder.
 *
 * Each system runs each case in a process of its own. Its loss after the agreed steps is checked first; then rounds go from
 * system to system, so that whatever else the machine does meets all alike. Ratios are medians of the ratios within rounds.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { agreement, caseNamed, cases, dataOf } from "../cases.mjs";
import { library, takeLibrary } from "../library.mjs";
import { describeMachine } from "../machine.mjs";
import { writeResults } from "../output.mjs";
import { mebibytes, median, quantile, ratio, time } from "../statistics.mjs";
import { referenceLosses } from "./reference.mjs";
import { report } from "./report.mjs";
import { systems } from "./systems.mjs";
import { Talk } from "./talk.mjs";

const help = `node run.mjs [--cases S,D,M,L,XL] [--systems id,…] [--rounds 7] [--quick] [--out folder] [--report]
Times one training step on retrograd and its peers; writes peers.md and peers.json to docs/bench.
--quick takes 2 rounds of S, D, M and L, and leaves out the slowest systems. --report only writes the page again from the numbers of the last run.`;

const { values: options } = parseArgs({
  options: {
    cases: { type: "string" },
    systems: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    out: { type: "string", default: fileURLToPath(new URL("../../docs/bench/", import.meta.url)) },
    name: { type: "string", default: "peers" },
    report: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  stdout.write(`${help}\n`);
  process.exit(0);
}
if (options.report) {
  const last = JSON.parse(readFileSync(join(options.out, `${options.name}.json`), "utf8"));
  writeResults(options.out, options.name, last, report(last));
  process.exit(0);
}

/** A system that takes longer than this a step is timed on the steps of its check, and no more. */
const slowStep = 2e6;
/** Steps that must be timed where a step takes no longer than `quickStep`. */
const leastSteps = 200;
const quickStep = 6e4;
/** How long one system's turn is meant to last, and its warm-up within it, in microseconds and milliseconds. */
const turn = 400_000;
const warm = 100;

/**
 * @typedef {object} Row
 * @property {string} system
 * @property {string} title
 * @property {string | undefined} group
 * @property {boolean} main
 * @property {string} [version]
 * @property {string} [note]
 * @property {string} [failed] why there is no figure
 * @property {number} [loss]
 * @property {boolean} [agrees]
 * @property {number} [steps] how many were timed
 * @property {number} [microseconds] median over all
 * @property {number} [quiet] a tenth of the steps were faster: what the machine gives when it is left alone
 * @property {readonly number[]} [rounds] median of each round
 * @property {number} [peakBytes]
 * @property {number} [toOurs] how many times as long as retrograd's main row, median over rounds
 */

const machine = describeMachine();
const rounds = Number(options.rounds ?? (options.quick ? 2 : 7));
takeLibrary();
const chosen = options.systems?.split(",");
/** Systems that need many milliseconds a step where others need one. */
const slow = ["tfjs-cpu", "brain.js"];
const everyone = (await systems()).filter(
  ({ id, main }) => main || (chosen?.includes(id) ?? !(options.quick && slow.includes(id))),
);
const names =
  options.cases?.split(",") ?? cases.map(({ name }) => name).filter((name) => !(options.quick && name === "XL"));
const wanted = names.map(caseNamed);
const expected = await referenceLosses(wanted);
const { bench } = await library();
/** What the wasm engine's multiply-adds can reach at most on this machine, in GFLOP/s a thread: see src/measure/roofline.ts. */
const { roof } = await bench.timeKernel("256³ product", { threads: 1 }, 500);
const folder = mkdtempSync(join(tmpdir(), "retrograd-bench-"));

/** The case's numbers for a system in another language: a line of JSON, then raw float32 and int32. @param {import("../cases.mjs").Case} one */
function writeData(one) {
  const { layers, batches } = dataOf(one);
  const header = { ...one, batches: batches.length, steps: agreement.steps };
  const arrays = [...layers.flatMap(({ W, b }) => [W, b]), ...batches.flatMap(({ x, labels }) => [x, labels])];
  const bytes = arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  const file = join(folder, `${one.name}.bin`);
  writeFileSync(file, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...bytes]));
  return file;
}

/** @param {import("../cases.mjs").Case} one @returns {Promise<Row[]>} */
async function runCase(one) {
  const file = writeData(one);
  const reference = /** @type {number} */ (expected.get(one.name));
  /** @type {{ row: Row, talk: Talk, steps: number, times: number[][] }[]} */
  const present = [];
  /** @type {Row[]} */
  const rows = [];
  for (const { id, title, group, main = false, missing, skips, command } of everyone) {
    /** @type {Row} */
    const row = { system: id, title, group, main };
    rows.push(row);
    const absent = missing ?? (skips?.includes(one.name) ? "left out: minutes a step" : undefined);
    if (absent !== undefined) {
      row.failed = absent;
      continue;
    }
    const talk = new Talk(command(one.name, file));
    try {
      const hello = await talk.hear();
      row.version = /** @type {string} */ (hello.version);
      if (hello.note !== undefined) row.note = /** @type {string} */ (hello.note);
      const { loss, times } = /** @type {{ loss: number, times: number[] }} */ (await talk.ask({ do: "check" }));
      row.loss = loss;
      row.agrees = Math.abs(loss - reference) <= agreement.tolerance;
      const rough = median(times.slice(-5));
      stderr.write(
        `  ${one.name} ${title}: loss ${loss.toFixed(5)} ${row.agrees ? "agrees" : `is not ${reference.toFixed(5)}`}\n`,
      );
      const least = rough <= quickStep ? Math.ceil(leastSteps / rounds) : 1;
      const steps = rough > slowStep ? 0 : Math.max(least, Math.min(5000, Math.round(turn / rough)));
      present.push({ row, talk, steps, times: steps === 0 ? [times.slice(2)] : [] });
      talk.suspend();
    } catch (error) {
      row.failed = error instanceof Error ? error.message : String(error);
      stderr.write(`  ${one.name} ${title}: ${row.failed}\n`);
      await talk.leave();
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { talk, steps, times } of present) {
      if (steps === 0) continue;
      talk.wake();
      const answer = await talk.ask({ do: "time", steps, warm });
      times.push(/** @type {number[]} */ (answer.times));
      talk.suspend();
    }
  }
  for (const { row, talk, times } of present) {
    talk.wake();
    row.peakBytes = /** @type {number} */ ((await talk.ask({ do: "memory" })).peak);
    await talk.leave();
    row.steps = times.reduce((total, { length }) => total + length, 0);
    row.microseconds = median(times.flat());
    row.quiet = quantile(times.flat(), 0.1);
    row.rounds = times.map(median);
  }
  const ours = rows.find(({ main }) => main)?.rounds ?? [];
  for (const row of rows) {
    if (row.rounds === undefined || ours.length === 0) continue;
    const own = row.rounds;
    row.toOurs = own.length === ours.length ? median(own.map((t, i) => t / ours[i])) : median(own) / median(ours);
  }
  return rows;
}

/** @type {{ case: import("../cases.mjs").Case, reference: number, rows: Row[] }[]} */
const results = [];
for (const one of wanted) {
  stderr.write(`Case ${one.name}, ${one.sizes.join("-")}, batch ${one.batch}\n`);
  const rows = await runCase(one);
  results.push({ case: one, reference: /** @type {number} */ (expected.get(one.name)), rows });
  for (const { title, microseconds, toOurs, peakBytes, failed } of rows) {
    const figures =
      failed ??
      `${time(microseconds ?? Number.NaN)}, ${ratio(toOurs ?? Number.NaN)}, ${mebibytes(peakBytes ?? Number.NaN)}`;
    stderr.write(`  ${one.name} ${title}: ${figures}\n`);
  }
}
rmSync(folder, { recursive: true, force: true });

const result = { measured: new Date().toISOString().slice(0, 10), machine, rounds, agreement, roof, results };
const page = report(result);
writeResults(options.out, options.name, result, page);
stdout.write(page);
