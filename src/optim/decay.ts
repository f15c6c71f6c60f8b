import { add } from "../ops/add.js";
import { mul } from "../ops/mul.js";
import { type Tensor, UsageError } from "../tensor/index.js";

/** L2 penalty ½·decay·‖θ‖² as gradient: g + decay·θ. */
export function withWeightDecay(gradient: Tensor, parameter: Tensor, decay: number): Tensor {
  return decay === 0 ? gradient : add(gradient, mul(decay, parameter));
}

/** old·keep + new·(1 - keep): a running mean that forgets. */
export function blend(keep: number, old: Tensor, fresh: Tensor): Tensor {
  return add(mul(keep, old), mul(1 - keep, fresh));
}

/** A learning rate is a finite number from 0. */
export function checkRate(rate: number, what: string): void {
  if (!(rate >= 0 && Number.isFinite(rate)))
    throw new UsageError(`${what}: the learning rate is a number from 0, got ${rate}`);
}

/** A factor such as momentum or a decay rate lies from 0 to below 1. */
export function checkFactor(factor: number, what: string): void {
  if (!(factor >= 0 && factor < 1)) throw new UsageError(`${what} is from 0 to below 1, got ${factor}`);
}
