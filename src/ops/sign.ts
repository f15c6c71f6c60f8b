import type { Shape, Tensor } from "../tensor/index.js";
import type { ElementwiseDescription } from "./describe.js";
import { elementwise, unary } from "./elementwise.js";
import { hardPoints, vector } from "./samples.js";

export const signOp = elementwise({
  name: "sign",
  scalar: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  derivative: () => [undefined],
  saves: [],
});

export const signDescription = (): ElementwiseDescription => ({
  inputs: 1,
  formula: { text: "sign x", latex: "\\operatorname{sign} x" },
  slopes: [undefined],
  samples: [{ inputs: [vector(...hardPoints)] }],
  domains: [{ from: -4, to: 4, kinks: [0] }],
});

/** -1, 0 or 1: the derivative of `abs`. Flat wherever its own derivative exists. */
export function sign<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return unary(signOp, x);
}
