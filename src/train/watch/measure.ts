import type { LayerReading, Reading, Size } from "./reading.js";

type Numbers = Float64Array;

export function sizeOfAll(values: Numbers): Size {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return { norm: Math.sqrt(sum), rms: Math.sqrt(sum / values.length) };
}

/** ‖after − before‖ ÷ ‖before‖; infinite where the weights are all 0 and move. */
export function changeOf(before: Numbers, after: Numbers): number {
  let [moved, size] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    moved += ((after[i] as number) - (before[i] as number)) ** 2;
    size += (before[i] as number) ** 2;
  }
  return moved === 0 ? 0 : Math.sqrt(moved / size);
}

/** The derivative of an activation as a share of its largest value, from the activation's own result. */
const slopes: Readonly<Record<string, (a: number) => number>> = {
  sigmoid: (a) => 4 * a * (1 - a),
  tanh: (a) => 1 - a * a,
  softsign: (a) => (1 - Math.abs(a)) ** 2,
};

/** Below this share of the largest derivative a unit hardly passes a gradient on: 0.05 is |a| > 0.97 for tanh. */
const flat = 0.05;

/** Dead units of ReLU, saturated ones of the bounded activations; `outputs` is (examples × units). */
export function idleUnits(
  activation: string | undefined,
  outputs: Numbers,
  units: number,
): Pick<LayerReading, "dead" | "saturated"> {
  if (activation === "relu") return { dead: shareOf(units, (unit) => columnIsZero(outputs, unit, units)) };
  const slope = activation === undefined ? undefined : slopes[activation];
  if (slope === undefined) return {};
  return { saturated: shareOf(units, (unit) => columnMean(outputs, unit, units, slope) < flat) };
}

function shareOf(units: number, holds: (unit: number) => boolean): number {
  let count = 0;
  for (let unit = 0; unit < units; unit++) if (holds(unit)) count++;
  return count / units;
}

function columnIsZero(values: Numbers, column: number, width: number): boolean {
  for (let i = column; i < values.length; i += width) if (values[i] !== 0) return false;
  return true;
}

function columnMean(values: Numbers, column: number, width: number, f: (value: number) => number): number {
  let sum = 0;
  for (let i = column; i < values.length; i += width) sum += f(values[i] as number);
  return (sum * width) / values.length;
}

/** Whether all rows of a (rows × columns) table are the same, up to the rounding of float32. */
export function rowsAreEqual(table: Numbers, rows: number): boolean {
  const columns = table.length / rows;
  const tolerance = 1e-5 * sizeOfAll(table).rms;
  for (let i = columns; i < table.length; i++) {
    if (Math.abs((table[i] as number) - (table[i % columns] as number)) > tolerance) return false;
  }
  return true;
}

/** Sizes of the columns of features, (examples × inputs). A constant column counts for the largest only. */
export function measureInputs(features: ArrayLike<number>, inputs: number): Reading["inputs"] {
  const count = features.length / inputs;
  let [largest, column, smallest] = [0, 1, Number.POSITIVE_INFINITY];
  for (let j = 0; j < inputs; j++) {
    let [sum, squares] = [0, 0];
    for (let i = j; i < features.length; i += inputs) {
      sum += features[i] as number;
      squares += (features[i] as number) ** 2;
    }
    const rms = Math.sqrt(squares / count);
    if (rms > largest) [largest, column] = [rms, j + 1];
    const varies = squares / count - (sum / count) ** 2 > 1e-12 * (squares / count);
    if (varies && rms < smallest) smallest = rms;
  }
  return { largest, column, smallest: Math.min(smallest, largest) };
}
