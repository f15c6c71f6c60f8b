/** The results of own.mjs as Markdown, with what PERFORMANCE.md wants of each figure beside it. */
import { machineLine } from "./machine.mjs";
import { markdownTable, ratio, time } from "./statistics.mjs";

/** @typedef {import("./measure.mjs").Row} Row @typedef {import("../src/measure/kernels.js").KernelTime} KernelTime */
/**
 * @typedef {object} Result
 * @property {string} measured
 * @property {ReturnType<typeof import("./machine.mjs").describeMachine>} machine
 * @property {readonly Row[]} rows
 * @property {readonly KernelTime[]} kernels
 * @property {string | undefined} noFastMath
 * @property {Awaited<ReturnType<typeof import("./measure.mjs").measurePrediction>>} prediction
 * @property {ReturnType<typeof import("./footprint.mjs").startup>} startup
 * @property {Awaited<ReturnType<typeof import("./footprint.mjs").bundleSizes>>} sizes
 * @property {ReturnType<typeof import("./footprint.mjs").flatHeap>} [heap]
 */

/** @param {{ engine?: string, fastMath: boolean }} row */
const build = ({ engine = "wasm", fastMath }) => `${engine}${fastMath ? ", fast math (Node 24)" : ""}`;
const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(0)} %`;
/** @param {boolean} reached */
const verdict = (reached) => (reached ? "" : " **short**");

/** @param {Result} result */
export function page({ measured, machine, rows, kernels, noFastMath, prediction, startup, sizes, heap }) {
  return `# retrograd on itself

Written by \`node bench/own.mjs --write\` on ${measured}; do not edit.

Machine: ${machineLine(machine)}. It is shared with other work.

## A training step

${markdownTable(["case", "engine", "threads", "median", "GFLOP/s", "a multiply-add", "parameters", "arena", "steps timed"], rows.map(stepCells))}
${noFastMath === undefined ? "" : `\nNo rows with fast math: ${noFastMath}.\n`}${trend(rows)}
## Kernels under their roof

Products against a loop of multiply-adds on registers (of as many threads), passes over 2 million numbers against a copy of as
many, each pair in turns.

${markdownTable(["kernel", "engine", "threads", "median", "reached", "roof", "share", "wanted"], kernels.map(kernelCells))}

${threadGains(kernels)}
## The rest

${markdownTable(["", "measured", "wanted"], small({ prediction, startup, sizes, heap }))}
`;
}

/** @param {Row} row */
function stepCells(row) {
  const used = row.threadsUsed !== undefined && row.threadsUsed < row.threads ? ` (${row.threadsUsed} used)` : "";
  const head = [row.case, build(row), `${row.threads}${used}`];
  if (row.microseconds === undefined) return [...head, row.failed ?? "–", "", "", "", "", ""];
  return [
    ...head,
    time(row.microseconds),
    Number(row.gigaflops).toFixed(2),
    `${Number(row.perMultiplyAdd).toFixed(1)} ps`,
    row.parameters.toLocaleString("en-US"),
    `${(Number(row.arenaBytes) / 1024).toFixed(1)} KiB`,
    String(row.steps),
  ];
}

/** What is wanted of products of 256³ and more, and of long passes. @param {KernelTime} row */
function wanted({ kernel, unit }) {
  if (unit === "GB/s") return 0.7;
  return Number.parseInt(kernel, 10) >= 256 ? 0.85 : undefined;
}

/** @param {KernelTime} row */
function kernelCells(row) {
  const least = wanted(row);
  return [
    row.kernel,
    build(row),
    String(row.threads),
    time(row.microseconds),
    `${row.reached.toFixed(1)} ${row.unit}`,
    `${row.roof.toFixed(1)} ${row.unit}`,
    percent(row.share),
    least === undefined || row.threads > 1 ? "" : `≥ ${percent(least)}${verdict(row.share >= least)}`,
  ];
}

/** @param {readonly KernelTime[]} kernels */
function threadGains(kernels) {
  const lines = kernels
    .filter(({ threads, unit, kernel }) => threads === 2 && unit === "GFLOP/s" && Number.parseInt(kernel, 10) >= 256)
    .map((two) => {
      const one = kernels.find(
        ({ kernel, threads, fastMath }) => kernel === two.kernel && threads === 1 && fastMath === two.fastMath,
      );
      const gain = (one?.microseconds ?? Number.NaN) / two.microseconds;
      return `- ${two.kernel}, ${build(two)}: two threads are ${ratio(gain)} one (wanted: 1.8 ×)${verdict(gain >= 1.8)}`;
    });
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** How the time per multiply-add changes from M to XL. @param {readonly Row[]} rows */
function trend(rows) {
  const lines = rows
    .filter((row) => row.case === "XL" && row.perMultiplyAdd !== undefined)
    .flatMap((xl) => {
      const m = rows.find((row) => row.case === "M" && build(row) === build(xl) && row.threads === xl.threads);
      if (m?.perMultiplyAdd === undefined) return [];
      const rise = Number(xl.perMultiplyAdd) / m.perMultiplyAdd - 1;
      const on = `${build(xl)}, ${xl.threads} ${xl.threads === 1 ? "thread" : "threads"}`;
      return [`- ${on}: ${Math.round(100 * rise) + 0} %${verdict(rise <= 0.1)}`];
    });
  if (lines.length === 0) return "";
  return `
From M to XL the time per multiply-add changes by (wanted: a rise of at most 10 %):

${lines.join("\n")}

![Time per multiply-add against the arithmetic of a step](cost.svg)

![Arena against parameters](memory.svg)
`;
}

/** @param {Pick<Result, "prediction" | "startup" | "sizes" | "heap">} result */
function small({ prediction, startup, sizes, heap }) {
  const rows = [
    [
      "prediction of one example, 64-64-10, on an open session",
      time(prediction.onSession),
      `≤ 2 µs${verdict(prediction.onSession <= 2)}`,
    ],
    ["the same through `predict`, which opens the model each time", time(prediction.throughPredict), ""],
    [
      "`retrograd --help` over `node -e 0`",
      startup.works ? `${startup.over.toFixed(0)} ms` : "it fails",
      `≤ 60 ms${verdict(startup.works && startup.over <= 60)}`,
    ],
  ];
  const most = new Map([
    ["training", 40],
    ["prediction-only", 15],
  ]);
  for (const [name, { bytes, gzip, onDemandGzip }] of Object.entries(sizes)) {
    const limit = most.get(name);
    rows.push([
      `a page: ${name}, gzip, Wasm included`,
      `${(gzip / 1000).toFixed(1)} KB (${(bytes / 1000).toFixed(0)} KB plain; on demand ${(onDemandGzip / 1000).toFixed(1)} KB)`,
      limit === undefined ? "" : `≤ ${limit} KB${verdict(gzip <= 1000 * limit)}`,
    ]);
  }
  if (heap !== undefined) {
    const growth = (heap.growth.at(-1) ?? 0) / 1024;
    rows.push([
      `growth of the heap over ${heap.steps.toLocaleString("en-US")} steps of D`,
      `${growth.toFixed(1)} KiB`,
      `flat${verdict(growth < 64)}`,
    ]);
    rows.push(["garbage a step, case D", `${heap.garbagePerStep.toFixed(0)} B`, "0 B"]);
  }
  return rows;
}
