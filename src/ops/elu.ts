import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { exp } from "./exp.js";
import { minimum } from "./minimum.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { step } from "./step.js";
import { where } from "./where.js";

export const eluOp = elementwise({
  name: "elu",
  activation: () => elu,
  scalar: (x, _y, _z, { alpha }) => (x > 0 ? x : (alpha as number) * Math.expm1(x)),
  derivative: ({ inputs, attributes }, gradient) => {
    const x = inputs[0] as Tensor;
    return [mul(gradient, where(step(x), 1, mul(attributes.alpha as number, exp(minimum(x, 0)))))];
  },
  saves: ["x"],
});

export const eluDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "x if x > 0, else alpha·(e^x - 1)", latex: "x > 0\\ ?\\ x : \\alpha (e^{x} - 1)" },
  slopes: [
    {
      text: "1 if x > 0, else alpha·e^x",
      latex: "\\begin{cases} 1 & x > 0 \\\\ \\alpha e^{x} & x \\le 0 \\end{cases}",
    },
  ],
  samples: [
    { inputs: [vector(...hardPoints)], attributes: { alpha: 1 } },
    { inputs: [vector(...hardPoints)], attributes: { alpha: 0.7 } },
  ],
  domains: [{ from: -4, to: 4, kinks: [0] }],
  randomAttributes: (uniform) => ({ alpha: 0.2 + uniform() }),
});

/** Exponential linear unit (Clevert et al. 2015): smooth below 0, down to -alpha. The subgradient at 0 is alpha. */
export function elu<S extends Shape>(x: Tensor<S>, { alpha = 1 }: { alpha?: number } = {}): Tensor<S> {
  return unary(eluOp, x, { alpha });
}
