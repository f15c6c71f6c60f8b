import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { div } from "./div.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";

export const sqrtOp = elementwise({
  name: "sqrt",
  scalar: Math.sqrt,
  derivative: (node, gradient) => [div(gradient, mul(2, node))],
  saves: ["y"],
});

export const sqrtDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "√x", latex: "\\sqrt{x}" },
  slopes: [{ text: "1 / (2·y)", latex: "\\frac{1}{2 y}" }],
  samples: [{ inputs: [vector(...hardPoints.filter((x) => x >= 0))] }],
  domains: [{ from: 0.2, to: 5 }],
});

/** Square root of each number: NaN below 0; its derivative at 0 is infinite. */
export function sqrt<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(sqrtOp, x);
}
