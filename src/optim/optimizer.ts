import type { Attributes, Tensor } from "../tensor/index.js";

/** One memory an update rule keeps for every parameter: its name (`v` for W[1] becomes `v W[1]`) and the number it starts with. */
export interface Slot {
  readonly name: string;
  readonly fill: number;
}

export type Tensors = Readonly<Record<string, Tensor>>;

/** An update rule, as graph: from a parameter, its gradient and what is remembered, to the new parameter and memories. */
export interface Optimizer {
  readonly name: string;
  /** The learning rate before any schedule. */
  readonly rate: number;
  readonly options: Attributes;
  readonly slots: readonly Slot[];
  /**
   * Numbers that change from step to step, worked out in float64: the rate in force, bias corrections.
   * @param step Counts from 1. @param rate The learning rate in force.
   */
  scalars(step: number, rate: number): Readonly<Record<string, number>>;
  update(
    parameter: Tensor,
    gradient: Tensor,
    memory: Tensors,
    scalars: Tensors,
  ): { parameter: Tensor; memory: Tensors };
}
