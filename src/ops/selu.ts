import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { exp } from "./exp.js";
import { minimum } from "./minimum.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";
import { step } from "./step.js";
import { where } from "./where.js";

/** The two constants for which mean 0 and variance 1 are a fixed point (Klambauer et al. 2017). */
const constants = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

export const seluOp = elementwise({
  name: "selu",
  activation: () => selu,
  scalar: (x, _y, _z, { alpha, scale }) => (scale as number) * (x > 0 ? x : (alpha as number) * Math.expm1(x)),
  derivative: ({ inputs, attributes }, gradient) => {
    const x = inputs[0] as Tensor;
    const [alpha, scale] = [attributes.alpha as number, attributes.scale as number];
    return [mul(gradient, where(step(x), scale, mul(scale * alpha, exp(minimum(x, 0)))))];
  },
  saves: ["x"],
});

export const seluDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: {
    text: "scale·(x if x > 0, else alpha·(e^x - 1))",
    latex: "\\lambda \\, (x > 0\\ ?\\ x : \\alpha (e^{x} - 1))",
  },
  slopes: [
    {
      text: "scale·(1 if x > 0, else alpha·e^x)",
      latex: "\\lambda \\begin{cases} 1 & x > 0 \\\\ \\alpha e^{x} & x \\le 0 \\end{cases}",
    },
  ],
  samples: [{ inputs: [vector(...hardPoints)], attributes: constants }],
  domains: [{ from: -4, to: 4, kinks: [0] }],
  randomAttributes: () => constants,
});

/** Scaled exponential linear unit: keeps mean 0 and variance 1 through many layers when weights start with `lecunNormal`. */
export function selu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(seluOp, x, constants);
}
