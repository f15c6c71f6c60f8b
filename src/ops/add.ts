import type { BroadcastResult, CheckBroadcast, Operand } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { hardPoints, pairs } from "./samples.js";

export const addOp = elementwise({
  name: "add",
  scalar: (a, b) => a + b,
  derivative: (_, gradient) => [gradient, gradient],
  saves: [],
});

export const addDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "a + b", latex: "a + b" },
  slopes: [
    { text: "1", latex: "1" },
    { text: "1", latex: "1" },
  ],
  samples: [pairs(hardPoints)],
});

/** Sum of two tensors, number by number, with broadcasting. */
export function add<A extends Operand, B extends Operand>(a: A, b: B & CheckBroadcast<A, B>): BroadcastResult<A, B> {
  return binary(addOp, a, b);
}
