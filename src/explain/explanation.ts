import type { Text } from "../language/index.js";
import type { Formula, Nested, Shape } from "../tensor/index.js";

/** Examples in rows, Z = X·Wᵀ + bᵀ, or in columns, Z = W·A + b: each is the transpose of the other. */
export type Convention = "row" | "column";

export type ExplainedPhase = "given" | "forward" | "backward" | "update";

/** A factor of a formula as it stands there: `W[1]ᵀ` with the shape of the transpose. */
export interface Factor extends Formula {
  readonly shape: Shape;
}

/** What stands between the factors: an operator, a bracket, a function's name. */
export type Piece = Factor | Formula;

/** Figures that stand for a matrix too large to be shown. */
export interface MatrixStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Square root of the sum of squares. */
  readonly norm: number;
  /** Share of numbers that are 0. */
  readonly zeros: number;
}

/** One number of a value, with its formula in symbols and in numbers. Positions count from 1. */
export interface ExplainedElement {
  readonly at: readonly number[];
  readonly symbols: Formula;
  /** The same with numbers filled in, rounded; a long sum is elided with "…". */
  readonly numbers: Formula;
  readonly value: number;
}

/**
 * A gradient against central differences, (J(x + h) - J(x - h)) / 2h in float64. Of a large matrix some entries are drawn.
 */
export interface DifferenceCheck {
  /** Entries compared, and how many there are. */
  readonly compared: number;
  readonly entries: number;
  /** ‖analytic - numeric‖ / (‖analytic‖ + ‖numeric‖) over the entries compared. */
  readonly relativeError: number;
  /** Whether the difference is one that rounding explains. */
  readonly agrees: boolean;
  /** Entries left out because a kink lies within the step, where no difference quotient can tell the slope. */
  readonly atKinks: number;
  /** The entry that is shown: analytic is the gradient's own value. */
  readonly at: readonly number[];
  readonly analytic: number;
  readonly numeric: number;
}

export interface ExplainedStep {
  /** `Z[1]`, `A[1]`, `loss`, `dW[2]`; in the update `W[1]`, the new one. */
  readonly name: string;
  readonly phase: ExplainedPhase;
  /** The layer as the name counts it; left out for data and loss. */
  readonly layer?: number;
  /** What kind of layer, or `data`, `loss`, `optimizer`. */
  readonly kind: string;
  /** The whole formula, `Z[1] = X·W[1]ᵀ + b[1]ᵀ`; `pieces` are its right side. */
  readonly formula: Formula;
  readonly pieces: readonly Piece[];
  /** The op's own formula or derivative in its letters, `y = 1 / (1 + e^-x)`. */
  readonly rule?: Formula;
  readonly shape: Shape;
  readonly value: Nested;
  readonly statistics: MatrixStatistics;
  readonly element?: ExplainedElement;
  /** Values kept from the forward pass that this step reads. */
  readonly cached: readonly string[];
  readonly check?: DifferenceCheck;
  /** What a teacher says at this step. */
  readonly says: Text;
}

/** A value kept from the forward pass for the backward one. */
export interface CachedValue {
  readonly name: string;
  readonly shape: Shape;
  /** In the float32 of training. */
  readonly bytes: number;
  readonly usedBy: readonly string[];
}

/** One line of the table of shapes. */
export interface ShapeRow {
  readonly name: string;
  readonly row: Shape;
  readonly column: Shape;
}

/** A forward and a backward pass (and an update) told step by step. Plain data: JSON can hold it. */
export interface Explanation {
  readonly network: string;
  readonly loss: string;
  readonly optimizer?: string;
  readonly batch: number;
  readonly convention: Convention;
  /** The seed of the numbers that were not given. */
  readonly seed: number;
  /** The value of the loss. */
  readonly lossValue: number;
  readonly steps: readonly ExplainedStep[];
  readonly cache: readonly CachedValue[];
  /** Every value's shape in both conventions. */
  readonly shapes: readonly ShapeRow[];
  /** Largest difference between this pass and the same one computed in the other convention's formulas, transposed. */
  readonly conventionDifference: number;
  /** Largest relative error of all the difference checks, and whether all of them agree. */
  readonly worstRelativeError: number;
  readonly agrees: boolean;
  /** For a trained classifier: what it says of each example, and the truth. */
  readonly predictions?: readonly ExplainedPrediction[];
}

export interface ExplainedPrediction {
  readonly says: string;
  readonly probability?: number;
  readonly truth?: string;
}
