import { evaluate } from "../autodiff/index.js";
import { DataError, type Dataset } from "../data/index.js";
import { constantTensor } from "../ops/constant.js";
import { accuracyOf, confusionMatrix, regressionMetrics } from "./metrics.js";
import type { Model, TargetScaling } from "./model.js";
import { featuresFor, outputsOf, type PredictOptions } from "./predict.js";

/** How a model does on data it may not have seen. */
export interface Evaluation {
  /** The training loss, on these examples (for numbers: of the scaled ones, as in training). */
  readonly loss: number;
  /** For a classifier: share of examples named rightly, from 0 to 1. */
  readonly accuracy?: number;
  /** For a classifier: counts by true class (row) and predicted class (column), row-major. */
  readonly confusion?: Int32Array;
  /** For numbers: coefficient of determination, and mean absolute error in the data's own unit. */
  readonly r2?: number;
  readonly meanAbsoluteError?: number;
}

/**
 * Loss and accuracy (or R² and mean absolute error) of a model on raw data; the model prepares the features itself.
 * @throws DataError when the data has other features or classes than the model was trained on.
 */
export async function evaluateOn(model: Model, dataset: Dataset, options: PredictOptions = {}): Promise<Evaluation> {
  const features = featuresFor(model, dataset);
  checkTarget(model, dataset);
  if (dataset.count === 0) throw new DataError(`data "${dataset.name}" has no examples to evaluate on`);
  return judge(model, dataset, await outputsOf(model, features, options));
}

/** The same from outputs already computed. */
export function judge(
  model: Pick<Model, "loss" | "network" | "targetScaling">,
  dataset: Dataset,
  outputs: Float64Array,
): Evaluation {
  const width = model.network.outputs;
  const { target, count } = dataset;
  const prediction = constantTensor([count, width], outputs);
  if (target.kind === "class") {
    const loss = evaluate(
      model.loss.apply(prediction, constantTensor([count], Float64Array.from(target.labels))),
    ).item();
    const confusion = confusionMatrix(outputs, width, target);
    return { loss, accuracy: accuracyOf(confusion), confusion };
  }
  const scaling = model.targetScaling;
  const loss = evaluate(
    model.loss.apply(prediction, constantTensor([count, width], scaleTargets(target.values, width, scaling))),
  ).item();
  const unscaled = outputs.map(
    (value, i) => value * (scaling?.scale[i % width] ?? 1) + (scaling?.shift[i % width] ?? 0),
  );
  return { loss, ...regressionMetrics(unscaled, target) };
}

/** Targets as the network learns them: (t - shift) / scale. */
export function scaleTargets(values: Float32Array, width: number, scaling: TargetScaling | undefined): Float64Array {
  return Float64Array.from(
    values,
    (value, i) => (value - (scaling?.shift[i % width] ?? 0)) / (scaling?.scale[i % width] ?? 1),
  );
}

function checkTarget(model: Model, { name, target }: Dataset): void {
  const kind = model.classes === undefined ? "value" : "class";
  if (target.kind !== kind) {
    throw new DataError(
      `data "${name}" has ${target.kind === "class" ? "classes" : "numbers"} as targets, but the model predicts ${kind === "class" ? "classes" : "numbers"}`,
    );
  }
  if (
    target.kind === "class" &&
    model.classes !== undefined &&
    target.classes.some((one, i) => one !== model.classes?.[i])
  ) {
    throw new DataError(
      `data "${name}" has the classes ${target.classes.join(", ")}, the model knows ${model.classes.join(", ")}`,
    );
  }
}
