import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { sign } from "./sign.js";

export const absOp = elementwise({
  name: "abs",
  scalar: Math.abs,
  derivative: ({ inputs }, gradient) => [mul(gradient, sign(inputs[0] as Tensor))],
  saves: ["x"],
});

export const absDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "|x|", latex: "|x|" },
  slopes: [{ text: "sign x", latex: "\\operatorname{sign} x" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
  domains: [{ from: -4, to: 4, kinks: [0] }],
});

/** Absolute value of each number; the subgradient at 0 is 0. */
export function abs<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(absOp, x);
}
