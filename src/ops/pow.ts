import type { BroadcastResult, CheckBroadcast, Operand, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { equal } from "./equal.js";
import { log } from "./log.js";
import { mul } from "./mul.js";
import { pairs } from "./samples.js";
import { sub } from "./sub.js";
import { where } from "./where.js";

export const powOp = elementwise({
  name: "pow",
  scalar: (a, b) => a ** b,
  derivative: (node, gradient) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    // 0^b does not change with b (for b > 0): the logarithm of 0 must not turn 0 · (-∞) into NaN.
    const logA = log(where(equal(a, 0), 1, a));
    // a^0 does not change with a: 0 · 0^-1 must not be NaN either.
    const lessOne = where(equal(b, 0), 1, sub(b, 1));
    return [mul(gradient, mul(b, pow(a, lessOne))), mul(gradient, mul(node, logA))];
  },
  saves: ["a", "b", "y"],
});

export const powDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "a^b", latex: "a^{b}" },
  slopes: [
    { text: "b·a^(b - 1)", latex: "b\\, a^{b - 1}" },
    { text: "y·ln a", latex: "y \\ln a" },
  ],
  samples: [pairs([1, 0.5, 2, 3, 1e-8, 20, 100])],
  domains: [
    { from: 0.3, to: 3 },
    { from: -2, to: 3 },
  ],
});

/** Each number of `a` to the power of `b`, with broadcasting: `pow(x, 2)` is the square. */
export function pow<A extends Operand, B extends Operand>(a: A, b: B & CheckBroadcast<A, B>): BroadcastResult<A, B> {
  return binary(powOp, a, b);
}
