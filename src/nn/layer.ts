import type { Attributes, Shape, Tensor } from "../tensor/index.js";
import type { Initializer } from "./initializers.js";

/** A new value for a state, written at the end of a training step. */
export interface StateUpdate {
  readonly target: Tensor;
  readonly value: Tensor;
}

/** A tensor that belongs to a layer: learned (`parameter`), or kept up by the layer itself (`state`). */
export interface Part {
  readonly role: "parameter" | "state";
  readonly shape: Shape;
  readonly initializer: Initializer;
}

/** How a pass is made. */
export interface Pass {
  /** Training drops units and normalizes by the batch; prediction does neither. */
  readonly training: boolean;
  /** Counts steps (shape []), so that each draws its own random numbers. */
  readonly step: Tensor;
  readonly seed: number;
  /** A number of its own for each layer that draws random numbers. */
  readonly stream: number;
}

export type LayerKind = "dense" | "activation" | "dropout" | "batchNorm" | "layerNorm";

/**
 * One layer: what it is (`kind`, `options`: enough to build it again from a file), the tensors it owns, and its formula.
 * `In` and `Out` are features per example; `number` where any size will do.
 */
export interface Layer<In extends number = number, Out extends number = number, Kind extends LayerKind = LayerKind> {
  readonly kind: Kind;
  readonly options: Attributes;
  /** Features expected; undefined when any number will do (the output then has as many). */
  readonly inputs: In | undefined;
  readonly outputs: Out | undefined;
  /** By short name: `W`, `b`. */
  readonly parts: Readonly<Record<string, Part>>;
  /** What its result is called: `Z`, `A`. */
  readonly result: string;
  /** From a batch (m × in) to (m × out). Updates are changes of state that happen with each training step. */
  forward(
    x: Tensor,
    parts: Readonly<Record<string, Tensor>>,
    pass: Pass,
  ): { output: Tensor; updates?: readonly StateUpdate[] };
}
