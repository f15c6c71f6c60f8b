import type { BroadcastResult, CheckBroadcast, Operand, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { hardPoints, pairs } from "./samples.js";

export const mulOp = elementwise({
  name: "mul",
  scalar: (a, b) => a * b,
  derivative: ({ inputs }, gradient) => {
    const [a, b] = inputs as [Tensor, Tensor];
    return [mul(gradient, b), mul(gradient, a)];
  },
  saves: ["a", "b"],
});

export const mulDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "a ⊙ b", latex: "a \\odot b" },
  slopes: [
    { text: "b", latex: "b" },
    { text: "a", latex: "a" },
  ],
  samples: [pairs(hardPoints)],
});

/** Product of two tensors, number by number (Hadamard product), with broadcasting. */
export function mul<A extends Operand, B extends Operand>(a: A, b: B & CheckBroadcast<A, B>): BroadcastResult<A, B> {
  return binary(mulOp, a, b);
}
