import {
  type Attributes,
  broadcastIndices,
  broadcastShapes,
  type ElementwiseOp,
  type Formula,
  type Operand,
  type Sample,
  type Shape,
  sizeOf,
  Tensor,
} from "../tensor/index.js";
import { constant } from "./constant.js";
import { anyNumber, type Domain, randomOperandShapes, randomValue } from "./samples.js";

interface Definition {
  readonly name: string;
  readonly inputs: 1 | 2 | 3;
  readonly formula: Formula;
  readonly scalar: (x: number, y: number, z: number, attributes: Attributes) => number;
  readonly derivative: (node: Tensor, gradient: Tensor) => readonly (Tensor | undefined)[];
  readonly saves: readonly string[];
  readonly samples: readonly Sample[];
  /** Where random arguments fall, one entry an input; any number in [-4, 4] when left out. */
  readonly domains?: readonly Domain[];
  readonly randomAttributes?: (uniform: () => number) => Attributes;
  readonly activation?: () => unknown;
}

/** Completes an op that acts on each number alone: broadcasting, the loop, and random test cases are the same for all. */
export function elementwise(definition: Definition): ElementwiseOp {
  const { name, formula, scalar, derivative, saves, samples, domains, randomAttributes, activation } = definition;
  return {
    name,
    ...(activation && { activation }),
    formula,
    scalar,
    derivative,
    saves,
    samples,
    shape: (inputs) => inputs.reduce((a, b) => broadcastShapes(a, b, name)),
    forward: (inputs, attributes, shape) => {
      const [x, y, z] = inputs.map((input) => ({ data: input.data, at: broadcastIndices(input.shape, shape) }));
      const read = (operand: typeof x, i: number): number =>
        operand === undefined ? 0 : (operand.data[operand.at[i] as number] as number);
      return Float64Array.from({ length: sizeOf(shape) }, (_, i) =>
        scalar(read(x, i), read(y, i), read(z, i), attributes),
      );
    },
    randomSample: (uniform) => ({
      inputs: randomOperandShapes(uniform, definition.inputs).map((shape, i) =>
        randomValue(uniform, shape, domains?.[i] ?? anyNumber),
      ),
      ...(randomAttributes && { attributes: randomAttributes(uniform) }),
    }),
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
