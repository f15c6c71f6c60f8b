import type { BroadcastResult, CheckBroadcast, Operand, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { hardPoints, pairs } from "./samples.js";
import { step } from "./step.js";
import { sub } from "./sub.js";
import { where } from "./where.js";

export const minimumOp = elementwise({
  name: "minimum",
  scalar: (a, b) => (a < b ? a : b),
  derivative: ({ inputs }, gradient) => {
    const [a, b] = inputs as [Tensor, Tensor];
    const aIsLess = step(sub(b, a));
    return [where(aIsLess, gradient, 0), where(aIsLess, 0, gradient)];
  },
  saves: ["a", "b"],
});

export const minimumDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "min(a, b)", latex: "\\min(a, b)" },
  slopes: [
    { text: "1·(a < b)", latex: "\\mathbb{1}[a < b]" },
    { text: "1·(a ≥ b)", latex: "\\mathbb{1}[a \\ge b]" },
  ],
  samples: [pairs(hardPoints)],
  domains: [
    { from: -4, to: 4, kinks: [0] },
    { from: -0.02, to: 0.02 },
  ],
});

/** The smaller of two numbers; where they are equal the gradient goes to `b`. */
export function minimum<A extends Operand, B extends Operand>(
  a: A,
  b: B & CheckBroadcast<A, B>,
): BroadcastResult<A, B> {
  return binary(minimumOp, a, b);
}
