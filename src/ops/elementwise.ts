import {
  type Attributes,
  broadcastIndices,
  broadcastShapes,
  type ElementwiseOp,
  type Operand,
  type Shape,
  sizeOf,
  Tensor,
} from "../tensor/index.js";
import { constant } from "./constant.js";

/** Completes an op that acts on each number alone: broadcasting and the loop are the same for all. */
export function elementwise(op: Omit<ElementwiseOp, "shape" | "forward">): ElementwiseOp {
  const { name, scalar } = op;
  return {
    ...op,
    shape: (inputs) => inputs.reduce((a, b) => broadcastShapes(a, b, name)),
    forward: (inputs, attributes, shape) => {
      const [x, y, z] = inputs.map((input) => ({ data: input.data, at: broadcastIndices(input.shape, shape) }));
      const read = (operand: typeof x, i: number): number =>
        operand === undefined ? 0 : (operand.data[operand.at[i] as number] as number);
      return Float64Array.from({ length: sizeOf(shape) }, (_, i) =>
        scalar(read(x, i), read(y, i), read(z, i), attributes),
      );
    },
  };
}

/** A number becomes a constant of shape []. */
export function toTensor(operand: Operand): Tensor {
  return operand instanceof Tensor ? operand : constant(operand);
}

/** A node with one input, of the input's shape. */
export function unary<S extends Shape>(op: ElementwiseOp, x: Tensor<S>, attributes?: Attributes): Tensor<S> {
  return new Tensor<S>(op, [x], attributes);
}

/** A node with two operands, of the shape they broadcast to. */
export function binary<S extends Shape>(op: ElementwiseOp, a: Operand, b: Operand, attributes?: Attributes): Tensor<S> {
  return new Tensor<S>(op, [toTensor(a), toTensor(b)], attributes);
}
