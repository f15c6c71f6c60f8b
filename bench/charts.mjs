/** Cost against size as pictures: time per multiply-add from S to XL, and the arena against the number of parameters. */
import { library } from "./library.mjs";

/** @typedef {{ case: string, engine: string, threads: number, flops: number, parameters: number, perMultiplyAdd?: number, arenaBytes?: number, fastMath?: boolean }} Row */

/** @param {readonly Row[]} rows @returns {Promise<Record<string, string>>} files by name */
export async function charts(rows) {
  const measured = rows.filter((row) => row.perMultiplyAdd !== undefined);
  const names = [...new Set(measured.map((row) => row.case))];
  const kinds = [...new Set(measured.map(kindOf))];
  if (names.length < 2) return {};
  const find = (/** @type {string} */ name, /** @type {string} */ kind) =>
    measured.find((row) => row.case === name && kindOf(row) === kind);
  const first = (/** @type {string} */ name) => /** @type {Row} */ (measured.find((row) => row.case === name));
  const { lineChart } = (await library()).plot;
  return {
    "cost.svg": lineChart({
      title: "Time per multiply-add",
      subtitle: `cases ${names.join(", ")}; lower is better`,
      height: 380,
      x: {
        label: "multiplications and additions a step",
        values: names.map((name) => Math.log10(first(name).flops)),
        format: power,
      },
      y: { label: "picoseconds", format: power },
      series: kinds.map((kind) => ({
        name: kind,
        values: names.map((name) => Math.log10(find(name, kind)?.perMultiplyAdd ?? Number.NaN)),
      })),
    }),
    "memory.svg": lineChart({
      title: "Memory of a training session",
      subtitle: `cases ${names.join(", ")}; the arena holds everything`,
      x: {
        label: "parameters",
        values: names.map((name) => Math.log10(first(name).parameters)),
        format: power,
      },
      y: { label: "bytes", format: power },
      series: [
        { name: "arena", values: names.map((name) => Math.log10(first(name).arenaBytes ?? Number.NaN)) },
        { name: "parameters", values: names.map((name) => Math.log10(4 * first(name).parameters)) },
      ],
    }),
  };
}

/** Short, for a label beside a curve. @param {Row} row */
const kindOf = ({ engine, threads, fastMath }) =>
  [engine === "wasm" ? "" : engine, fastMath ? "fast math" : "", threads === 1 ? "1 thread" : `${threads} threads`]
    .filter((part) => part !== "")
    .join(", ");

/** A power of ten as people say it: `60`, `17 k`, `1 M`, `12 G`. @param {number} exponent */
function power(exponent) {
  const value = 10 ** exponent;
  const [size, unit] =
    value < 999.5 ? [1, ""] : value < 999.5e3 ? [1e3, " k"] : value < 999.5e6 ? [1e6, " M"] : [1e9, " G"];
  return `${Number((value / size).toPrecision(2))}${unit}`;
}
