import { add } from "../ops/add.js";
import { div } from "../ops/div.js";
import { mul } from "../ops/mul.js";
import { sqrt } from "../ops/sqrt.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import { blend, checkFactor, checkRate, withWeightDecay } from "./decay.js";
import type { Optimizer } from "./optimizer.js";

export interface RmspropOptions {
  /** Share of the running mean of squares kept from step to step (0.99). */
  readonly alpha?: number;
  readonly epsilon?: number;
  /** Divide by the deviation instead of the root mean square (Graves 2013). */
  readonly centered?: boolean;
  /** Velocity kept from step to step (0: none). */
  readonly momentum?: number;
  readonly weightDecay?: number;
}

/** RMSprop (Tieleman & Hinton 2012): s ← alpha·s + (1 - alpha)·g², θ ← θ - rate·g / (√s + epsilon). */
export function rmsprop(rate: number, options: RmspropOptions = {}): Optimizer {
  const { alpha = 0.99, epsilon = 1e-8, centered = false, momentum = 0, weightDecay = 0 } = options;
  checkRate(rate, "rmsprop");
  checkFactor(alpha, "rmsprop: alpha");
  checkFactor(momentum, "rmsprop: momentum");
  const slots = ["s", ...(centered ? ["mean"] : []), ...(momentum > 0 ? ["v"] : [])];
  return {
    name: "rmsprop",
    rate,
    options: { alpha, epsilon, centered, momentum, weightDecay },
    slots: slots.map((name) => ({ name, fill: 0 })),
    scalars: (_, inForce) => ({ rate: inForce }),
    update: (parameter, gradient, memory, { rate: inForce }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      const s = blend(alpha, memory.s as Tensor, mul(g, g));
      const mean = centered ? blend(alpha, memory.mean as Tensor, g) : undefined;
      const scale = sqrt(mean === undefined ? s : sub(s, mul(mean, mean)));
      const step = div(g, add(scale, epsilon));
      const v = momentum > 0 ? add(mul(momentum, memory.v as Tensor), step) : undefined;
      return {
        parameter: sub(parameter, mul(inForce as Tensor, v ?? step)),
        memory: { s, ...(mean !== undefined && { mean }), ...(v !== undefined && { v }) },
      };
    },
  };
}
