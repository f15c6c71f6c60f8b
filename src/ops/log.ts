import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { div } from "./div.js";
import { elementwise, unary } from "./elementwise.js";
import { hardPoints, vector } from "./samples.js";

export const logOp = elementwise({
  name: "log",
  scalar: Math.log,
  derivative: ({ inputs }, gradient) => [div(gradient, inputs[0] as Tensor)],
  saves: ["x"],
});

export const logDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "ln x", latex: "\\ln x" },
  slopes: [{ text: "1 / x", latex: "\\frac{1}{x}" }],
  samples: [{ inputs: [vector(...hardPoints.filter((x) => x > 0))] }],
  domains: [{ from: 0.2, to: 5 }],
});

/** Natural logarithm of each number: -Infinity at 0, NaN below. */
export function log<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(logOp, x);
}
