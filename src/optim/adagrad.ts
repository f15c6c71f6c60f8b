import { add } from "../ops/add.js";
import { div } from "../ops/div.js";
import { mul } from "../ops/mul.js";
import { sqrt } from "../ops/sqrt.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import { checkRate, withWeightDecay } from "./decay.js";
import type { Optimizer } from "./optimizer.js";

export interface AdagradOptions {
  readonly epsilon?: number;
  /** The rate of step t is rate / (1 + (t - 1)·rateDecay) (0: no decay beyond Adagrad's own). */
  readonly rateDecay?: number;
  /** What the sum of squares starts with (0). */
  readonly start?: number;
  readonly weightDecay?: number;
}

/** Adagrad (Duchi et al. 2011): s ← s + g², θ ← θ - rate·g / (√s + epsilon). The effective rate of a parameter only falls. */
export function adagrad(rate: number, options: AdagradOptions = {}): Optimizer {
  const { epsilon = 1e-10, rateDecay = 0, start = 0, weightDecay = 0 } = options;
  checkRate(rate, "adagrad");
  return {
    name: "adagrad",
    rate,
    options: { epsilon, rateDecay, start, weightDecay },
    slots: [{ name: "s", fill: start }],
    scalars: (step, inForce) => ({ rate: inForce / (1 + (step - 1) * rateDecay) }),
    update: (parameter, gradient, { s }, { rate: inForce }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      const squares = add(s as Tensor, mul(g, g));
      const change = div(mul(inForce as Tensor, g), add(sqrt(squares), epsilon));
      return { parameter: sub(parameter, change), memory: { s: squares } };
    },
  };
}
