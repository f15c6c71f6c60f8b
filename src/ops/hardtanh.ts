import { type Shape, type Tensor, UsageError } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { step } from "./step.js";
import { sub } from "./sub.js";

export const hardtanhOp = elementwise({
  name: "hardtanh",
  activation: () => hardtanh,
  scalar: (x, _y, _z, { min, max }) =>
    x < (min as number) ? (min as number) : x > (max as number) ? (max as number) : x,
  derivative: ({ inputs, attributes: { min, max } }, gradient) => {
    const x = inputs[0] as Tensor;
    return [mul(gradient, mul(step(sub(x, min as number)), step(sub(max as number, x))))];
  },
  saves: ["x"],
});

export const hardtanhDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "min(max(x, min), max)", latex: "\\min(\\max(x, \\text{min}), \\text{max})" },
  slopes: [{ text: "1·(min < x)·(x < max)", latex: "\\mathbb{1}[\\text{min} < x < \\text{max}]" }],
  samples: [
    { inputs: [vector(...hardPoints)], attributes: { min: -1, max: 1 } },
    { inputs: [vector(...hardPoints, 2)], attributes: { min: -0.5, max: 2 } },
  ],
  domains: [{ from: -4, to: 4, kinks: [-1, 1] }],
  randomAttributes: () => ({ min: -1, max: 1 }),
});

/** The number, kept between `min` (-1) and `max` (1). The subgradient at both bounds is 0. */
export function hardtanh<S extends Shape>(
  x: Tensor<S>,
  { min = -1, max = 1 }: { min?: number; max?: number } = {},
): Tensor<S> {
  if (!(min < max)) throw new UsageError(`hardtanh: min must be below max, got min ${min} and max ${max}`);
  return unary(hardtanhOp, x, { min, max });
}
