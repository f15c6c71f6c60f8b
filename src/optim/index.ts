import { adadelta } from "./adadelta.js";
import { adagrad } from "./adagrad.js";
import { adam, adamw } from "./adam.js";
import { adamax, nadam, radam } from "./adam-family.js";
import { momentum, nesterov } from "./momentum.js";
import type { Optimizer } from "./optimizer.js";
import { rmsprop } from "./rmsprop.js";
import { sgd } from "./sgd.js";

export { clipByNorm, type NormKind } from "./clip.js";
export type { Optimizer, Slot, Tensors } from "./optimizer.js";
export { type Schedule, schedules } from "./schedules.js";
export { adadelta, adagrad, adam, adamax, adamw, momentum, nadam, nesterov, radam, rmsprop, sgd };

/** The optimizers by name, for command lines and checks. */
export const optimizers = {
  sgd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adam,
  adamw,
  adadelta,
  adamax,
  nadam,
  radam,
} satisfies Record<string, (rate: number, options?: { weightDecay?: number }) => Optimizer>;

export type OptimizerName = keyof typeof optimizers;
