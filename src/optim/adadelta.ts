import { add } from "../ops/add.js";
import { div } from "../ops/div.js";
import { mul } from "../ops/mul.js";
import { sqrt } from "../ops/sqrt.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import { blend, checkFactor, checkRate, withWeightDecay } from "./decay.js";
import type { Optimizer } from "./optimizer.js";

/** Adadelta (Zeiler 2012): steps in units of past steps, so that the rate (1) needs no choosing. */
export function adadelta(rate = 1, options: { rho?: number; epsilon?: number; weightDecay?: number } = {}): Optimizer {
  const { rho = 0.9, epsilon = 1e-6, weightDecay = 0 } = options;
  checkRate(rate, "adadelta");
  checkFactor(rho, "adadelta: rho");
  return {
    name: "adadelta",
    rate,
    options: { rho, epsilon, weightDecay },
    slots: [
      { name: "squares", fill: 0 },
      { name: "steps", fill: 0 },
    ],
    scalars: (_, inForce) => ({ rate: inForce }),
    update: (parameter, gradient, memory, { rate: inForce }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      const squares = blend(rho, memory.squares as Tensor, mul(g, g));
      const past = sqrt(add(memory.steps as Tensor, epsilon));
      const step = mul(div(past, sqrt(add(squares, epsilon))), g);
      const steps = blend(rho, memory.steps as Tensor, mul(step, step));
      return { parameter: sub(parameter, mul(inForce as Tensor, step)), memory: { squares, steps } };
    },
  };
}
