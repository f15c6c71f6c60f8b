import { type Shape, type Tensor, UsageError } from "../tensor/index.js";
import { add } from "./add.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { exp } from "./exp.js";
import { mul } from "./mul.js";
import { normalCdf, normalShare } from "./normal-cdf.js";
import { hardPoints, vector } from "./samples.js";
import { sigmoid } from "./sigmoid.js";

export const geluOp = elementwise({
  name: "gelu",
  activation: () => gelu,
  scalar: (x) => x * normalShare(x),
  derivative: ({ inputs }, gradient) => {
    const x = inputs[0] as Tensor;
    const density = mul(1 / Math.sqrt(2 * Math.PI), exp(mul(-0.5, mul(x, x))));
    return [mul(gradient, add(normalCdf(x), mul(x, density)))];
  },
  saves: ["x"],
});

export const geluDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "x·Φ(x)", latex: "x \\, \\Phi(x)" },
  slopes: [{ text: "Φ(x) + x·φ(x)", latex: "\\Phi(x) + x\\, \\varphi(x)" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/**
 * Gaussian error linear unit (Hendrycks & Gimpel 2016): x·Φ(x). With `approximate: "tanh"` the authors' approximation,
 * ½x(1 + tanh u) with u = √(2/π)(x + 0.044715x³), written as x·sigmoid(2u), which is the same and exact in the left tail.
 */
export function gelu<S extends Shape>(x: Tensor<S>, options: { approximate?: "none" | "tanh" } = {}): Tensor<S> {
  const { approximate = "none" } = options;
  if (approximate === "none") return unary(geluOp, x);
  if (approximate !== "tanh") {
    throw new UsageError(`gelu: approximate is "none" or "tanh", not ${JSON.stringify(approximate)}`);
  }
  return tanhApproximation(x) as Tensor<S>;
}

function tanhApproximation(x: Tensor): Tensor {
  const twoU = mul(mul(Math.sqrt(8 / Math.PI), x), add(1, mul(0.044715, mul(x, x))));
  return mul(x, sigmoid(twoU));
}
