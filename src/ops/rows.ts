import { type Sample, type Shape, type Tensor, UsageError } from "../tensor/index.js";
import { hardPoints, matrix, randomSize, randomValue, vector } from "./samples.js";
import { transpose } from "./transpose.js";

/** Rows on which softmax and its kin are tested: equal, far apart, huge, tiny, and a single class. */
export const hardRows = (): readonly Sample[] => [
  { inputs: [matrix([0, 0, 0], [1, 2, 3], [1e4, 0, -1e4], [710, -710, 709], [-88, 88, 30], [1e-40, -1e-40, 0])] },
  { inputs: [matrix([...hardPoints])] },
  { inputs: [matrix([5], [-1e4])] },
  { inputs: [vector(1, -1, 100)] },
];

export function randomRows(uniform: () => number): Sample {
  return { inputs: [randomValue(uniform, [randomSize(uniform), randomSize(uniform, 6)])] };
}

/** Rows and columns of a tensor seen as rows along its last axis. */
export function rowsOf(shape: Shape): [rows: number, columns: number] {
  const columns = shape.at(-1) ?? 1;
  return [shape.slice(0, -1).reduce((product, size) => product * size, 1), columns];
}

/** ln Σ e^x of one row, shifted by its largest number so that nothing overflows. */
export function logSumExp(row: Float64Array): number {
  const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(row.reduce((sum, x) => sum + Math.exp(x - largest), 0));
}

/** Applies a function of the last axis along another one: the axis is moved to the end and back. */
export function alongAxis<S extends Shape>(
  x: Tensor<S>,
  axis: number,
  what: string,
  apply: (x: Tensor) => Tensor,
): Tensor<S> {
  const rank = x.shape.length;
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank) {
    throw new UsageError(`${what}: there is no axis ${axis} in a tensor of shape [${x.shape.join(", ")}]`);
  }
  if (at === rank - 1) return apply(x) as Tensor<S>;
  const axes = x.shape.map((_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
  return transpose(apply(transpose(x, { axes })), { axes }) as Tensor as Tensor<S>;
}
