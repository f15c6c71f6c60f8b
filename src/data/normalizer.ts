import type { Dataset, Preparation } from "./dataset.js";
import { DataError } from "./error.js";

/**
 * x′ = (x − shift) · factor, for each feature. Plain JSON; every number is exact in float32, so a model file that
 * stores float32 gives back the very same preparation.
 */
export interface Normalizer {
  readonly kind: Preparation;
  readonly shift: readonly number[];
  readonly factor: readonly number[];
}

/**
 * Fits the preparation to a dataset: give the training part, or what the test part holds leaks into the model.
 *
 * - `none`: shift 0, factor 1.
 * - `standardize`: shift is the column's mean, factor 1 ÷ its standard deviation (over count, not count − 1);
 *   indicators stay as they are.
 * - `scale`: one minimum and one maximum for the whole table, to [0, 1], so that pixels keep their proportions.
 *
 * A column (or table) of one single value is shifted to 0 and left unscaled (factor 1).
 * @throws DataError when values lie too far apart or too close together for float32.
 */
export function fitNormalizer(dataset: Dataset, kind: Preparation = dataset.preparation): Normalizer {
  const { features, inputs, name } = dataset;
  if (kind === "none") return { kind, shift: filled(inputs, 0), factor: filled(inputs, 1) };
  if (kind === "scale") {
    const { low, high } = range(features, 0, 1);
    const factor = checkedFactor(`data "${name}"`, low, high, high - low);
    return { kind, shift: filled(inputs, low), factor: filled(inputs, factor) };
  }
  const shift: number[] = [];
  const factor: number[] = [];
  for (let column = 0; column < inputs; column++) {
    if (dataset.indicators?.includes(column)) {
      shift.push(0);
      factor.push(1);
      continue;
    }
    const { low, high } = range(features, column, inputs);
    const mean = low === high ? low : average(features, column, inputs, (value) => value);
    const deviation = Math.sqrt(average(features, column, inputs, (value) => (value - mean) ** 2));
    shift.push(Math.fround(mean));
    factor.push(checkedFactor(`data "${name}", column ${column + 1}`, low, high, deviation));
  }
  return { kind, shift, factor };
}

/**
 * (x − shift) · factor for rows of features, each operation rounded to float32: the same bits as a network that does
 * the preparation itself in float32.
 * @param features row-major, `shift.length` numbers a row.
 * @param into may be `features` itself; a new array by default.
 * @throws DataError when the rows have another width.
 */
export function applyNormalizer(
  normalizer: Normalizer,
  features: Float32Array,
  into: Float32Array = new Float32Array(features.length),
): Float32Array {
  const { shift, factor } = normalizer;
  const width = shift.length;
  if (features.length % width !== 0) {
    throw new DataError(
      `the preparation is for rows of ${width} features, but ${features.length} numbers are no whole number of such rows; give the features it was fitted to`,
    );
  }
  if (into.length < features.length) {
    throw new RangeError(`${features.length} prepared numbers do not fit into room for ${into.length}`);
  }
  const [from, by] = [Float32Array.from(shift), Float32Array.from(factor)];
  for (let row = 0; row < features.length; row += width) {
    for (let column = 0; column < width; column++) {
      const centered = Math.fround((features[row + column] as number) - (from[column] as number));
      into[row + column] = centered * (by[column] as number);
    }
  }
  return into;
}

function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}

function range(values: Float32Array, start: number, step: number): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = start; index < values.length; index += step) {
    const value = values[index] as number;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

function average(values: Float32Array, start: number, step: number, f: (value: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let index = start; index < values.length; index += step) {
    sum += f(values[index] ?? 0);
    count++;
  }
  return sum / count;
}

function checkedFactor(where: string, low: number, high: number, spread: number): number {
  if (low === high) return 1;
  const factor = Math.fround(1 / spread);
  if (!Number.isFinite(Math.fround(high - low)) || !Number.isFinite(factor) || factor === 0) {
    throw new DataError(
      `${where} runs from ${low} to ${high}, a spread float32 cannot prepare; change its unit or drop the outliers`,
    );
  }
  return factor;
}
