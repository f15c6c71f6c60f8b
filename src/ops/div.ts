import type { BroadcastResult, CheckBroadcast, Operand, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { mul } from "./mul.js";
import { neg } from "./neg.js";
import { anyNumber, hardPoints, pairs } from "./samples.js";

export const divOp = elementwise({
  name: "div",
  scalar: (a, b) => a / b,
  derivative: (node, gradient) => {
    const [, b] = node.inputs as [Tensor, Tensor];
    const byA = div(gradient, b);
    return [byA, neg(mul(byA, node))];
  },
  saves: ["b", "y"],
});

export const divDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "a / b", latex: "\\frac{a}{b}" },
  slopes: [
    { text: "1 / b", latex: "\\frac{1}{b}" },
    { text: "-y / b", latex: "-\\frac{y}{b}" },
  ],
  samples: [pairs(hardPoints.filter((x) => Math.abs(x) > 1e-30 && Math.abs(x) < 1e30))],
  domains: [anyNumber, { from: 0.3, to: 3 }],
});

/** Quotient of two tensors, number by number, with broadcasting. Division by zero gives ±Infinity or NaN, as IEEE 754 says. */
export function div<A extends Operand, B extends Operand>(a: A, b: B & CheckBroadcast<A, B>): BroadcastResult<A, B> {
  return binary(divOp, a, b);
}
