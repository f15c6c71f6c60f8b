import { type Op, type OpDescription, type Shape, sizeOf, Tensor, type Value } from "../tensor/index.js";
import { div } from "./div.js";
import { equal } from "./equal.js";
import { mul } from "./mul.js";
import { fold, type ReductionOptions, reducedShape, reductionAttributes } from "./reduction.js";
import { matrix, vector } from "./samples.js";
import { spread, sum, sumDescription } from "./sum.js";

export const maxOp: Op = {
  name: "max",
  shape: ([shape], attributes) => reducedShape(shape as Shape, attributes),
  forward: ([x], attributes, shape) =>
    fold(x as Value, attributes, sizeOf(shape), -Infinity, (a, b) => (b > a || Number.isNaN(b) ? b : a)),
  // Equal largest numbers share the gradient equally.
  derivative: (node, gradient) => {
    const x = node.inputs[0] as Tensor;
    const largest = equal(x, spread(node, node));
    const count = sum(largest, {
      axis: node.attributes.axes as readonly number[],
      keepDims: node.attributes.keepDims as boolean,
    });
    return [mul(largest, spread(node, div(gradient, count)))];
  },
  saves: ["x", "y"],
};

export const maxDescription = (): OpDescription => ({
  formula: { text: "maxᵢ xᵢ", latex: "\\max_i x_i" },
  letters: { inputs: ["x"], output: "y" },
  derivativeFormula: [
    {
      text: "repeat(dy) ⊙ 1·(x = y) / count(x = y)",
      latex: "\\operatorname{repeat}(dy) \\odot \\frac{\\mathbb{1}[x = y]}{\\#\\{x = y\\}}",
    },
  ],
  samples: [
    { inputs: [vector(0, -0, 1, 1e-40, 100, -1e4)], attributes: { axes: [0], keepDims: false } },
    { inputs: [matrix([1, 3, 3], [-4, -5, -6])], attributes: { axes: [1], keepDims: true } },
    { inputs: [matrix([1, 2, 3], [4, 5, 6])], attributes: { axes: [0], keepDims: false } },
  ],
  // Numbers drawn from a continuum differ by more than a difference quotient's step, but for a case in ten thousand: those are spread apart.
  randomSample: (uniform) => {
    const sample = sumDescription().randomSample(uniform);
    const x = sample.inputs[0] as Value;
    return { ...sample, inputs: [{ shape: x.shape, data: x.data.map((number, i) => Math.round(number) + 0.05 * i) }] };
  },
});

/** Largest number over one axis, several, or all of them. Where several are largest they share the gradient equally. */
export function max(x: Tensor): Tensor<[]>;
export function max(x: Tensor, options: ReductionOptions): Tensor;
export function max(x: Tensor, options: ReductionOptions = {}): Tensor {
  return new Tensor(maxOp, [x], reductionAttributes(x.shape, options, "max"));
}
