import { type Op, type OpDescription, type Shape, sizeOf, Tensor, type Value } from "../tensor/index.js";
import { mul } from "./mul.js";
import { fold, type ReductionOptions, reducedShape, reductionAttributes } from "./reduction.js";
import { spread, sumDescription } from "./sum.js";

export const meanOp: Op = {
  name: "mean",
  shape: ([shape], attributes) => reducedShape(shape as Shape, attributes),
  forward: ([x], attributes, shape) => {
    const sums = fold(x as Value, attributes, sizeOf(shape), 0, (a, b) => a + b);
    return sums.map((total) => (total * sizeOf(shape)) / (x as Value).data.length);
  },
  derivative: (node, gradient) => {
    const share = sizeOf(node.shape) / sizeOf((node.inputs[0] as Tensor).shape);
    return [mul(share, spread(node, gradient))];
  },
  saves: [],
};

export const meanDescription = (): OpDescription => ({
  formula: { text: "(1/n)·Σᵢ xᵢ", latex: "\\frac{1}{n} \\sum_i x_i" },
  letters: { inputs: ["x"], output: "y" },
  derivativeFormula: [{ text: "repeat(dy) / n", latex: "\\frac{1}{n} \\operatorname{repeat}(dy)" }],
  samples: sumDescription().samples,
  randomSample: sumDescription().randomSample,
});

/** Mean over one axis, several, or all of them. */
export function mean(x: Tensor): Tensor<[]>;
export function mean(x: Tensor, options: ReductionOptions): Tensor;
export function mean(x: Tensor, options: ReductionOptions = {}): Tensor {
  return new Tensor(meanOp, [x], reductionAttributes(x.shape, options, "mean"));
}
