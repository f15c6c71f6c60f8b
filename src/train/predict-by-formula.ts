import { evaluate } from "../autodiff/evaluate.js";
import type { Preparation } from "../data/index.js";
import { applyNormalizer } from "../data/normalizer.js";
import { decodeModelWith } from "../formats/model-file.js";
import { type Description, layerToPredict } from "../nn/describe.js";
import type { Loss, LossName } from "../nn/index.js";
import { lossMeanings } from "../nn/loss-meanings.js";
import { constantTensor } from "../ops/constant.js";
import { type Nested, type Tensor, UsageError } from "../tensor/index.js";
import { checkedRows, interpret, type Prediction } from "./interpret.js";
import type { Model } from "./model.js";

/**
 * A model from the bytes of its file, for prediction alone: it has no loss to train it further with.
 * Nothing in the file is trusted, and none of it is code.
 * @throws FormatError when the bytes are not a model.
 */
export function loadModel(bytes: Uint8Array): Model {
  const { normalizer, ...file } = decodeModelWith(
    { layerFrom: layerToPredict, lossFrom: lossToPredict },
    bytes,
    "the model",
  );
  return { ...file, normalizer: { ...normalizer, kind: normalizer.kind as Preparation } };
}

function lossToPredict({ kind, options }: Description): Loss {
  const outputs = Object.hasOwn(lossMeanings, kind) ? lossMeanings[kind as LossName] : undefined;
  if (outputs === undefined) throw new UsageError(`there is no loss ${JSON.stringify(kind)}`);
  const apply = () => {
    throw new UsageError("this model was loaded for prediction alone; load it with retrograd itself");
  };
  return { name: kind as LossName, options, target: outputs === "numbers" ? "value" : "class", outputs, apply };
}

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
