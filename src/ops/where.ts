import { type Operand, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, toTensor } from "./elementwise.js";
import { hardPoints, vector } from "./samples.js";

export const whereOp = elementwise({
  name: "where",
  scalar: (condition, a, b) => (condition !== 0 ? a : b),
  derivative: ({ inputs }, gradient) => {
    const condition = inputs[0] as Tensor;
    return [undefined, where(condition, gradient, 0), where(condition, 0, gradient)];
  },
  saves: ["c"],
});

export const whereDescription = (): ElementwiseDescription => ({
  inputs: 3,
  formula: { text: "a if c ≠ 0, else b", latex: "c \\neq 0\\ ?\\ a : b" },
  letters: { inputs: ["c", "a", "b"], output: "y" },
  slopes: [
    undefined,
    { text: "1·(c ≠ 0)", latex: "\\mathbb{1}[c \\neq 0]" },
    { text: "1·(c = 0)", latex: "\\mathbb{1}[c = 0]" },
  ],
  samples: [
    {
      inputs: [vector(...hardPoints.map((_, i) => i % 2)), vector(...hardPoints), vector(...hardPoints.map((x) => -x))],
    },
  ],
  domains: [
    // Random conditions are 0 or 1, about as often.
    { from: -1, to: 1, kinks: [0], map: (x) => (x > 0 ? 1 : 0) },
    { from: -4, to: 4 },
    { from: -4, to: 4 },
  ],
});

/** `a` where the condition is not 0, else `b`; the branch not taken never leaks a NaN. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return new Tensor(whereOp, [condition, toTensor(a), toTensor(b)]);
}
