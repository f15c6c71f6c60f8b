import { add } from "../ops/add.js";
import { div } from "../ops/div.js";
import { maximum } from "../ops/maximum.js";
import { mul } from "../ops/mul.js";
import { sqrt } from "../ops/sqrt.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import { blend, checkFactor, checkRate, withWeightDecay } from "./decay.js";
import type { Optimizer } from "./optimizer.js";

export interface AdamOptions {
  /** Share of the running mean of gradients kept from step to step (0.9). */
  readonly beta1?: number;
  /** Share of the running mean of squares kept from step to step (0.999). */
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
  /** Divide by the largest running mean of squares so far (Reddi et al. 2018). */
  readonly amsgrad?: boolean;
}

/** Adam (Kingma & Ba 2015): running means m of g and v of g², corrected for their start; θ ← θ - rate·m̂ / (√v̂ + epsilon). */
export function adam(rate: number, options: AdamOptions = {}): Optimizer {
  return adaptive("adam", rate, options, false);
}

/** AdamW (Loshchilov & Hutter 2019): Adam, with the weights shrunk directly, θ ← θ·(1 - rate·weightDecay), and not by way of the gradient. */
export function adamw(rate: number, options: AdamOptions = {}): Optimizer {
  return adaptive("adamw", rate, { weightDecay: 0.01, ...options }, true);
}

function adaptive(name: string, rate: number, options: AdamOptions, decoupled: boolean): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, amsgrad = false } = options;
  checkRate(rate, name);
  checkFactor(beta1, `${name}: beta1`);
  checkFactor(beta2, `${name}: beta2`);
  return {
    name,
    rate,
    options: { beta1, beta2, epsilon, weightDecay, amsgrad },
    slots: ["m", "v", ...(amsgrad ? ["largest"] : [])].map((slot) => ({ name: slot, fill: 0 })),
    scalars: (step, inForce) => ({
      rate: inForce / (1 - beta1 ** step),
      deviation: 1 / Math.sqrt(1 - beta2 ** step),
      ...(decoupled && { shrink: 1 - inForce * weightDecay }),
    }),
    update: (parameter, gradient, memory, { rate: inForce, deviation, shrink }) => {
      const g = decoupled ? gradient : withWeightDecay(gradient, parameter, weightDecay);
      const m = blend(beta1, memory.m as Tensor, g);
      const v = blend(beta2, memory.v as Tensor, mul(g, g));
      const largest = amsgrad ? maximum(memory.largest as Tensor, v) : undefined;
      const scale = add(mul(sqrt(largest ?? v), deviation as Tensor), epsilon);
      const start = shrink === undefined ? parameter : mul(parameter, shrink);
      return {
        parameter: sub(start, div(mul(inForce as Tensor, m), scale)),
        memory: { m, v, ...(largest !== undefined && { largest }) },
      };
    },
  };
}
