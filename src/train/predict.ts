import { DataError, type Dataset } from "../data/index.js";
import type { EngineChoice } from "../engines/index.js";
import type { Nested } from "../tensor/index.js";
import { checkedRows, interpret, type Prediction } from "./interpret.js";
import type { Model } from "./model.js";
import { Predictor } from "./predictor.js";

/** Most examples predicted at once. */
const largestBatch = 256;

export interface PredictOptions {
  readonly engine?: EngineChoice;
}

/**
 * Predicts raw rows of features: the model prepares them as it did in training.
 * @throws DataError when a row has another number of features or a value that is not a finite number.
 */
export async function predict(
  model: Model,
  rows: readonly (readonly number[])[],
  options: PredictOptions = {},
): Promise<Prediction[]> {
  const outputs = await outputsOf(model, checkedRows(rows as Nested, model.network.inputs), options);
  return rows.map((_, row) => interpret(model, outputs, row));
}

/** The network's outputs for raw features (row-major), `model.network.outputs` numbers an example. */
export async function outputsOf(
  model: Model,
  features: Float32Array,
  options: PredictOptions = {},
): Promise<Float64Array> {
  const { inputs, outputs } = model.network;
  const batch = Math.min(largestBatch, Math.max(1, features.length / inputs));
  using predictor = await Predictor.open(model, { batch, ...options });
  const results = new Float64Array((features.length / inputs) * outputs);
  for (let start = 0; start * inputs < features.length; start += batch) {
    const part = features.subarray(start * inputs, (start + batch) * inputs);
    const predicted = await predictor.outputs(part);
    results.set(predicted.subarray(0, (part.length / inputs) * outputs), start * outputs);
  }
  return results;
}

/** The raw features of a dataset, checked against the model's. */
export function featuresFor(model: Model, dataset: Dataset): Float32Array {
  if (dataset.inputs !== model.network.inputs) {
    throw new DataError(
      `data "${dataset.name}" has ${dataset.inputs} features an example, the model was trained on ${model.network.inputs}; give it the same columns`,
    );
  }
  return dataset.features;
}
