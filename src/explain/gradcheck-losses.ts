import {
  binaryCrossEntropy,
  crossEntropy,
  huber,
  type Loss,
  meanAbsoluteError,
  meanSquaredError,
  softmaxCrossEntropy,
} from "../nn/index.js";
import { inputOp } from "../ops/leaves.js";
import { randomNumber, randomSize, randomValue } from "../ops/samples.js";
import { sizeOf, Tensor } from "../tensor/index.js";
import type { GradientCase } from "./gradcheck.js";

type Targets = "labels" | "rows" | "probability" | "numbers";

interface LossRecipe {
  readonly loss: (classes: number, uniform: () => number) => Loss;
  readonly targets: Targets;
  readonly from?: number;
  readonly to?: number;
}

const weights = (classes: number, uniform: () => number) => Array.from({ length: classes }, () => 0.5 + uniform());

const losses: Readonly<Record<string, LossRecipe>> = {
  softmaxCrossEntropy: { loss: () => softmaxCrossEntropy(), targets: "labels" },
  "softmaxCrossEntropy of rows": { loss: () => softmaxCrossEntropy(), targets: "rows" },
  "softmaxCrossEntropy with class weights and smoothing": {
    loss: (classes, uniform) =>
      softmaxCrossEntropy({ classWeights: weights(classes, uniform), labelSmoothing: 0.2 * uniform() }),
    targets: "labels",
  },
  crossEntropy: { loss: () => crossEntropy(), targets: "rows", from: 0.05, to: 1 },
  binaryCrossEntropy: {
    loss: (_, uniform) => binaryCrossEntropy({ positiveWeight: 0.5 + uniform() }),
    targets: "probability",
  },
  meanSquaredError: { loss: () => meanSquaredError(), targets: "numbers" },
  meanAbsoluteError: { loss: () => meanAbsoluteError(), targets: "numbers" },
  huber: { loss: () => huber(), targets: "numbers" },
};

export const lossNames: readonly string[] = Object.keys(losses);

/** A random batch of predictions and targets, differentiated by the predictions, and by the targets where those vary smoothly. */
export function lossCase(name: string, uniform: () => number): GradientCase {
  const { loss, targets, from = -3, to = 3 } = losses[name] as LossRecipe;
  const shape = [randomSize(uniform, 5), 1 + randomSize(uniform)] as const;
  const [batch, classes] = shape;
  const prediction = new Tensor(inputOp, [], {}, { shape, name: "prediction" });
  const predicted = randomValue(uniform, shape, { from, to }).data;
  const target = new Tensor(inputOp, [], {}, { shape: targets === "labels" ? [batch] : shape, name: "target" });
  const feeds = new Map<Tensor, Float64Array>([
    [prediction, predicted],
    [target, targetsFor(targets, predicted, sizeOf(target.shape), classes, uniform)],
  ]);
  const xs = targets === "labels" ? [prediction] : [prediction, target];
  return { y: loss(classes, uniform).apply(prediction, target), xs, feeds };
}

function targetsFor(
  kind: Targets,
  predicted: Float64Array,
  length: number,
  classes: number,
  uniform: () => number,
): Float64Array {
  if (kind === "labels") return Float64Array.from({ length }, () => Math.floor(uniform() * classes));
  if (kind !== "numbers") return Float64Array.from({ length }, () => 0.05 + 0.9 * uniform());
  // Differences keep clear of 0 and ±1, the kinks of the absolute error and of Huber's loss.
  return predicted.map((value) => value + randomNumber(uniform, { from: -3, to: 3, kinks: [-1, 0, 1] }));
}
