import type { BroadcastResult, CheckBroadcast, Operand, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { hardPoints, pairs } from "./samples.js";
import { step } from "./step.js";
import { sub } from "./sub.js";
import { where } from "./where.js";

export const maximumOp = elementwise({
  name: "maximum",
  scalar: (a, b) => (a > b ? a : b),
  derivative: ({ inputs }, gradient) => {
    const [a, b] = inputs as [Tensor, Tensor];
    const aIsMore = step(sub(a, b));
    return [where(aIsMore, gradient, 0), where(aIsMore, 0, gradient)];
  },
  saves: ["a", "b"],
});

export const maximumDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "max(a, b)", latex: "\\max(a, b)" },
  slopes: [
    { text: "1·(a > b)", latex: "\\mathbb{1}[a > b]" },
    { text: "1·(a ≤ b)", latex: "\\mathbb{1}[a \\le b]" },
  ],
  samples: [pairs(hardPoints)],
  domains: [
    { from: -4, to: 4, kinks: [0] },
    { from: -0.02, to: 0.02 },
  ],
});

/** The larger of two numbers; where they are equal the gradient goes to `b`. */
export function maximum<A extends Operand, B extends Operand>(
  a: A,
  b: B & CheckBroadcast<A, B>,
): BroadcastResult<A, B> {
  return binary(maximumOp, a, b);
}
