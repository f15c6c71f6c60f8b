import { abs } from "../ops/abs.js";
import { add } from "../ops/add.js";
import { binaryCrossEntropyWithLogits } from "../ops/binary-cross-entropy.js";
import { constantTensor } from "../ops/constant.js";
import { crossEntropyTerm } from "../ops/cross-entropy.js";
import { div } from "../ops/div.js";
import { hardtanh } from "../ops/hardtanh.js";
import { mean } from "../ops/mean.js";
import { mul } from "../ops/mul.js";
import { oneHot } from "../ops/one-hot.js";
import { reshape } from "../ops/reshape.js";
import { softmaxCrossEntropyRows } from "../ops/softmax-cross-entropy.js";
import { sub } from "../ops/sub.js";
import { sum } from "../ops/sum.js";
import { type Attributes, formatShape, ShapeError, sameShape, Tensor, UsageError } from "../tensor/index.js";

export type Reduction = "mean" | "sum" | "none";

/** How far predictions are from targets, as one number to make small. */
export interface Loss {
  readonly name: LossName;
  readonly options: Attributes;
  /** Targets are class indices (or rows of probabilities), or numbers. */
  readonly target: "class" | "value";
  /** What the network's outputs mean: logits of classes, probabilities of classes, the logit of one event, or plain numbers. */
  readonly outputs: "logits" | "probabilities" | "logit" | "numbers";
  /** From predictions (m × k) and targets, class indices (m) or rows (m × k), to one number. */
  apply(prediction: Tensor, target: Tensor): Tensor;
}

export type LossName = keyof typeof losses;

export interface ClassLossOptions {
  /** Mean over examples (the default), their sum, or one loss each. */
  readonly reduction?: Reduction;
  /** One factor a class, to count rare classes more. The mean then divides by the sum of the factors used. */
  readonly classWeights?: readonly number[];
  /** Moves this share of each target evenly to all classes (Szegedy et al. 2016). */
  readonly labelSmoothing?: number;
  /** Examples whose label is outside 0 … classes - 1 are left out of the mean as well as of the sum. */
  readonly leaveOut?: boolean;
}

/**
 * Softmax and cross-entropy in one, from logits (m × k) and class indices (m) or target rows (m × k):
 * finite for any finite logits, with gradient softmax(z) - t. Without tensors: a loss for `train`.
 */
export function softmaxCrossEntropy(options?: ClassLossOptions): Loss;
export function softmaxCrossEntropy(logits: Tensor, targets: Tensor, options?: ClassLossOptions): Tensor;
export function softmaxCrossEntropy(
  first: Tensor | ClassLossOptions = {},
  targets?: Tensor,
  options: ClassLossOptions = {},
): Loss | Tensor {
  return classLoss("softmaxCrossEntropy", "logits", softmaxCrossEntropyRows, first, targets, options);
}

/**
 * Cross-entropy H(t, y) = -Σ t·ln y from probabilities (m × k), such as a softmax layer gives: the lecture notes' form.
 * Probabilities below 2⁻¹²⁶ count as that. From logits `softmaxCrossEntropy` is faster and loses no digits.
 */
export function crossEntropy(options?: ClassLossOptions): Loss;
export function crossEntropy(probabilities: Tensor, targets: Tensor, options?: ClassLossOptions): Tensor;
export function crossEntropy(
  first: Tensor | ClassLossOptions = {},
  targets?: Tensor,
  options: ClassLossOptions = {},
): Loss | Tensor {
  const rows = (probabilities: Tensor, t: Tensor) => sum(crossEntropyTerm(probabilities, t), { axis: 1 });
  return classLoss("crossEntropy", "probabilities", rows, first, targets, options);
}

export interface BinaryLossOptions {
  readonly reduction?: Reduction;
  /** Counts missed positives more (or less) than false alarms: a factor on the cost where the target is 1. */
  readonly positiveWeight?: number;
}

