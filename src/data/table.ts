import { DataError } from "./error.js";

/** A table of numbers: flat and row-major, or one array a row. */
export type Numbers = ArrayLike<number> | readonly ArrayLike<number>[];

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/**
 * The table flat, row-major and in float32, every number finite. A Float32Array is checked and returned as it is.
 * @param where names the data in messages, `column` a column by its position from 0.
 * @throws DataError for a ragged row, a length that is no multiple of `width`, or a number float32 cannot hold.
 */
export function readTable(
  where: string,
  table: Numbers,
  width: number,
  column: (position: number) => string,
): Float32Array {
  const flat = isFlat(table) ? table : flatten(where, table, width);
  if (flat.length % width !== 0) {
    throw new DataError(
      `${where} has length ${flat.length}, which is no multiple of its row length ${width}; check its shape`,
    );
  }
  if (flat instanceof Float32Array && everyFinite(flat)) return flat;
  for (let index = 0; index < flat.length; index++) {
    const value = flat[index] as number;
    if (Math.abs(value) <= LARGEST_FLOAT32) continue;
    const place = `${where}, row ${Math.floor(index / width) + 1}, ${column(index % width)}`;
    throw new DataError(`${place} is ${value}: ${remedy(value)}`);
  }
  return flat instanceof Float32Array ? flat : Float32Array.from(flat);
}

/** Apart from the search for the place: a loop over one kind of array is twice as fast, which 47 million pixels notice. */
function everyFinite(values: Float32Array): boolean {
  for (let index = 0; index < values.length; index++) {
    if (!(Math.abs(values[index] as number) <= LARGEST_FLOAT32)) return false;
  }
  return true;
}

function remedy(value: number): string {
  if (Number.isNaN(value)) return "fill in or drop missing numbers before training";
  if (!Number.isFinite(value)) return "replace it with a finite number or drop the row";
  return "float32 holds magnitudes up to 3.4e38; use a larger unit for this column";
}

function isFlat(table: Numbers): table is ArrayLike<number> {
  return typeof table[0] !== "object";
}

function flatten(where: string, rows: readonly ArrayLike<number>[], width: number): Float64Array {
  const flat = new Float64Array(rows.length * width);
  rows.forEach((row, index) => {
    if (row.length !== width) {
      throw new DataError(
        `${where}, row ${index + 1} is ${row.length} long where ${width} is expected; make all rows equally long`,
      );
    }
    flat.set(row, index * width);
  });
  return flat;
}
