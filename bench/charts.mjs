/** Cost against size as pictures: time per multiply-add from S to XL, and the arena against the number of parameters. */
import { library } from "./library.mjs";

/** @typedef {{ case: string, engine: string, threads: number, flops: number, parameters: number, perMultiplyAdd?: number, arenaBytes?: number, fastMath?: boolean }} Row */

/** @param {readonly Row[]} rows @returns {Promise<Record<string, string>>} files by name */
export async function charts(rows) {
  const measured = rows.filter((row) => row.perMultiplyAdd !== undefined);
  const names = [...new Set(measured.map((row) => row.case))];
  const kinds = [
    ...new Set(
      measured.map(({ engine, threads }) => `${engine}, ${threads === 1 ? "1 thread" : `${threads} threads`}`),
    ),
  ];
  if (names.length < 2) return {};
  const find = (/** @type {string} */ name, /** @type {string} */ kind) =>
    measured.find((row) => row.case === name && kind.startsWith(`${row.engine}, ${row.threads} `));
  const first = (/** @type {string} */ name) => /** @type {Row} */ (measured.find((row) => row.case === name));
  const power = (/** @type {number} */ value) => {
    const number = 10 ** value;
    return number >= 100 ? Math.round(number).toLocaleString("en-US") : String(Number(number.toPrecision(2)));
  };
  const { lineChart } = (await library()).plot;
  return {
    "cost.svg": lineChart({
      title: "Time per multiply-add",
      subtitle: `${names.join(", ")}: lower is better; flat means cost grows as the arithmetic does`,
      x: { label: "log₁₀ of multiply-adds × 2 a step", values: names.map((name) => Math.log10(first(name).flops)) },
      y: { label: "picoseconds", format: power },
      series: kinds.map((kind) => ({
        name: kind,
        values: names.map((name) => Math.log10(find(name, kind)?.perMultiplyAdd ?? Number.NaN)),
      })),
    }),
    "memory.svg": lineChart({
      title: "Memory of a training session",
      subtitle: "the arena: parameters, batch, activations and gradients",
      x: { label: "log₁₀ of parameters", values: names.map((name) => Math.log10(first(name).parameters)) },
      y: { label: "KiB", format: power },
      series: [
        { name: "arena", values: names.map((name) => Math.log10((first(name).arenaBytes ?? Number.NaN) / 1024)) },
        { name: "parameters alone", values: names.map((name) => Math.log10((4 * first(name).parameters) / 1024)) },
      ],
    }),
  };
}
