import { choice, number, type StateOf } from "./fields.js";

export const activationNames = [
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "silu",
  "softplus",
  "softsign",
  "hardtanh",
  "mish",
] as const;
export type ActivationName = (typeof activationNames)[number];

/** Curves are drawn, and the point moves, between −reach and reach. */
export const reach = 6;

/** What of the view "activations" is in a link. */
export const activationsFields = {
  g: choice("sigmoid", activationNames),
  /** Where the point is. */
  x: number(1, -reach, reach),
};

export type ActivationsState = StateOf<typeof activationsFields>;
