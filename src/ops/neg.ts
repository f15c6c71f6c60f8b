import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { hardPoints, vector } from "./samples.js";

export const negOp = elementwise({
  name: "neg",
  scalar: (x) => -x,
  derivative: (_, gradient) => [neg(gradient)],
  saves: [],
});

export const negDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "-x", latex: "-x" },
  slopes: [{ text: "-1", latex: "-1" }],
  samples: [{ inputs: [vector(...hardPoints)] }],
});

/** The opposite of each number. */
export function neg<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(negOp, x);
}
