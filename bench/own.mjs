/**
 * retrograd on itself: `node bench/own.mjs [--cases S,D] [--engines wasm] [--threads 1,2] [--json] [--write]`.
 * Time a step for each case, engine and number of threads, cost against size, prediction, start-up, size in a page, memory.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";
import { charts } from "./charts.mjs";
import { bundleSizes, flatHeap, startup } from "./footprint.mjs";
import { hasThreads, library, takeLibrary } from "./library.mjs";
import { describeMachine, machineLine } from "./machine.mjs";
import { measurePrediction, measureSteps } from "./measure.mjs";
import { writeResults } from "./output.mjs";
import { markdownTable, time } from "./statistics.mjs";

/**
 * @typedef {object} BenchOptions
 * @property {readonly string[]} [cases]
 * @property {readonly string[]} [engines]
 * @property {readonly number[]} [threads]
 * @property {number} [milliseconds] how long each row is timed
 * @property {boolean} [json] one JSON object a line instead of tables
 * @property {boolean} [footprint] also start-up, bundle sizes and memory, which take child processes (true)
 * @property {(text: string) => void} [print]
 */

/** @param {BenchOptions} [options] */
export async function bench(options = {}) {
  const { json = false, footprint = true, print = (text) => stdout.write(text) } = options;
  const loaded = await library();
  const machine = describeMachine();
  const say = (/** @type {string} */ event, /** @type {object} */ rest) => {
    if (json) print(`${JSON.stringify({ event, ...rest })}\n`);
  };
  say("machine", machine);
  const rows = [];
  for await (const row of measureSteps(loaded, options)) {
    rows.push(row);
    say("step", row);
  }
  const prediction = await measurePrediction(loaded);
  say("prediction", prediction);
  const cost = footprint ? { startup: startup(), sizes: await bundleSizes(), heap: flatHeap() } : undefined;
  if (cost !== undefined) say("footprint", cost);
  const result = { measured: new Date().toISOString().slice(0, 10), machine, rows, prediction, ...cost };
  if (json) say("done", { cases: rows.length });
  else print(page(result));
  return result;
}

/** @typedef {Awaited<ReturnType<typeof bench>>} Result */

/** @param {Result} result */
function page({ measured, machine, rows, prediction, startup: start, sizes, heap }) {
  const steps = rows.map((row) => [
    row.case,
    row.engine,
    String(row.threads),
    ...("failed" in row
      ? [row.failed, "", "", "", "", ""]
      : [
          time(row.microseconds),
          row.gigaflops.toFixed(2),
          `${row.perMultiplyAdd.toFixed(1)} ps`,
          row.parameters.toLocaleString("en-US"),
          `${(row.arenaBytes / 1024).toFixed(1)} KiB`,
          String(row.steps),
        ]),
  ]);
  const small = [
    ["prediction of one example, 64-64-10, on an open session", time(prediction.onSession), "≤ 2 µs"],
    [
      "the same through `predict`, which opens the model each time",
      prediction.throughPredict === undefined ? "–" : time(prediction.throughPredict),
      "",
    ],
  ];
  if (start !== undefined) {
    small.push([
      "`retrograd --help` over `node -e 0`",
      start.works ? `${start.over.toFixed(0)} ms` : "not there yet",
      "≤ 60 ms",
    ]);
  }
  for (const [name, { bytes, gzip, onDemandGzip }] of Object.entries(sizes ?? {})) {
    const wanted = { training: "≤ 40 KB", "prediction-only": "≤ 15 KB" }[name] ?? "";
    small.push([
      `a page: ${name}, gzip, Wasm included`,
      `${(gzip / 1000).toFixed(1)} KB (${(bytes / 1000).toFixed(0)} KB plain; on demand ${(onDemandGzip / 1000).toFixed(1)} KB)`,
      wanted,
    ]);
  }
  if (heap !== undefined) {
    small.push([
      `growth of the heap over ${heap.steps.toLocaleString("en-US")} steps of D`,
      `${((heap.growth.at(-1) ?? 0) / 1024).toFixed(1)} KiB`,
      "flat",
    ]);
    small.push(["garbage a step, case D", `${heap.garbagePerStep.toFixed(0)} B`, "0 B"]);
  }
  return `# retrograd on itself

Written by \`node bench/own.mjs --write\` on ${measured}; do not edit.

Machine: ${machineLine(machine)}. It is shared with other work.

## A training step

${markdownTable(["case", "engine", "threads", "median", "GFLOP/s", "a multiply-add", "parameters", "arena", "steps timed"], steps)}
${trend(rows)}
## The rest

${markdownTable(["", "measured", "wanted"], small)}
`;
}

/** @param {Result["rows"]} rows */
function trend(rows) {
  const per = (/** @type {string} */ name) => {
    const row = rows.find((one) => one.case === name && one.engine === "wasm" && one.threads === 1);
    return row !== undefined && "perMultiplyAdd" in row ? row.perMultiplyAdd : undefined;
  };
  const [m, xl] = [per("M"), per("XL")];
  if (m === undefined || xl === undefined) return "";
  const rise = Math.round((xl / m - 1) * 100) + 0;
  return `
From M to XL the time per multiply-add changes by ${rise} % on one thread (wanted: a rise of at most 10 %).

![Time per multiply-add against the arithmetic of a step](cost.svg)

![Arena against parameters](memory.svg)
`;
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const { values } = parseArgs({
    options: {
      cases: { type: "string", default: cases.map(({ name }) => name).join(",") },
      engines: { type: "string", default: "wasm" },
      threads: { type: "string", default: "1,2" },
      seconds: { type: "string", default: "3" },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      out: { type: "string", default: fileURLToPath(new URL("../docs/bench/", import.meta.url)) },
    },
  });
  takeLibrary();
  const result = await bench({
    cases: values.cases.split(","),
    engines: values.engines.split(","),
    // Without threads a second one would only repeat the first one's row.
    threads: values.threads
      .split(",")
      .map(Number)
      .filter((count) => count === 1 || hasThreads()),
    milliseconds: 1000 * Number(values.seconds),
    json: values.json,
  });
  if (values.write) {
    writeResults(values.out, "own", result, page(result));
    for (const [file, svg] of Object.entries(await charts(result.rows))) writeFileSync(join(values.out, file), svg);
  }
}
