import { type Op, type OpDescription, type Shape, Tensor, type Value } from "../tensor/index.js";
import { mul } from "./mul.js";
import { alongAxis, hardRows, logSumExp, randomRows, rowsOf } from "./rows.js";
import { softmax } from "./softmax.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";

export const logSoftmaxOp: Op = {
  name: "logSoftmax",
  activation: () => logSoftmax,
  shape: ([shape]) => shape as Shape,
  forward: ([z]) => {
    const [rows, columns] = rowsOf((z as Value).shape);
    const y = (z as Value).data.slice();
    for (let r = 0; r < rows; r++) {
      const row = y.subarray(r * columns, (r + 1) * columns);
      const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
      const rest = logSumExp(row.map((x) => x - largest));
      row.forEach((x, j) => {
        row[j] = x - largest - rest;
      });
    }
    return y;
  },
  derivative: ({ inputs }, gradient) => {
    const total = sum(gradient, { axis: -1, keepDims: true });
    return [sub(gradient, mul(softmax(inputs[0] as Tensor), total))];
  },
  saves: ["z"],
};

export const logSoftmaxDescription = (): OpDescription => ({
  formula: { text: "yᵢ = zᵢ - ln Σⱼ e^zⱼ", latex: "y_i = z_i - \\ln \\sum_j e^{z_j}" },
  letters: { inputs: ["z"], output: "y" },
  derivativeFormula: [
    { text: "dy - softmax(z)·Σⱼ dyⱼ", latex: "dy - \\operatorname{softmax}(z) \\textstyle\\sum_j dy_j" },
  ],
  samples: hardRows(),
  randomSample: randomRows,
});

/** Logarithm of the softmax along an axis (the last unless told otherwise), without ever forming a probability of 0. */
export function logSoftmax<S extends Shape>(z: Tensor<S>, { axis = -1 }: { axis?: number } = {}): Tensor<S> {
  return alongAxis(z, axis, "logSoftmax", (x) => new Tensor(logSoftmaxOp, [x]));
}
