import type { Shape, Tensor } from "../tensor/index.js";
import { add } from "./add.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { sigmoid } from "./sigmoid.js";
import { logOnePlusExp, softplus } from "./softplus.js";
import { sechSquared, tanh } from "./tanh.js";

export const mishOp = elementwise({
  name: "mish",
  activation: () => mish,
  scalar: (x) => x * Math.tanh(logOnePlusExp(x)),
  derivative: ({ inputs }, gradient) => {
    const x = inputs[0] as Tensor;
    const gate = softplus(x);
    return [mul(gradient, add(tanh(gate), mul(x, mul(sechSquared(gate), sigmoid(x)))))];
  },
  saves: ["x"],
});

export const mishDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "x·tanh(ln(1 + e^x))", latex: "x \\tanh(\\ln(1 + e^{x}))" },
  slopes: [
    {
      text: "tanh(ln(1 + e^x)) + x·σ(x)·(1 - tanh(ln(1 + e^x))²)",
      latex: "\\tanh(\\ln(1 + e^{x})) + x\\, \\sigma(x)\\, (1 - \\tanh^2(\\ln(1 + e^{x})))",
    },
  ],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** Mish (Misra 2019): x·tanh(softplus(x)). */
export function mish<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(mishOp, x);
}
