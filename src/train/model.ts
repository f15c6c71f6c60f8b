import type { Normalizer, TablePreparation } from "../data/index.js";
import type { Loss, Network } from "../nn/index.js";

/** How targets were scaled for training: what a network predicts, times `scale`, plus `shift`, is in the data's own unit. */
export interface TargetScaling {
  readonly shift: readonly number[];
  readonly scale: readonly number[];
}

/** A trained network with everything needed to use it on raw data. Plain data: no code, no paths. */
export interface Model<In extends number = number, Out extends number = number> {
  readonly network: Network<In, Out>;
  /** Every tensor of the network by name. */
  readonly weights: ReadonlyMap<string, Float32Array | Float64Array>;
  readonly loss: Loss;
  /** What is done to raw features first. */
  readonly normalizer: Normalizer;
  /** Names of the classes, for a classifier. */
  readonly classes?: readonly string[];
  /** For numbers: their names, and how they were scaled. */
  readonly targetNames?: readonly string[];
  readonly targetScaling?: TargetScaling;
  readonly featureNames?: readonly string[];
  /** For a table of one's own: how raw rows become features, see `csvWith`. */
  readonly table?: TablePreparation;
  /** What was done to get here, for people: seed, epochs, optimizer. */
  readonly training: Readonly<Record<string, string | number>>;
}
