import {
  type Attributes,
  broadcastIndices,
  broadcastShapes,
  type ElementwiseOp,
  type Formula,
  type Letters,
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
  /** What the formula calls its inputs and the output: x, or a and b, and y, when left out. */
  readonly letters?: Letters;
  /** ∂y by each input, in the same letters; undefined where there is no gradient. */
  readonly slopes: readonly (Formula | undefined)[];
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
  const { name, formula, slopes, scalar, derivative, saves, samples, domains, randomAttributes, activation } =
    definition;
  const letters = definition.letters ?? { inputs: definition.inputs === 1 ? ["x"] : ["a", "b"], output: "y" };
  return {
    name,
    ...(activation && { activation }),
    formula,
    letters,
    slopes,
    derivativeFormula: slopes.map((slope) => slope && timesSlope(`d${letters.output}`, slope)),
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

/** The chain rule of an op that acts on each number alone: dx = dy ⊙ y′(x). */
function timesSlope(gradient: string, slope: Formula): Formula {
  if (slope.text === "1") return { text: gradient, latex: gradient };
  if (slope.text === "-1") return { text: `-${gradient}`, latex: `-${gradient}` };
  const isSum = / [+-] |^-| if /.test(slope.text.replace(/\([^()]*(\([^()]*(\([^()]*\))*[^()]*\))*[^()]*\)/g, ""));
  const text = isSum || slope.text.includes("/") ? `(${slope.text})` : slope.text;
  return {
    text: `${gradient} ⊙ ${text}`,
    latex: `${gradient} \\odot ${isSum ? `\\left(${slope.latex}\\right)` : slope.latex}`,
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
