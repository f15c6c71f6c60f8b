import type { Tensor } from "../tensor/index.js";

/** A new value for a parameter or a state, to be written over the old one at the end of the step. */
export interface Update {
  readonly target: Tensor;
  readonly value: Tensor;
}

/** What a plan is made from: one computation with its results and its lasting effects. */
export interface Graph {
  /** Values to be read after each run: the loss, the logits. Each needs a name. */
  readonly outputs: readonly Tensor[];
  /** Gradients, if any: what they alone need is the backward pass. */
  readonly gradients?: readonly Tensor[];
  readonly updates?: readonly Update[];
}

export interface PlanOptions {
  /** `needed` reuses memory as soon as it can; `named` keeps every named value readable, to look at. */
  readonly keep?: "needed" | "named";
}