/** Cross-entropy of yes-or-no answers from logits, with targets in [0, 1] of the same shape, or class indices 0 and 1 (m) for one output. */
export function binaryCrossEntropy(options?: BinaryLossOptions): Loss;
export function binaryCrossEntropy(logits: Tensor, targets: Tensor, options?: BinaryLossOptions): Tensor;
export function binaryCrossEntropy(
  first: Tensor | BinaryLossOptions = {},
  targets?: Tensor,
  options: BinaryLossOptions = {},
): Loss | Tensor {
  const apply = (logits: Tensor, t: Tensor, { reduction = "mean", positiveWeight = 1 }: BinaryLossOptions) => {
    return reduce(
      binaryCrossEntropyWithLogits(logits, targetsLike(logits, t, "binaryCrossEntropy"), positiveWeight),
      reduction,
    );
  };
  if (first instanceof Tensor) return apply(first, targets as Tensor, options);
  return {
    name: "binaryCrossEntropy",
    options: saved(first),
    target: "class",
    outputs: "logit",
    apply: (logits, t) => apply(logits, t, first),
  };
}

export interface ValueLossOptions {
  /** Mean over all numbers (the default), their sum, or one loss each. */
  readonly reduction?: Reduction;
}

/** Mean of the squared differences. */
export function meanSquaredError(options?: ValueLossOptions): Loss;
export function meanSquaredError(prediction: Tensor, targets: Tensor, options?: ValueLossOptions): Tensor;
export function meanSquaredError(
  first: Tensor | ValueLossOptions = {},
  targets?: Tensor,
  options: ValueLossOptions = {},
): Loss | Tensor {
  return valueLoss("meanSquaredError", (difference) => mul(difference, difference), first, targets, options);
}

/** Mean of the absolute differences; the gradient where they are equal is 0. */
export function meanAbsoluteError(options?: ValueLossOptions): Loss;
export function meanAbsoluteError(prediction: Tensor, targets: Tensor, options?: ValueLossOptions): Tensor;
export function meanAbsoluteError(
  first: Tensor | ValueLossOptions = {},
  targets?: Tensor,
  options: ValueLossOptions = {},
): Loss | Tensor {
  return valueLoss("meanAbsoluteError", abs, first, targets, options);
}

/**
 * Half the square for differences up to `delta` (1), a straight line beyond (Huber 1964): ½r² or delta·(|r| - ½delta).
 * Written as c·(r - ½c) with c the difference kept within ±delta.
 */
export function huber(options?: ValueLossOptions & { delta?: number }): Loss;
export function huber(prediction: Tensor, targets: Tensor, options?: ValueLossOptions & { delta?: number }): Tensor;
export function huber(
  first: Tensor | (ValueLossOptions & { delta?: number }) = {},
  targets?: Tensor,
  options: ValueLossOptions & { delta?: number } = {},
): Loss | Tensor {
  const { delta = 1 } = first instanceof Tensor ? options : first;
  if (!(delta > 0)) throw new UsageError(`huber: delta must be above 0, got ${delta}`);
  const cost = (difference: Tensor) => {
    const kept = hardtanh(difference, { min: -delta, max: delta });
    return mul(kept, sub(difference, mul(0.5, kept)));
  };
  return valueLoss("huber", cost, first, targets, options);
}

/** The losses by name, for command lines and files. */
export const losses = {
  softmaxCrossEntropy: (options?: ClassLossOptions): Loss => softmaxCrossEntropy(options),
  crossEntropy: (options?: ClassLossOptions): Loss => crossEntropy(options),
  binaryCrossEntropy: (options?: BinaryLossOptions): Loss => binaryCrossEntropy(options),
  meanSquaredError: (options?: ValueLossOptions): Loss => meanSquaredError(options),
  meanAbsoluteError: (options?: ValueLossOptions): Loss => meanAbsoluteError(options),
  huber: (options?: ValueLossOptions & { delta?: number }): Loss => huber(options),
};

