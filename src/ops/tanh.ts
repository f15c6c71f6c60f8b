import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { sigmoid } from "./sigmoid.js";

export const tanhOp = elementwise({
  name: "tanh",
  activation: () => tanh,
  scalar: Math.tanh,
  derivative: ({ inputs }, gradient) => [mul(gradient, sechSquared(inputs[0] as Tensor))],
  saves: ["x"],
});

export const tanhDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "(e^x - e^-x) / (e^x + e^-x)", latex: "\\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}" },
  slopes: [{ text: "1 - y²", latex: "1 - y^{2}" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** Hyperbolic tangent of each number: from -1 to 1, zero-centered. */
export function tanh<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(tanhOp, x);
}

/** 1 - tanh²(x), written as 4·g(2x)·g(-2x) with g the sigmoid: the subtraction would lose every digit for large x. */
export function sechSquared(x: Tensor): Tensor {
  return mul(4, mul(sigmoid(mul(2, x)), sigmoid(mul(-2, x))));
}
