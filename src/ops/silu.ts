import type { Shape, Tensor } from "../tensor/index.js";
import { add } from "./add.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { neg } from "./neg.js";
import { hardPoints, vector } from "./samples.js";
import { logistic, sigmoid } from "./sigmoid.js";

export const siluOp = elementwise({
  name: "silu",
  activation: () => silu,
  scalar: (x) => x * logistic(x),
  derivative: ({ inputs }, gradient) => {
    const x = inputs[0] as Tensor;
    return [mul(gradient, mul(sigmoid(x), add(1, mul(x, sigmoid(neg(x))))))];
  },
  saves: ["x"],
});

export const siluDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "x·sigmoid(x)", latex: "x \\, \\sigma(x)" },
  slopes: [{ text: "σ(x)·(1 + x·(1 - σ(x)))", latex: "\\sigma(x)\\, (1 + x\\, (1 - \\sigma(x)))" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** Sigmoid linear unit, also called swish: x·sigmoid(x). */
export function silu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(siluOp, x);
}
