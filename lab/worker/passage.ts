import { applyNormalizer, evaluate, input, type Model, softmax, type Tensor } from "../../src/index.js";
import type { Passage } from "./protocol.js";

/** One example's way through a model, layer by layer, in float64. */
export function passageOf(model: Model, features: readonly number[]): Passage {
  const { network, weights, normalizer, classes } = model;
  const x = input([1, network.inputs], "X");
  const { output } = network.forward(x);
  const feeds = new Map<Tensor, Float64Array>([
    [x, Float64Array.from(applyNormalizer(normalizer, Float32Array.from(features)))],
  ]);
  for (const { name, tensor } of network.tensors) feeds.set(tensor, Float64Array.from(weights.get(name) ?? []));
  const named = new Map(nodesUnder(output).map((node) => [node.name, node]));
  const layers: Float64Array[] = [];
  for (let layer = 1; ; layer++) {
    const node = named.get(`A[${layer}]`) ?? named.get(`Z[${layer}]`);
    if (node === undefined) break;
    layers.push(evaluate(node, feeds).data);
  }
  const result = classes === undefined ? output : softmax(output);
  return { layers, result: evaluate(result as Tensor, feeds).data };
}

function nodesUnder(node: Tensor, found = new Set<Tensor>()): Tensor[] {
  found.add(node);
  for (const below of node.inputs) if (!found.has(below)) nodesUnder(below, found);
  return [...found];
}
