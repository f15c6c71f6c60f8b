import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { hardPoints, vector } from "./samples.js";

export const stepOp = elementwise({
  name: "step",
  scalar: (x) => (x > 0 ? 1 : 0),
  derivative: () => [undefined],
  saves: [],
});

export const stepDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "1·(x > 0)", latex: "\\mathbb{1}[x > 0]" },
  slopes: [undefined],
  samples: [{ inputs: [vector(...hardPoints)] }],
  domains: [{ from: -4, to: 4, kinks: [0] }],
});

/** 1 where x > 0, else 0: the derivative of `relu`. Flat wherever its own derivative exists. */
export function step<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(stepOp, x);
}
