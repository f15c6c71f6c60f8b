import type { BroadcastResult, CheckBroadcast, Operand } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { binary, elementwise } from "./elementwise.js";
import { hardPoints, pairs } from "./samples.js";

export const equalOp = elementwise({
  name: "equal",
  scalar: (a, b) => (a === b ? 1 : 0),
  derivative: () => [undefined, undefined],
  saves: [],
});

export const equalDescription = (): ElementwiseDescription => ({
  inputs: 2,
  formula: { text: "1·(a = b)", latex: "\\mathbb{1}[a = b]" },
  slopes: [undefined, undefined],
  samples: [pairs(hardPoints.filter((x) => Math.fround(x) === x))],
});

/** 1 where two tensors hold the same number, else 0. */
export function equal<A extends Operand, B extends Operand>(a: A, b: B & CheckBroadcast<A, B>): BroadcastResult<A, B> {
  return binary(equalOp, a, b);
}
