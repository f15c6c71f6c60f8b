import {
  formatShape,
  type Op,
  type OpDescription,
  type Shape,
  ShapeError,
  sizeOf,
  Tensor,
  type Value,
} from "../tensor/index.js";
import { randomSize, randomValue, vector } from "./samples.js";

export const reshapeOp: Op = {
  name: "reshape",
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
};

export const reshapeDescription = (): OpDescription => ({
  formula: { text: "reshape(X)", latex: "\\operatorname{reshape}(X)" },
  letters: { inputs: ["X"], output: "Y" },
  derivativeFormula: [{ text: "reshape(dY)", latex: "\\operatorname{reshape}(dY)" }],
  samples: [{ inputs: [vector(0, -0, 1, 1e-40, 100, -1e4)], attributes: { shape: [2, 3] } }],
  randomSample: (uniform) => {
    const [rows, columns] = [randomSize(uniform), randomSize(uniform)];
    return { inputs: [randomValue(uniform, [rows, columns])], attributes: { shape: [columns, rows] } };
  },
});

/** A size of -1 is only known when the tensor is. */
type Reshaped<S extends Shape> = { readonly [Axis in keyof S]: S[Axis] extends -1 ? number : S[Axis] };

/**
 * The same numbers in the same order under another shape. One size may be -1: it is worked out from the others.
 * @throws ShapeError when the two shapes hold different counts of numbers.
 */
export function reshape<const S extends Shape>(x: Tensor, shape: S): Tensor<Reshaped<S>> {
  const known = shape.filter((size) => size !== -1);
  const rest = sizeOf(x.shape) / sizeOf(known);
  if (shape.length - known.length > 1 || (known.length < shape.length && !Number.isInteger(rest))) {
    throw new ShapeError(
      `reshape: ${formatShape(x.shape)} holds ${sizeOf(x.shape)} numbers; no single size in place of -1 makes ${formatShape(shape)} hold as many`,
    );
  }
  return new Tensor<Reshaped<S>>(reshapeOp, [x], { shape: shape.map((size) => (size === -1 ? rest : size)) });
}
