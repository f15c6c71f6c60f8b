/**
 * retrograd on itself: `node bench/own.mjs [--cases S,D,M,L,XL] [--engines wasm] [--threads 1,2] [--seconds 3] [--quick] [--write]`.
 * Time of a step for each case, engine, number of threads and build; kernels under their roof; cost against size; prediction,
 * start-up, size in a page, memory. The fast-math build is timed on Node 24, which has the instructions it needs.
 */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { stderr, stdout } from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";
import { charts } from "./charts.mjs";
import { bundleSizes, flatHeap, startup } from "./footprint.mjs";
import { hasThreads, library, libraryFolder, libraryMentions, takeLibrary } from "./library.mjs";
import { describeMachine } from "./machine.mjs";
import { measurePrediction, measureSteps } from "./measure.mjs";
import { node24, noNode24 } from "./node24.mjs";
import { writeResults } from "./output.mjs";
import { page } from "./own-page.mjs";

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: cases.map(({ name }) => name).join(",") },
    engines: { type: "string", default: "wasm" },
    threads: { type: "string", default: "1,2" },
    seconds: { type: "string" },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    out: { type: "string", default: fileURLToPath(new URL("../docs/bench/", import.meta.url)) },
  },
});
const seconds = Number(options.seconds ?? (options.quick ? 0.3 : 3));
const machine = describeMachine();
takeLibrary();
const loaded = await library();
// Without threads, or on one core, a second one would only repeat the first one's row.
const threads = options.threads
  .split(",")
  .map(Number)
  .filter((count) => count === 1 || (hasThreads() && count <= availableParallelism()));
const wanted = {
  cases: options.cases.split(","),
  engines: options.engines.split(","),
  threads,
  milliseconds: 1000 * seconds,
};

/** @type {import("./measure.mjs").Row[]} */
const rows = [];
for await (const row of measureSteps(loaded, wanted)) {
  stderr.write(`${row.case} on ${row.engine}, ${row.threads}: ${row.failed ?? `${row.microseconds?.toFixed(1)} µs`}\n`);
  rows.push(row);
}
/** @type {import("../src/measure/kernels.js").KernelTime[]} */
const kernels = [];
for (const kernel of loaded.bench.kernelNames) {
  for (const count of threads) kernels.push(await loaded.bench.timeKernel(kernel, { threads: count }, 500 * seconds));
}
/** Why there are no rows of the fast-math build. @type {string | undefined} */
let noFastMath = libraryMentions("fastMath") ? undefined : "this build has no fast-math kernels";
const relaxed = node24();
if (noFastMath === undefined && relaxed === undefined) noFastMath = noNode24;
if (noFastMath === undefined && relaxed !== undefined) for (const count of threads) await fastMathRows(relaxed, count);

/** `retrograd bench --fast-math` on another Node. @param {string} program @param {number} count */
async function fastMathRows(program, count) {
  const args = [
    "bench",
    "--fast-math",
    "--json",
    "--engine",
    "wasm",
    "--cases",
    options.cases,
    "--threads",
    String(count),
    "--seconds",
    String(seconds),
  ];
  const child = spawn(program, [join(libraryFolder(), "cli.js"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, ...row } = JSON.parse(line);
    if (event === "step") rows.push(row);
    if (event === "kernel") kernels.push(row);
  }
}

const result = {
  measured: new Date().toISOString().slice(0, 10),
  machine,
  rows,
  kernels,
  noFastMath,
  prediction: await measurePrediction(loaded),
  startup: startup(options.quick ? 5 : 21),
  sizes: await bundleSizes(),
  ...(!options.quick && { heap: flatHeap() }),
};
const text = page(result);
stdout.write(text);
if (options.write) {
  writeResults(options.out, "own", result, text);
  for (const [file, svg] of Object.entries(await charts(rows))) writeFileSync(join(options.out, file), svg);
}
