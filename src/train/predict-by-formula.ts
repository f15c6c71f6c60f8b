import { evaluate } from "../autodiff/evaluate.js";
import { applyNormalizer } from "../data/normalizer.js";
import { constantTensor } from "../ops/constant.js";
import type { Nested, Tensor } from "../tensor/index.js";
import { checkedRows, interpret, type Prediction } from "./interpret.js";
import type { Model } from "./model.js";

/**
 * `predict` without an engine: the network's graph evaluated op by op in float64, for pages that only predict and want to
 * load little. For thousands of predictions a second use the whole library's `Predictor`; results differ from its
 * float32 engines' by their rounding.
 * @throws DataError when a row has another number of features or a value that is not a finite number.
 */
export async function predict(model: Model, rows: readonly (readonly number[])[]): Promise<Prediction[]> {
  const { network, normalizer, weights } = model;
  const features = applyNormalizer(normalizer, checkedRows(rows as Nested, network.inputs));
  const x = constantTensor([rows.length, network.inputs], Float64Array.from(features));
  const { output } = network.forward(x as Tensor as Tensor<[number, number]>);
  const feeds = new Map(
    network.tensors.map(({ name, tensor }) => [tensor, Float64Array.from(weights.get(name) as ArrayLike<number>)]),
  );
  const outputs = evaluate(output as Tensor, feeds).data;
  return rows.map((_, row) => interpret(model, outputs, row));
}
