import { type Operand, type Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, toTensor } from "./elementwise.js";
import { mul } from "./mul.js";
import { neg } from "./neg.js";
import { hardPoints, vector } from "./samples.js";
import { sigmoid } from "./sigmoid.js";
import { logOnePlusExp, softplus } from "./softplus.js";
import { sub } from "./sub.js";

export const binaryCrossEntropyOp = elementwise({
  name: "binaryCrossEntropy",
  scalar: (z, t, _, { positiveWeight }) =>
    term((positiveWeight as number) * t, logOnePlusExp(-z)) + term(1 - t, logOnePlusExp(z)),
  // σ(z) - t, written so that neither end loses digits: (1 - t)·σ(z) - t·σ(-z).
  derivative: ({ inputs, attributes }, gradient) => {
    const [z, t] = inputs as [Tensor, Tensor];
    const positive = mul(attributes.positiveWeight as number, t);
    const byLogit = sub(mul(sub(1, t), sigmoid(z)), mul(positive, sigmoid(neg(z))));
    // w·ln(1 + e^-z) - ln(1 + e^z), with ln(1 + e^-z) = ln(1 + e^z) - z: for w = 1 it is -z, to the last digit.
    const weight = attributes.positiveWeight as number;
    const byTarget = sub(mul(weight - 1, softplus(z)), mul(weight, z));
    return [mul(gradient, byLogit), mul(gradient, byTarget)];
  },
  saves: ["z", "t"],
});

export const binaryCrossEntropyDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: {
    text: "w·t·ln(1 + e^-z) + (1 - t)·ln(1 + e^z)",
    latex: "w t \\ln(1 + e^{-z}) + (1 - t) \\ln(1 + e^{z})",
  },
  letters: { inputs: ["z", "t"], output: "H" },
  slopes: [
    { text: "(1 - t)·σ(z) - w·t·σ(-z)", latex: "(1 - t)\\, \\sigma(z) - w t\\, \\sigma(-z)" },
    { text: "w·ln(1 + e^(-z)) - ln(1 + e^z)", latex: "w \\ln(1 + e^{-z}) - \\ln(1 + e^{z})" },
  ],
  samples: [
    { inputs: [vector(...hardPoints), vector(...hardPoints.map(() => 0))], attributes: { positiveWeight: 1 } },
    { inputs: [vector(...hardPoints), vector(...hardPoints.map(() => 1))], attributes: { positiveWeight: 1 } },
    { inputs: [vector(...hardPoints), vector(...hardPoints.map(() => 0.3))], attributes: { positiveWeight: 2.5 } },
  ],
  domains: [
    { from: -4, to: 4 },
    { from: 0, to: 1 },
  ],
  randomAttributes: (uniform) => ({ positiveWeight: 0.5 + uniform() }),
});

/** A weight of 0 removes a term even where it is infinite. */
function term(weight: number, cost: number): number {
  return weight === 0 ? 0 : weight * cost;
}

/**
 * Cross-entropy of one probability, from its logit z = ln(p / (1 - p)) and its target t in [0, 1], number by number.
 * `positiveWeight` multiplies the cost of missing a positive.
 */
export function binaryCrossEntropyWithLogits<S extends Shape>(
  logits: Tensor<S>,
  targets: Operand,
  positiveWeight = 1,
): Tensor<S> {
  return new Tensor<S>(binaryCrossEntropyOp, [logits, toTensor(targets)], { positiveWeight });
}
