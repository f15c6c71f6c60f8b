import { mul } from "../ops/mul.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import { checkRate, withWeightDecay } from "./decay.js";
import type { Optimizer } from "./optimizer.js";

/** Gradient descent: θ ← θ - rate·g. */
export function sgd(rate: number, { weightDecay = 0 }: { weightDecay?: number } = {}): Optimizer {
  checkRate(rate, "sgd");
  return {
    name: "sgd",
    rate,
    options: { weightDecay },
    slots: [],
    scalars: (_, inForce) => ({ rate: inForce }),
    update: (parameter, gradient, _, { rate: inForce }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      return { parameter: sub(parameter, mul(inForce as Tensor, g)), memory: {} };
    },
  };
}
