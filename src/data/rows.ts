import { gatherLabels, gatherRows } from "./batches.js";
import type { ClassTarget, Dataset, ValueTarget } from "./dataset.js";
import { DataError } from "./error.js";

/**
 * The dataset of these rows, in this order, copied; a row may come twice.
 * @param rows positions from 0.
 * @throws DataError when there are none or one is not in the data.
 */
export function takeRows<In extends number, Out extends number>(
  dataset: Dataset<In, Out>,
  rows: ArrayLike<number>,
  name: string = dataset.name,
): Dataset<In, Out> {
  const count = rows.length;
  if (count === 0) throw new DataError(`data "${dataset.name}": no rows to take; name at least one`);
  for (let index = 0; index < count; index++) {
    const row = rows[index] ?? Number.NaN;
    if (!Number.isInteger(row) || row < 0 || row >= dataset.count) {
      throw new DataError(`data "${dataset.name}" has no row ${row}; use positions from 0 to ${dataset.count - 1}`);
    }
  }
  const order = Int32Array.from(rows);
  const features = new Float32Array(count * dataset.inputs);
  gatherRows(dataset.features, dataset.inputs, order, 0, count, features);
  return { ...dataset, name, count, features, target: takeTarget(dataset, order) };
}

function takeTarget({ target, outputs }: Dataset, order: Int32Array): ClassTarget | ValueTarget {
  if (target.kind === "class") {
    const labels = new Int32Array(order.length);
    gatherLabels(target.labels, order, 0, order.length, labels);
    return { ...target, labels };
  }
  const values = new Float32Array(order.length * outputs);
  gatherRows(target.values, outputs, order, 0, order.length, values);
  return { ...target, values };
}
