import { type Operand, type Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { div } from "./div.js";
import { elementwise, toTensor } from "./elementwise.js";
import { log } from "./log.js";
import { maximum } from "./maximum.js";
import { mul } from "./mul.js";
import { neg } from "./neg.js";
import { vector } from "./samples.js";

/** Probabilities below this (the smallest normal float32) count as this: the cost and its derivative stay finite. */
export const smallestProbability = 2 ** -126;

export const crossEntropyOp = elementwise({
  name: "crossEntropy",
  scalar: (y, t) => (t === 0 ? 0 : -t * Math.log(Math.max(y, smallestProbability))),
  derivative: ({ inputs }, gradient) => {
    const [y, t] = inputs as [Tensor, Tensor];
    const safe = maximum(y, smallestProbability);
    return [neg(mul(gradient, div(t, safe))), neg(mul(gradient, log(safe)))];
  },
  saves: ["y", "t"],
});

export const crossEntropyDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "-t·ln y", latex: "-t \\ln y" },
  letters: { inputs: ["y", "t"], output: "H" },
  slopes: [
    { text: "-t / y", latex: "-\\frac{t}{y}" },
    { text: "-ln y", latex: "-\\ln y" },
  ],
  samples: [{ inputs: [vector(0, 0, 1, 1, 0.5, 1e-30, 0.25), vector(0, 1, 0, 1, 0.5, 1, 0.75)] }],
  domains: [
    { from: 0.05, to: 1 },
    { from: 0, to: 1 },
  ],
});

/** One class's share of the cross-entropy, -t·ln y, from a probability y and a target t; 0 where t is 0, finite where y is 0. */
export function crossEntropyTerm<S extends Shape>(probabilities: Tensor<S>, targets: Operand): Tensor<S> {
  return new Tensor<S>(crossEntropyOp, [probabilities, toTensor(targets)]);
}
