import type { Shape, Tensor } from "../tensor/index.js";
import { elementwise, unary } from "./elementwise.js";
import { hardPoints, vector } from "./samples.js";

export const negOp = elementwise({
  name: "neg",
  inputs: 1,
  formula: { text: "-x", latex: "-x" },
  slopes: [{ text: "-1", latex: "-1" }],
  scalar: (x) => -x,
  derivative: (_, gradient) => [neg(gradient)],
  saves: [],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** The opposite of each number. */
export function neg<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(negOp, x);
}
