import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { sigmoid } from "./sigmoid.js";

/** ln(1 + e^x) without overflow. */
export function logOnePlusExp(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

export const softplusOp = elementwise({
  name: "softplus",
  activation: () => softplus,
  scalar: (x, _y, _z, { beta }) => logOnePlusExp((beta as number) * x) / (beta as number),
  derivative: ({ inputs, attributes }, gradient) => [
    mul(gradient, sigmoid(mul(attributes.beta as number, inputs[0] as Tensor))),
  ],
  saves: ["x"],
});

export const softplusDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "ln(1 + e^(beta·x)) / beta", latex: "\\frac{1}{\\beta} \\ln(1 + e^{\\beta x})" },
  slopes: [{ text: "σ(beta·x)", latex: "\\sigma(\\beta x)" }],
  samples: [
    { inputs: [vector(...hardPoints)], attributes: { beta: 1 } },
    { inputs: [vector(...hardPoints)], attributes: { beta: 2 } },
  ],
  randomAttributes: (uniform) => ({ beta: 0.5 + uniform() }),
});

/** A smooth ReLU: ln(1 + e^(beta·x)) / beta. Its derivative is the sigmoid. */
export function softplus<S extends Shape>(x: Tensor<S>, { beta = 1 }: { beta?: number } = {}): Tensor<S> {
  return unary(softplusOp, x, { beta });
}
