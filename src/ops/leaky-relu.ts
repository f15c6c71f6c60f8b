import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { step } from "./step.js";
import { where } from "./where.js";

export const leakyReluOp = elementwise({
  name: "leakyRelu",
  activation: () => leakyRelu,
  scalar: (x, _y, _z, { slope }) => (x > 0 ? x : (slope as number) * x),
  derivative: ({ inputs, attributes }, gradient) => [
    mul(gradient, where(step(inputs[0] as Tensor), 1, attributes.slope as number)),
  ],
  saves: ["x"],
});

export const leakyReluDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "x if x > 0, else slope·x", latex: "x > 0\\ ?\\ x : \\alpha x" },
  slopes: [{ text: "1 if x > 0, else slope", latex: "\\begin{cases} 1 & x > 0 \\\\ \\alpha & x \\le 0 \\end{cases}" }],
  samples: [
    { inputs: [vector(...hardPoints)], attributes: { slope: 0.01 } },
    { inputs: [vector(...hardPoints)], attributes: { slope: 0.2 } },
  ],
  domains: [{ from: -4, to: 4, kinks: [0] }],
  randomAttributes: (uniform) => ({ slope: 0.5 * uniform() }),
});

/** ReLU with a small slope below 0 (0.01 unless told otherwise), so that no unit can die. The subgradient at 0 is the slope. */
export function leakyRelu<S extends Shape>(x: Tensor<S>, { slope = 0.01 }: { slope?: number } = {}): Tensor<S> {
  return unary(leakyReluOp, x, { slope });
}
