import { DataError, type Dataset } from "../data/index.js";
import type { EngineChoice } from "../engines/index.js";
import { logistic } from "../ops/sigmoid.js";
import { softmaxRows } from "../ops/softmax.js";
import type { Nested } from "../tensor/index.js";
import { argmax } from "./metrics.js";
import type { Model } from "./model.js";
import { Predictor } from "./predictor.js";

/** Most examples predicted at once. */
const largestBatch = 256;

/** What a model says of one example. */
export interface Prediction {
  /** For a classifier: the likeliest class, its probability, and the probability of each class. */
  readonly class?: string;
  readonly probability?: number;
  readonly probabilities?: readonly number[];
  /** For numbers: one for each target, in the data's own unit. */
  readonly values?: readonly number[];
}

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

/** One row of outputs in words: class and probabilities, or numbers in the data's own unit. */
export function interpret(model: Model, outputs: Float64Array, row: number): Prediction {
  const width = model.network.outputs;
  const own = outputs.subarray(row * width, (row + 1) * width);
  if (model.classes === undefined) {
    const { shift, scale } = model.targetScaling ?? { shift: [], scale: [] };
    return { values: Array.from(own, (value, j) => value * (scale[j] ?? 1) + (shift[j] ?? 0)) };
  }
  const probabilities = probabilitiesOf(model.loss.outputs, own);
  const best = argmax(probabilities, 0, probabilities.length);
  return { class: model.classes[best] ?? `${best}`, probability: probabilities[best] as number, probabilities };
}

function probabilitiesOf(meaning: Model["loss"]["outputs"], outputs: Float64Array): number[] {
  if (meaning === "logit") {
    const p = logistic(outputs[0] as number);
    return [1 - p, p];
  }
  return meaning === "logits"
    ? Array.from(softmaxRows({ shape: [1, outputs.length], data: outputs }))
    : Array.from(outputs);
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

function checkedRows(rows: Nested, inputs: number): Float32Array {
  const list = rows as readonly (readonly number[])[];
  const features = new Float32Array(list.length * inputs);
  list.forEach((row, i) => {
    if (row.length !== inputs) {
      throw new DataError(
        `row ${i + 1} has ${row.length} features, the model takes ${inputs}; give one number for each`,
      );
    }
    row.forEach((value, j) => {
      if (!Number.isFinite(value))
        throw new DataError(`row ${i + 1}, column ${j + 1} is ${value}; give a finite number`);
      features[i * inputs + j] = value;
    });
  });
  return features;
}
