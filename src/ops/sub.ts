import type { BroadcastResult, CheckBroadcast, Operand } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { neg } from "./neg.js";
import { hardPoints, pairs } from "./samples.js";

export const subOp = elementwise({
  name: "sub",
  scalar: (a, b) => a - b,
  derivative: (_, gradient) => [gradient, neg(gradient)],
  saves: [],
});

export const subDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "a - b", latex: "a - b" },
  slopes: [
    { text: "1", latex: "1" },
    { text: "-1", latex: "-1" },
  ],
  samples: [pairs(hardPoints)],
});

/** Difference of two tensors, number by number, with broadcasting. */
export function sub<A extends Operand, B extends Operand>(a: A, b: B & CheckBroadcast<A, B>): BroadcastResult<A, B> {
  return binary(subOp, a, b);
}
