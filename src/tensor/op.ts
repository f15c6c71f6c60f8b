import type { Shape } from "./shape.js";
import type { Tensor } from "./tensor.js";

/** A formula in plain text (one line, for terminals) and in LaTeX (for pages). */
export interface Formula {
  readonly text: string;
  readonly latex: string;
}

/** What a formula calls an op's inputs and its output; the gradient of `y` is called `dy`. */
export interface Letters {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** Options of one node: a slope, an axis, a seed. Plain data, so that a graph can be compared, printed and saved. */
export type Attributes = Readonly<Record<string, number | string | boolean | readonly number[]>>;

/** Numbers with a shape, row-major, in float64. */
export interface Value {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** Inputs on which an op is tested. */
export interface Sample {
  readonly inputs: readonly Value[];
  readonly attributes?: Attributes;
}

/** One operation: what it takes to compute it and to derive it. */
export interface Op {
  readonly name: string;
  /** Only for activations: the function users call, so that a layer made of it knows its name. */
  readonly activation?: () => unknown;
  /** The shape of the output. Throws ShapeError when the inputs do not fit. */
  shape(inputs: readonly Shape[], attributes: Attributes): Shape;
  /** The value in float64: obvious rather than fast, and right at the hard points. */
  forward(inputs: readonly Value[], attributes: Attributes, shape: Shape): Float64Array;
  /**
   * The gradient of the output (same shape as `node`) turned into gradients of the inputs, as graph.
   * `undefined` for an input that has none (a label, a seed). Broadcasting is undone by the caller.
   */
  derivative(node: Tensor, gradient: Tensor): readonly (Tensor | undefined)[];
  /** What the backward pass keeps from the forward one (the cache): input names, or `y` for the output. */
  readonly saves: readonly string[];
  /** Only for ops that act on each number alone: the formula for one number of each input. */
  readonly scalar?: (x: number, y: number, z: number, attributes: Attributes) => number;
}

/**
 * What lessons show of an op, and what it is tested on. It stands beside the op in the same file, as a function, so that a page
 * that only computes does not load it.
 */
export interface OpDescription {
  readonly formula: Formula;
  readonly letters: Letters;
  /**
   * `derivative` written out, in the formula's letters: the gradient of each input (the last one stands for all further
   * inputs); undefined where `derivative` gives none.
   */
  readonly derivativeFormula: readonly (Formula | undefined)[];
  /** The hard points: zeros of both signs, kinks, ±100, ±1e4, subnormals. No value may be NaN where the true one is finite. */
  readonly samples: readonly Sample[];
  /** A random smooth case (away from kinks by the rule in `samples.ts`) from a source of uniform numbers in [0, 1). */
  randomSample(uniform: () => number): Sample;
  /** Only for ops that act on each number alone: ∂y by each input, in the formula's letters. */
  readonly slopes?: readonly (Formula | undefined)[];
}

/**
 * One operation, whole: a reader never opens a second file to know what `tanh` is.
 * The table of all of them is `src/ops/index.ts`; engines, derivatives and tests walk that table.
 */
export interface DescribedOp extends Op, OpDescription {}

/** An op that acts on each number alone; its inputs broadcast to one shape. */
export interface ElementwiseOp extends Op {
  readonly scalar: (x: number, y: number, z: number, attributes: Attributes) => number;
}

export function isElementwise(op: Op): op is ElementwiseOp {
  return op.scalar !== undefined;
}
