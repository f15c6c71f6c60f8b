import {
  formatShape,
  type Op,
  type OpDescription,
  type Shape,
  ShapeError,
  sizeOf,
  stridesOf,
  Tensor,
  type TransposeShape,
} from "../tensor/index.js";
import { matrix, randomSize, randomValue } from "./samples.js";

export const transposeOp: Op = {
  name: "transpose",
  shape: ([shape], attributes) => {
    const [from, axes] = [shape as Shape, attributes.axes as readonly number[]];
    const sorted = [...axes].sort((a, b) => a - b);
    if (axes.length !== from.length || sorted.some((axis, i) => axis !== i)) {
      throw new ShapeError(
        `transpose: the order of axes ${formatShape(axes)} must name each axis of ${formatShape(from)} once`,
      );
    }
    return axes.map((axis) => from[axis] as number);
  },
  forward: ([x], attributes, shape) => {
    const strides = stridesOf(x?.shape as Shape);
    const from = (attributes.axes as readonly number[]).map((axis) => strides[axis] as number);
    const result = new Float64Array(sizeOf(shape));
    for (let i = 0; i < result.length; i++) {
      let rest = i;
      let index = 0;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        const size = shape[axis] as number;
        index += (rest % size) * (from[axis] as number);
        rest = Math.floor(rest / size);
      }
      result[i] = x?.data[index] as number;
    }
    return result;
  },
  derivative: ({ attributes }, gradient) => {
    const axes = attributes.axes as readonly number[];
    return [transpose(gradient, { axes: axes.map((_, i) => axes.indexOf(i)) })];
  },
  saves: [],
};

export const transposeDescription = (): OpDescription => ({
  formula: { text: "Xᵀ", latex: "X^{\\top}" },
  letters: { inputs: ["X"], output: "Y" },
  derivativeFormula: [{ text: "dYᵀ", latex: "dY^{\\top}" }],
  samples: [
    { inputs: [matrix([1, -0, 3], [1e-40, 100, -1e4])], attributes: { axes: [1, 0] } },
    {
      inputs: [{ shape: [2, 3, 2], data: Float64Array.from({ length: 12 }, (_, i) => i) }],
      attributes: { axes: [2, 0, 1] },
    },
  ],
  randomSample: (uniform) => ({
    inputs: [randomValue(uniform, [randomSize(uniform), randomSize(uniform)])],
    attributes: { axes: [1, 0] },
  }),
});

/** Rows become columns; with `axes`, the axes in the given order (all of them reversed unless told otherwise). */
export function transpose<S extends Shape>(
  x: Tensor<S>,
  options: { axes?: readonly number[] } = {},
): Tensor<TransposeShape<S>> {
  const axes = options.axes ?? x.shape.map((_, i) => x.shape.length - 1 - i);
  return new Tensor<TransposeShape<S>>(transposeOp, [x], { axes });
}