function classLoss(
  name: "softmaxCrossEntropy" | "crossEntropy",
  outputs: Loss["outputs"],
  rowLosses: (prediction: Tensor, rows: Tensor) => Tensor,
  first: Tensor | ClassLossOptions,
  targets: Tensor | undefined,
  options: ClassLossOptions,
): Loss | Tensor {
  const given = first instanceof Tensor ? options : first;
  const { classWeights, labelSmoothing = 0, leaveOut = false, reduction = "mean" } = given;
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw new UsageError(`${name}: labelSmoothing is from 0 to below 1, got ${labelSmoothing}`);
  }
  const factors =
    classWeights && constantTensor([classWeights.length], Float64Array.from(classWeights), "classWeights");
  const apply = (prediction: Tensor, target: Tensor): Tensor => {
    const classes = prediction.shape[1] as number;
    if (factors !== undefined && factors.shape[0] !== classes) {
      throw new ShapeError(`${name}: ${factors.shape[0]} class weights for ${classes} classes; give one for each`);
    }
    const byIndex = target.shape.length === 1;
    const rows = targetRows(prediction, target, name);
    const kept = sum(rows, { axis: 1, keepDims: true });
    const smooth =
      labelSmoothing === 0 ? rows : add(mul(rows, 1 - labelSmoothing), mul(kept, labelSmoothing / classes));
    const weighted = factors === undefined ? smooth : mul(smooth, factors);
    const each = rowLosses(prediction, weighted);
    if (reduction !== "mean") return reduce(each, reduction);
    if (!byIndex || (factors === undefined && !leaveOut)) return mean(each);
    return div(sum(each), sum(factors === undefined ? rows : mul(rows, factors)));
  };
  if (first instanceof Tensor) return apply(first, targets as Tensor);
  return { name, options: saved(first), target: "class", outputs, apply };
}

function valueLoss(
  name: "meanSquaredError" | "meanAbsoluteError" | "huber",
  cost: (difference: Tensor) => Tensor,
  first: Tensor | ValueLossOptions,
  targets: Tensor | undefined,
  options: ValueLossOptions,
): Loss | Tensor {
  const apply = (prediction: Tensor, target: Tensor, { reduction = "mean" }: ValueLossOptions) =>
    reduce(cost(sub(prediction, targetsLike(prediction, target, name))), reduction);
  if (first instanceof Tensor) return apply(first, targets as Tensor, options);
  return { name, options: saved(first), target: "value", outputs: "numbers", apply: (y, t) => apply(y, t, first) };
}

function reduce(each: Tensor, reduction: Reduction): Tensor {
  if (reduction === "none") return each;
  if (reduction !== "mean" && reduction !== "sum") {
    throw new UsageError(`a loss's reduction is "mean", "sum" or "none", not ${JSON.stringify(reduction)}`);
  }
  return reduction === "sum" ? sum(each) : mean(each);
}

/** Class indices (m) as rows (m × k); rows stay as they are. */
function targetRows(prediction: Tensor, target: Tensor, what: string): Tensor {
  const [count, classes] = prediction.shape;
  if (prediction.shape.length === 2 && target.shape.length === 1 && target.shape[0] === count)
    return oneHot(target, classes as number);
  if (prediction.shape.length === 2 && sameShape(prediction.shape, target.shape)) return target;
  throw mismatch(prediction, target, what, `class indices [${count}] or rows ${formatShape(prediction.shape)}`);
}

/** Targets of the predictions' shape; a list (m) also fits predictions (m × 1). */
function targetsLike(prediction: Tensor, target: Tensor, what: string): Tensor {
  if (sameShape(prediction.shape, target.shape)) return target;
  const [count, width] = prediction.shape;
  if (prediction.shape.length === 2 && width === 1 && target.shape.length === 1 && target.shape[0] === count) {
    return reshape(target, prediction.shape);
  }
  throw mismatch(prediction, target, what, `targets of shape ${formatShape(prediction.shape)}`);
}

function mismatch(prediction: Tensor, target: Tensor, what: string, expected: string): ShapeError {
  return new ShapeError(
    `${what}: predictions of shape ${formatShape(prediction.shape)} need ${expected}, got targets of shape ${formatShape(target.shape)}`,
  );
}

/** Options as plain data for a file: without those left out. */
function saved(options: object): Attributes {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Attributes;
}
