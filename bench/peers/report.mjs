/** The results of a run as Markdown: absolute medians, ratios, memory, the targets, and what is lost. */
import { flopsOf, parametersOf } from "../cases.mjs";
import { machineLine } from "../machine.mjs";
import { markdownTable, mebibytes, median, ratio, time } from "../statistics.mjs";
import { targets } from "./targets.mjs";

/** @typedef {{ system: string, title: string, group?: string, main: boolean, version?: string, note?: string, failed?: string, loss?: number, agrees?: boolean, steps?: number, microseconds?: number, quiet?: number, rounds?: readonly number[], peakBytes?: number, toOurs?: number }} Row */
/** @typedef {{ case: import("../cases.mjs").Case, reference: number, rows: readonly Row[] }} CaseResult */

const counted = (/** @type {Row} */ row) => row.microseconds !== undefined && row.agrees === true;

/** How many times as long `theirs` takes as `ours`: the median over the rounds they were timed in side by side. @param {Row} theirs @param {Row} ours */
function times(theirs, ours) {
  const [a, b] = [theirs.rounds ?? [], ours.rounds ?? []];
  return a.length === b.length ? median(a.map((t, i) => t / /** @type {number} */ (b[i]))) : median(a) / median(b);
}

/** @param {readonly Row[]} rows */
const fastest = (rows) => rows.reduce((best, row) => ((row.microseconds ?? 0) < (best.microseconds ?? 0) ? row : best));

/** The default engine in its default build. @param {Row} row */
const isWasm = ({ system }) => system.startsWith("retrograd-wasm-");

/** @param {CaseResult} result @param {typeof targets[number]} target @returns {{ value: number, theirs: Row, ours: Row } | undefined} */
function achieved({ rows }, target) {
  const theirs = rows.filter((row) => row.group === target.group && counted(row));
  const ours = rows.filter((row) => (target.ours === "wasm" ? isWasm(row) : row.group === "ours") && counted(row));
  if (theirs.length === 0 || ours.length === 0) return undefined;
  const [a, b] = [fastest(theirs), fastest(ours)];
  return { value: times(a, b), theirs: a, ours: b };
}

/** A step's time, and the arithmetic of its products in that time. @param {CaseResult} result @param {number} microseconds */
const paceOf = (result, microseconds) =>
  `${time(microseconds)}, ${(flopsOf(result.case) / microseconds / 1000).toFixed(0)} GFLOP/s`;

/** @param {CaseResult} result @param {Row} row */
const pace = (result, row) => `${row.title}: ${paceOf(result, row.microseconds ?? Number.NaN)}`;

