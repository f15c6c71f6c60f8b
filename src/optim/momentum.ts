import { add } from "../ops/add.js";
import { mul } from "../ops/mul.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import { checkFactor, checkRate, withWeightDecay } from "./decay.js";
import type { Optimizer } from "./optimizer.js";

export interface MomentumOptions {
  /** Share of the velocity kept from step to step (0.9). */
  readonly beta?: number;
  /** Share by which a fresh gradient is weakened, from the second step on (0). Not for nesterov. */
  readonly dampening?: number;
  readonly weightDecay?: number;
}

/** Heavy ball (Polyak 1964): v ← beta·v + g, θ ← θ - rate·v. */
export function momentum(rate: number, options: MomentumOptions = {}): Optimizer {
  return withVelocity("momentum", rate, options, (_, v) => v);
}

/** Nesterov's momentum (1983), as in Sutskever et al. 2013: v ← beta·v + g, θ ← θ - rate·(g + beta·v). */
export function nesterov(rate: number, options: Omit<MomentumOptions, "dampening"> = {}): Optimizer {
  const { beta = 0.9 } = options;
  return withVelocity("nesterov", rate, options, (g, v) => add(g, mul(beta, v)));
}

function withVelocity(
  name: string,
  rate: number,
  { beta = 0.9, dampening = 0, weightDecay = 0 }: MomentumOptions,
  direction: (gradient: Tensor, velocity: Tensor) => Tensor,
): Optimizer {
  checkRate(rate, name);
  checkFactor(beta, `${name}: beta`);
  checkFactor(dampening, `${name}: dampening`);
  return {
    name,
    rate,
    options: { beta, dampening, weightDecay },
    slots: [{ name: "v", fill: 0 }],
    scalars: (step, inForce) =>
      dampening === 0 ? { rate: inForce } : { rate: inForce, fresh: step === 1 ? 1 : 1 - dampening },
    update: (parameter, gradient, { v }, { rate: inForce, fresh }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      const velocity = add(mul(beta, v as Tensor), fresh === undefined ? g : mul(fresh, g));
      return { parameter: sub(parameter, mul(inForce as Tensor, direction(g, velocity))), memory: { v: velocity } };
    },
  };
}
