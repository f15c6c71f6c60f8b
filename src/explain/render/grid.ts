import type { Nested, Shape } from "../../tensor/index.js";
import type { Convention } from "../explanation.js";

/** A value as rows of numbers to be shown; an elided place is undefined. */
export interface Grid {
  readonly rows: readonly (readonly (number | undefined)[])[];
  readonly elided: boolean;
  /** How each number is written, the same for the whole grid. */
  readonly format: (value: number) => string;
}

/** A value laid out: a list stands as a row, or as a column where examples do; large ones lose their middle. */
export function gridOf(
  value: Nested,
  shape: Shape,
  convention: Convention,
  most: { rows: number; columns: number },
): Grid {
  const all = rowsOf(value, shape, convention);
  const rows = elided(all, most.rows).map((row) =>
    row === undefined ? elided(all[0] ?? [], most.columns).map(() => undefined) : elided(row, most.columns),
  );
  const shown = rows.flat().filter((number) => number !== undefined);
  const width = all[0]?.length ?? 0;
  return { rows, elided: all.length > most.rows || width > most.columns, format: formatFor(shown) };
}

function rowsOf(value: Nested, shape: Shape, convention: Convention): readonly (readonly number[])[] {
  if (typeof value === "number") return [[value]];
  if (shape.length === 1)
    return convention === "row" ? [value as readonly number[]] : (value as readonly number[]).map((v) => [v]);
  return value as readonly (readonly number[])[];
}

/** All of a short list; of a long one its beginning and its end. */
function elided<T>(list: readonly T[], most: number): (T | undefined)[] {
  if (list.length <= most) return [...list];
  return [...list.slice(0, Math.max(1, most - 2)), undefined, list.at(-1) as T];
}

/** As many decimals as the largest number needs for four significant digits; powers of ten when all are tiny or one is huge. */
function formatFor(numbers: readonly number[]): (value: number) => string {
  const largest = Math.max(0, ...numbers.filter(Number.isFinite).map(Math.abs));
  const whole = numbers.every((number) => Number.isInteger(number) && Math.abs(number) < 1e6);
  if (whole) return String;
  if (largest < 1e-4 || largest >= 1e6) return (value) => (value === 0 ? "0" : value.toExponential(2));
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(largest)));
  const short = numbers.every((number) => Number(number.toFixed(decimals)) === number);
  const used = short ? Math.max(...numbers.map((number) => String(number).split(".")[1]?.length ?? 0)) : decimals;
  return (value) => {
    if (!Number.isFinite(value)) return String(value);
    const text = value.toFixed(used);
    if (value === 0) return text;
    return Number(text) === 0 ? value.toExponential(0) : text;
  };
}