/** @param {{ measured: string, machine: ReturnType<typeof import("../machine.mjs").describeMachine>, rounds: number, agreement: { steps: number, tolerance: number }, roof?: number, results: readonly CaseResult[] }} run */
export function report({ measured, machine, rounds, agreement, roof, results }) {
  const titles = results[0]?.rows.map(({ title }) => title) ?? [];
  const head = (/** @type {string} */ first) => [first, ...results.map(({ case: { name } }) => name)];
  const cells = (/** @type {(row: Row) => string} */ show) =>
    titles.map((title, i) => [title, ...results.map(({ rows }) => show(/** @type {Row} */ (rows[i])))]);

  const absolute = cells((row) =>
    row.microseconds === undefined ? "–" : `${time(row.microseconds)}${counted(row) ? "" : " (not counted)"}`,
  );
  const relative = cells((row) => (row.toOurs !== undefined && counted(row) ? ratio(row.toOurs) : "–"));
  const quiet = cells((row) => (row.quiet === undefined ? "–" : time(row.quiet)));
  const memory = cells((row) => (row.peakBytes === undefined ? "–" : mebibytes(row.peakBytes)));
  const steps = cells((row) => (row.steps === undefined ? "–" : String(row.steps)));

  const shown = targets.map((target) => [
    target.title,
    ...results.map((result) => {
      const found = achieved(result, target);
      const least = target.least[result.case.name];
      if (found === undefined || least === undefined) return "–";
      return `${ratio(found.value)} of ${least} ×${found.value >= least ? "" : " **short**"}`;
    }),
  ]);

  /** Rows that are faster than the fastest of ours. @param {(row: Row) => boolean} mine */
  const lostBy = (mine) =>
    results.flatMap(({ case: { name }, rows }) => {
      const ours = rows.filter((row) => mine(row) && counted(row));
      if (ours.length === 0) return [`- ${name}: retrograd has no figure`];
      const best = fastest(ours);
      return rows
        .filter((row) => row.group !== "ours" && counted(row) && times(row, best) < 1)
        .map((row) => `- ${name}: ${row.title} takes ${ratio(times(row, best))} the time of ${best.title}`);
    });
  const lost = lostBy((row) => row.group === "ours");
  const lostByWasm = lostBy(isWasm);
  const short = results.flatMap((result) =>
    targets.flatMap((target) => {
      const found = achieved(result, target);
      const least = target.least[result.case.name];
      return found === undefined || least === undefined || found.value >= least
        ? []
        : [
            `- ${result.case.name}, ${target.title}: ${ratio(found.value)} of ${least} × (${pace(result, found.ours)}; ${pace(result, found.theirs)}). ${least} × would be ${paceOf(result, (found.theirs.microseconds ?? Number.NaN) / least)}`,
          ];
    }),
  );
  const versions = titles.map((title, i) => {
    const rows = results.map(({ rows: all }) => /** @type {Row} */ (all[i]));
    const version = rows.find((row) => row.version !== undefined)?.version;
    const reasons = results.flatMap(({ case: { name } }, c) => {
      const row = /** @type {Row} */ (rows[c]);
      if (row.failed !== undefined) return [`${name}: ${row.failed}`];
      if (row.note !== undefined) return [`${name}: ${row.note}`];
      return row.agrees === false
        ? [`${name}: loss ${row.loss?.toFixed(5)} does not agree, so its time does not count`]
        : [];
    });
    const same = new Set(reasons.map((reason) => reason.slice(reason.indexOf(": ") + 2)));
    const why = same.size === 1 && reasons.length === results.length ? [...same] : reasons;
    return `- ${title}: ${version ?? "not run"}${why.length > 0 ? ` (${why.join("; ")})` : ""}`;
  });

  return `# One training step, on retrograd and on others

Written by \`npm run peers\` in \`bench/peers\` on ${measured}; do not edit.

Forward, loss, backward and SGD update in float32, inputs already in memory. Every system starts from the same weights and
batches, and its loss after ${agreement.steps} steps must agree with the float64 reference engine's to ${agreement.tolerance} before its time counts.
Medians over ${rounds} rounds that go from system to system; ratios are medians of the ratios within rounds.

Machine: ${machineLine(machine)}. It is shared with other work: read the ratios rather than
the absolute times, and rows with as many threads as cores with care: one busy core stalls them.

${markdownTable(
  ["case", "network", "batch", "parameters", "multiply-adds × 2 a step"],
  results.map(({ case: one }) => [
    one.name,
    one.sizes.join("-"),
    String(one.batch),
    parametersOf(one).toLocaleString("en-US"),
    flopsOf(one).toLocaleString("en-US"),
  ]),
)}

## Time a step

${markdownTable(head("median"), absolute)}

## Against retrograd, wasm, 1 thread

How many times as long: above 1, retrograd is faster.

${markdownTable(head("ratio"), relative)}

## What retrograd set out to show

${markdownTable(head("ratio reached of ratio wanted"), shown)}

${short.length === 0 ? "Every one of these is met." : `Short of it:\n\n${short.join("\n")}`}
${roof === undefined ? "" : `\nThe roof of the \`wasm\` engine's portable build, multiply-adds on registers alone, measured in this run: ${roof.toFixed(1)} GFLOP/s a thread.\n`}
## Rows retrograd loses

With its best engine:

${lost.length === 0 ? "- None: no system here is faster in any case." : lost.join("\n")}

With the \`wasm\` engine alone:

${lostByWasm.length === 0 ? "- None: no system here is faster in any case." : lostByWasm.join("\n")}

## The fastest tenth

The time a tenth of the steps stayed below: less moved by what else the machine did.

${markdownTable(head("10th percentile"), quiet)}

## Memory

Peak of resident memory of a process that runs one case, the runtime itself and four batches included.

${markdownTable(head("peak"), memory)}

## Steps timed

${markdownTable(head("steps"), steps)}

## Versions, and what is missing

${versions.join("\n")}
`;
}
