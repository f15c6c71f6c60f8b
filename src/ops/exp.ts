import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";

export const expOp = elementwise({
  name: "exp",
  scalar: Math.exp,
  derivative: (node, gradient) => [mul(gradient, node)],
  saves: ["y"],
});

export const expDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "e^x", latex: "e^{x}" },
  slopes: [{ text: "y", latex: "y" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** e to the power of each number. Overflows to Infinity above 709.8 in float64 and above 88.7 in float32. */
export function exp<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(expOp, x);
}
