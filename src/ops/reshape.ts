import { formatShape, type Op, type Shape, ShapeError, sizeOf, Tensor, type Value } from "../tensor/index.js";
import { randomSize, randomValue, vector } from "./samples.js";

export const reshapeOp: Op = {
  name: "reshape",
  formula: { text: "reshape(X)", latex: "\\operatorname{reshape}(X)" },
  shape: ([from], attributes) => {
    const to = attributes.shape as Shape;
    if (sizeOf(from as Shape) !== sizeOf(to)) {
      throw new ShapeError(
        `reshape: ${formatShape(from as Shape)} holds ${sizeOf(from as Shape)} numbers, ${formatShape(to)} would hold ${sizeOf(to)}`,
      );
    }
    return to;
  },
  forward: ([x]) => (x as Value).data.slice(),
  derivative: ({ inputs }, gradient) => [reshape(gradient, (inputs[0] as Tensor).shape)],
  saves: [],
  samples: [{ inputs: [vector(0, -0, 1, 1e-40, 100, -1e4)], attributes: { shape: [2, 3] } }],
  randomSample: (uniform) => {
    const [rows, columns] = [randomSize(uniform), randomSize(uniform)];
    return { inputs: [randomValue(uniform, [rows, columns])], attributes: { shape: [columns, rows] } };
  },
};

/** The same numbers in the same order under another shape. One size may be -1: it is worked out from the others. */
export function reshape<const S extends Shape>(x: Tensor, shape: S): Tensor<S> {
  const known = sizeOf(shape.filter((size) => size !== -1));
  const whole = shape.map((size) => (size === -1 ? sizeOf(x.shape) / known : size));
  return new Tensor<S>(reshapeOp, [x], { shape: whole });
}
