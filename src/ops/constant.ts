import { type Op, type Shape, ShapeError, sizeOf, Tensor } from "../tensor/index.js";

/** Numbers that never change: a literal in a formula, or data given to `tensor`. */
export const constantOp: Op = {
  name: "constant",
  shape: () => [],
  forward: () => {
    throw new ShapeError("a constant carries its own numbers and is never computed");
  },
  derivative: () => [],
  saves: [],
};

/** A single number as a tensor of shape []. */
export function constant(number: number): Tensor<[]> {
  return constantTensor([], Float64Array.of(number));
}

export function constantTensor<S extends Shape>(shape: S, values: Float64Array, name?: string): Tensor<S> {
  if (values.length !== sizeOf(shape)) {
    throw new ShapeError(
      `a constant of shape [${shape.join(", ")}] needs ${sizeOf(shape)} numbers, got ${values.length}`,
    );
  }
  return new Tensor<S>(constantOp, [], {}, { shape, values, name });
}

/** The number of a constant of shape [], or undefined for any other node. */
export function constantNumber(tensor: Tensor): number | undefined {
  return tensor.op === constantOp && tensor.shape.length === 0 ? tensor.values?.[0] : undefined;
}
