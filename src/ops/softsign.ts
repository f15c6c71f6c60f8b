import type { Shape, Tensor } from "../tensor/index.js";
import { abs } from "./abs.js";
import { add } from "./add.js";
import type { ElementwiseDescription } from "./describe.js";
import { div } from "./div.js";
import { elementwise, unary } from "./elementwise.js";
import { mul } from "./mul.js";
import { hardPoints, vector } from "./samples.js";

export const softsignOp = elementwise({
  name: "softsign",
  activation: () => softsign,
  scalar: (x) => x / (1 + Math.abs(x)),
  derivative: ({ inputs }, gradient) => {
    const width = add(1, abs(inputs[0] as Tensor));
    return [div(gradient, mul(width, width))];
  },
  saves: ["x"],
});

export const softsignDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "x / (1 + |x|)", latex: "\\frac{x}{1 + |x|}" },
  slopes: [{ text: "1 / (1 + |x|)²", latex: "\\frac{1}{(1 + |x|)^2}" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
  // The first derivative exists at 0, the second does not.
  domains: [{ from: -4, to: 4, kinks: [0] }],
});

/** x / (1 + |x|): from -1 to 1 like tanh, but with tails that fall off only as 1/x², and no exp. */
export function softsign<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(softsignOp, x);
}
