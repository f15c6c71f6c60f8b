import { abs } from "../ops/abs.js";
import { add } from "../ops/add.js";
import { div } from "../ops/div.js";
import { maximum } from "../ops/maximum.js";
import { mul } from "../ops/mul.js";
import { sqrt } from "../ops/sqrt.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import type { AdamOptions } from "./adam.js";
import { blend, checkFactor, checkRate, withWeightDecay } from "./decay.js";
import type { Optimizer } from "./optimizer.js";

const moments = [
  { name: "m", fill: 0 },
  { name: "v", fill: 0 },
];

type FamilyOptions = Omit<AdamOptions, "amsgrad">;

/** Adamax (Kingma & Ba 2015): Adam with the largest recent gradient in place of the root mean square. */
export function adamax(rate: number, options: FamilyOptions = {}): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = checked("adamax", rate, options);
  return {
    name: "adamax",
    rate,
    options: { beta1, beta2, epsilon, weightDecay },
    slots: [
      { name: "m", fill: 0 },
      { name: "u", fill: 0 },
    ],
    scalars: (step, inForce) => ({ rate: inForce / (1 - beta1 ** step) }),
    update: (parameter, gradient, memory, { rate: inForce }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      const m = blend(beta1, memory.m as Tensor, g);
      const u = maximum(mul(beta2, memory.u as Tensor), add(abs(g), epsilon));
      return { parameter: sub(parameter, div(mul(inForce as Tensor, m), u)), memory: { m, u } };
    },
  };
}

/** NAdam (Dozat 2016): Adam with Nesterov's look ahead; momentum warms up as beta1·(1 - ½·0.96^(t·momentumDecay)). */
export function nadam(rate: number, options: FamilyOptions & { momentumDecay?: number } = {}): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = checked("nadam", rate, options);
  const { momentumDecay = 0.004 } = options;
  const momentumAt = (step: number) => beta1 * (1 - 0.5 * 0.96 ** (step * momentumDecay));
  // The product of all momenta so far, kept for the steps already seen so that a step costs the same however late it comes.
  const products = [1];
  const productUpTo = (step: number) => {
    for (let t = products.length; t <= step; t++) products.push((products[t - 1] as number) * momentumAt(t));
    return products[step] as number;
  };
  return {
    name: "nadam",
    rate,
    options: { beta1, beta2, epsilon, weightDecay, momentumDecay },
    slots: moments,
    scalars: (step, inForce) => ({
      byGradient: (inForce * (1 - momentumAt(step))) / (1 - productUpTo(step)),
      byMean: (inForce * momentumAt(step + 1)) / (1 - productUpTo(step + 1)),
      deviation: 1 / Math.sqrt(1 - beta2 ** step),
    }),
    update: (parameter, gradient, memory, { byGradient, byMean, deviation }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      const m = blend(beta1, memory.m as Tensor, g);
      const v = blend(beta2, memory.v as Tensor, mul(g, g));
      const scale = add(mul(sqrt(v), deviation as Tensor), epsilon);
      const ahead = add(mul(byGradient as Tensor, g), mul(byMean as Tensor, m));
      return { parameter: sub(parameter, div(ahead, scale)), memory: { m, v } };
    },
  };
}

/** RAdam (Liu et al. 2020): Adam whose first steps, while the variance is not yet known, are plain momentum. */
export function radam(rate: number, options: FamilyOptions = {}): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = checked("radam", rate, options);
  const longest = 2 / (1 - beta2) - 1;
  return {
    name: "radam",
    rate,
    options: { beta1, beta2, epsilon, weightDecay },
    slots: moments,
    scalars: (step, inForce) => {
      const corrected = inForce / (1 - beta1 ** step);
      const length = longest - (2 * step * beta2 ** step) / (1 - beta2 ** step);
      if (length <= 5) return { plain: corrected, adaptive: 0 };
      const rectified = Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
      return { plain: 0, adaptive: corrected * rectified * Math.sqrt(1 - beta2 ** step) };
    },
    update: (parameter, gradient, memory, { plain, adaptive }) => {
      const g = withWeightDecay(gradient, parameter, weightDecay);
      const m = blend(beta1, memory.m as Tensor, g);
      const v = blend(beta2, memory.v as Tensor, mul(g, g));
      const factor = add(plain as Tensor, div(adaptive as Tensor, add(sqrt(v), epsilon)));
      return { parameter: sub(parameter, mul(m, factor)), memory: { m, v } };
    },
  };
}

function checked(name: string, rate: number, options: FamilyOptions): Required<FamilyOptions> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  checkRate(rate, name);
  checkFactor(beta1, `${name}: beta1`);
  checkFactor(beta2, `${name}: beta2`);
  return { beta1, beta2, epsilon, weightDecay };
}
