import type { Attributes, ElementwiseOp, Op, Shape } from "../tensor/index.js";

/** What a buffer holds; the first four live as long as the session, the rest only as long as they are needed. */
export type BufferRole = "parameter" | "state" | "scalar" | "input" | "constant" | "output" | "value";

/** A named stretch of the arena. Offsets and lengths count numbers, not bytes. */
export interface Buffer {
  readonly name: string;
  readonly role: BufferRole;
  readonly shape: Shape;
  readonly offset: number;
  readonly length: number;
}

/** An operand of a step: a buffer's numbers, under a shape that may differ from the buffer's own (reshape costs nothing). */
export interface View {
  readonly buffer: Buffer;
  readonly shape: Shape;
}

/**
 * How an operand of an elementwise step is read at index i of the loop:
 * `same` x[i], `scalar` x[0], `row` x[i mod period] (a row repeated down), `column` x[⌊i / period⌋] (a column repeated across).
 */
export type Broadcasting = "same" | "scalar" | "row" | "column";

export interface ElementwiseInput {
  readonly view: View;
  readonly broadcasting: Broadcasting;
  /** Length of the row, or how often each number of the column is repeated; 1 for `same` and `scalar`. */
  readonly period: number;
}

/** One op on registers: its result goes to the next register. */
export interface Instruction {
  readonly op: ElementwiseOp;
  readonly attributes: Attributes;
  /** Registers read: 0 … inputs-1 hold the inputs, then the constants, then earlier results, in order. */
  readonly operands: readonly number[];
}

/**
 * Several elementwise ops fused into one pass over memory: for each index, read the inputs, run the instructions on
 * registers, write the outputs. An output may share its memory with a `same` input: at each index all reads come first.
 */
export interface ElementwiseStep {
  readonly kind: "elementwise";
  readonly length: number;
  readonly inputs: readonly ElementwiseInput[];
  readonly constants: readonly number[];
  readonly instructions: readonly Instruction[];
  readonly outputs: readonly { readonly register: number; readonly view: View }[];
  /** The whole computation as one line, operands numbered: `mul($0, step($1))`. Engines may know some by heart. */
  readonly expression: string;
}

/**
 * C = op(A)·op(B), then + bias along each row, then an activation. Stored row-major: A is (m × k), or (k × m) when `transposeA`;
 * B is (k × n), or (n × k) when `transposeB`; bias has n numbers; C is (m × n) and shares memory with none of them.
 */
export interface MatmulStep {
  readonly kind: "matmul";
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: View;
  readonly b: View;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly bias: View | undefined;
  readonly activation: { readonly op: ElementwiseOp; readonly attributes: Attributes } | undefined;
  readonly output: View;
}

/** Any other op, on whole buffers. The output shares memory with no input. */
export interface OpStep {
  readonly kind: "op";
  readonly op: Op;
  readonly attributes: Attributes;
  readonly inputs: readonly View[];
  readonly output: View;
}

/** Numbers moved as they are: an update that could not be written in place. */
export interface CopyStep {
  readonly kind: "copy";
  readonly from: View;
  readonly to: View;
}

export type Step = ElementwiseStep | MatmulStep | OpStep | CopyStep;

/** Which part of the training step a computation belongs to. */
export type Phase = "forward" | "backward" | "update";

/** Steps over one arena, in order. Immutable and without a device: any engine can open it. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The phase of each step, and the name of what it computes, for people. */
  readonly labels: readonly { readonly phase: Phase; readonly names: readonly string[] }[];
  /** Every stretch of the arena; those that hold a value only for a while may overlap. */
  readonly buffers: readonly Buffer[];
  /** Names that can still be read after a run (their memory has not been reused). */
  readonly readable: ReadonlyMap<string, View>;
  /** Names computed in the forward pass and used by the backward pass: the cache of the lecture notes. */
  readonly cache: ReadonlySet<string>;
  /** Initial numbers of parameters, states and constants that carry some, by buffer name. */
  readonly initial: ReadonlyMap<string, Float64Array>;
  /** Numbers in the arena; the first `persistent` of them (parameters, states, scalars) do not depend on the batch size. */
  readonly length: number;
  readonly persistent: number;
  /** Multiplications and additions in matrix products, a measure of the work. */
  readonly flops: number;
}
