import { DataError } from "../data/error.js";
import { logistic } from "../ops/sigmoid.js";
import { softmaxRows } from "../ops/softmax.js";
import type { Nested } from "../tensor/index.js";
import { argmax } from "./metrics.js";
import type { Model } from "./model.js";

/** What a model says of one example. */
export interface Prediction {
  /** For a classifier: the likeliest class, its probability, and the probability of each class. */
  readonly class?: string;
  readonly probability?: number;
  readonly probabilities?: readonly number[];
  /** For numbers: one for each target, in the data's own unit. */
  readonly values?: readonly number[];
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

/** Rows as one array, row after row. */
export function checkedRows(rows: Nested, inputs: number): Float32Array {
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
