import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { neg } from "./neg.js";
import { hardPoints, vector } from "./samples.js";

/** 1 / (1 + e^-x) without overflow: e is only ever raised to a negative power. */
export function logistic(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

export const sigmoidOp = elementwise({
  name: "sigmoid",
  activation: () => sigmoid,
  scalar: logistic,
  // g' = g(x)·(1 - g(x)), with 1 - g(x) written as g(-x): the subtraction would lose every digit for large x.
  derivative: ({ inputs }, gradient) => {
    const x = inputs[0] as Tensor;
    return [mul(gradient, mul(sigmoid(x), sigmoid(neg(x))))];
  },
  saves: ["x"],
});

export const sigmoidDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "1 / (1 + e^-x)", latex: "\\frac{1}{1 + e^{-x}}" },
  slopes: [{ text: "y·(1 - y)", latex: "y\\, (1 - y)" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** Logistic sigmoid of each number: from 0 to 1, slope at most 1/4. */
export function sigmoid<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(sigmoidOp, x);
}
