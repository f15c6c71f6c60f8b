import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { step } from "./step.js";

export const reluOp = elementwise({
  name: "relu",
  activation: () => relu,
  scalar: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
  // y > 0 exactly where x > 0, so the output is all that needs keeping. At the kink: relu'(0) = 0.
  derivative: (node, gradient) => [mul(gradient, step(node))],
  saves: ["y"],
});

export const reluDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "max(0, x)", latex: "\\max(0, x)" },
  slopes: [{ text: "1·(x > 0)", latex: "\\mathbb{1}[x > 0]" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
  domains: [{ from: -4, to: 4, kinks: [0] }],
});

/** Rectified linear unit: the number itself where positive, else 0. The subgradient at 0 is 0. */
export function relu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(reluOp, x);
}
