import { simpleBroadcast } from "../../src/plan/broadcasting.js";
import type { ElementwiseInput, View } from "../../src/plan/steps.js";
import { type Shape, sizeOf } from "../../src/tensor/index.js";

/** How a view is read in a loop over a shape. */
export function readAs(view: View, loop: Shape): ElementwiseInput {
  const length = sizeOf(view.shape);
  if (length === sizeOf(loop)) return { view, broadcasting: "same", period: 1 };
  if (length === 1) return { view, broadcasting: "scalar", period: 1 };
  const simple = simpleBroadcast(view.shape, loop);
  if (simple === undefined) throw new Error(`[${view.shape}] is neither a row nor a column of [${loop}]`);
  return { view, broadcasting: simple.broadcasting, period: simple.period };
}
