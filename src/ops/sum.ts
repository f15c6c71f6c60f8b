import { type Op, type OpDescription, type Shape, sameShape, sizeOf, Tensor, type Value } from "../tensor/index.js";
import { broadcast } from "./broadcast.js";
import { fold, type ReductionOptions, reducedShape, reductionAttributes } from "./reduction.js";
import { reshape } from "./reshape.js";
import { matrix, randomSize, randomValue, vector } from "./samples.js";

export const sumOp: Op = {
  name: "sum",
  shape: ([shape], attributes) => reducedShape(shape as Shape, attributes),
  forward: ([x], attributes, shape) => fold(x as Value, attributes, sizeOf(shape), 0, (a, b) => a + b),
  derivative: (node, gradient) => [spread(node, gradient)],
  saves: [],
};

export const sumDescription = (): OpDescription => ({
  formula: { text: "Σᵢ xᵢ", latex: "\\sum_i x_i" },
  letters: { inputs: ["x"], output: "y" },
  derivativeFormula: [{ text: "repeat(dy)", latex: "\\operatorname{repeat}(dy)" }],
  samples: [
    { inputs: [vector(0, -0, 1, 1e-40, 100, -1e4)], attributes: { axes: [0], keepDims: false } },
    { inputs: [matrix([1, 2, 3], [4, 5, 6])], attributes: { axes: [0], keepDims: false } },
    { inputs: [matrix([1, 2, 3], [4, 5, 6])], attributes: { axes: [1], keepDims: true } },
    { inputs: [matrix([1, 2, 3], [4, 5, 6])], attributes: { axes: [0, 1], keepDims: false } },
    {
      inputs: [{ shape: [2, 3, 2], data: Float64Array.from({ length: 12 }, (_, i) => i - 5) }],
      attributes: { axes: [0, 2], keepDims: false },
    },
  ],
  randomSample: (uniform) => ({
    inputs: [randomValue(uniform, [randomSize(uniform), randomSize(uniform)])],
    attributes: { axes: uniform() < 0.3 ? [0, 1] : [Math.floor(uniform() * 2)], keepDims: uniform() < 0.5 },
  }),
});

/** A reduction's gradient put back over the axes it folded: the output's shape, repeated to the input's. */
export function spread(node: Tensor, gradient: Tensor): Tensor {
  const shape = (node.inputs[0] as Tensor).shape;
  const kept = reducedShape(shape, { axes: node.attributes.axes as readonly number[], keepDims: true });
  return broadcast(sameShape(gradient.shape, kept) ? gradient : reshape(gradient, kept), shape);
}

/** Sum over one axis, several, or all of them: `sum(x, { axis: 1, keepDims: true })`. */
export function sum(x: Tensor): Tensor<[]>;
export function sum(x: Tensor, options: ReductionOptions): Tensor;
export function sum(x: Tensor, options: ReductionOptions = {}): Tensor {
  return new Tensor(sumOp, [x], reductionAttributes(x.shape, options, "sum"));
}

/** Undoes broadcasting: sums over the axes along which `shape` was repeated to give `x`. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const added = x.shape.length - shape.length;
  const axis = x.shape.flatMap((size, i) => (i < added || (shape[i - added] === 1 && size !== 1) ? [i] : []));
  const folded = axis.length === 0 ? x : sum(x, { axis });
  return sameShape(folded.shape, shape) ? folded : reshape(folded, shape);
}
