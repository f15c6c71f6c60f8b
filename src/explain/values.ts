import { evaluateAll, type Feeds } from "../autodiff/index.js";
import { inOrder, type Tensor } from "../tensor/index.js";

/** The value of every node below a tensor, itself included. */
export function valuesBelow(tensor: Tensor, feeds: Feeds): Map<Tensor, Float64Array> {
  const nodes = inOrder([tensor]);
  const values = evaluateAll(nodes, feeds);
  return new Map(nodes.map((node, i) => [node, values[i]?.data as Float64Array]));
}
