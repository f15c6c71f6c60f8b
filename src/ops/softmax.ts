import { type Op, type OpDescription, type Shape, Tensor, type Value } from "../tensor/index.js";
import { mul } from "./mul.js";
import { alongAxis, hardRows, randomRows, rowsOf } from "./rows.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";

export const softmaxOp: Op = {
  name: "softmax",
  activation: () => softmax,
  shape: ([shape]) => shape as Shape,
  forward: ([z]) => softmaxRows(z as Value),
  // The Jacobian's rows are yᵢ(δᵢⱼ - yⱼ), so its product with a gradient needs no n × n matrix: dz = y ⊙ (dy - Σ dy ⊙ y).
  derivative: (node, gradient) => {
    const weighted = sum(mul(gradient, node), { axis: -1, keepDims: true });
    return [mul(node, sub(gradient, weighted))];
  },
  saves: ["y"],
};

export const softmaxDescription = (): OpDescription => ({
  formula: { text: "yᵢ = e^zᵢ / Σⱼ e^zⱼ", latex: "y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}" },
  letters: { inputs: ["z"], output: "y" },
  derivativeFormula: [{ text: "y ⊙ (dy - Σⱼ dyⱼ·yⱼ)", latex: "y \\odot (dy - \\textstyle\\sum_j dy_j\\, y_j)" }],
  samples: hardRows(),
  randomSample: randomRows,
});

/** Softmax of each row (last axis), in float64: powers of e up to 1, divided by their sum. */
export function softmaxRows(z: Value): Float64Array {
  const [rows, columns] = rowsOf(z.shape);
  const y = new Float64Array(z.data.length);
  for (let r = 0; r < rows; r++) {
    const row = z.data.subarray(r * columns, (r + 1) * columns);
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = row.map((x) => Math.exp(x - largest));
    const total = powers.reduce((a, b) => a + b, 0);
    y.set(
      powers.map((power) => power / total),
      r * columns,
    );
  }
  return y;
}

/** Softmax along an axis (the last unless told otherwise): numbers from 0 to 1 with sum 1. */
export function softmax<S extends Shape>(z: Tensor<S>, { axis = -1 }: { axis?: number } = {}): Tensor<S> {
  return alongAxis(z, axis, "softmax", (x) => new Tensor(softmaxOp, [x]));
}
