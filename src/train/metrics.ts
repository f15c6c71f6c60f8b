import type { ClassTarget, ValueTarget } from "../data/index.js";

/** Position of the largest of `width` numbers from `start`; the first of equals. */
export function argmax(values: ArrayLike<number>, start: number, width: number): number {
  let best = 0;
  for (let j = 1; j < width; j++) {
    if ((values[start + j] as number) > (values[start + best] as number)) best = j;
  }
  return best;
}

/** The class a row of outputs names: the largest of several logits, or the sign of a single one. */
export function decide(outputs: ArrayLike<number>, row: number, width: number): number {
  if (width === 1) return (outputs[row] as number) > 0 ? 1 : 0;
  return argmax(outputs, row * width, width);
}

/** Counts of examples by true class (row) and predicted class (column), row-major: of all classes the outputs can name. */
export function confusionMatrix(outputs: ArrayLike<number>, width: number, target: ClassTarget): Int32Array {
  const classes = Math.max(target.classes.length, width);
  const counts = new Int32Array(classes * classes);
  target.labels.forEach((label, i) => {
    const at = label * classes + decide(outputs, i, width);
    counts[at] = (counts[at] as number) + 1;
  });
  return counts;
}

export function accuracyOf(confusion: Int32Array): number {
  const classes = Math.sqrt(confusion.length);
  const right = Array.from({ length: classes }, (_, i) => confusion[i * classes + i] as number).reduce(
    (a, b) => a + b,
    0,
  );
  return right / confusion.reduce((a, b) => a + b, 0);
}

/**
 * Coefficient of determination, 1 - Σ(t - y)² / Σ(t - mean t)², and mean absolute error, over all outputs together.
 * R² of constant targets is 0 unless they are met exactly.
 */
export function regressionMetrics(
  predictions: ArrayLike<number>,
  target: ValueTarget,
): { r2: number; meanAbsoluteError: number } {
  const { values, names } = target;
  const means = names.map((_, j) => {
    let total = 0;
    for (let i = j; i < values.length; i += names.length) total += values[i] as number;
    return total / (values.length / names.length);
  });
  let residual = 0;
  let spread = 0;
  let absolute = 0;
  for (let i = 0; i < values.length; i++) {
    const t = values[i] as number;
    residual += (t - (predictions[i] as number)) ** 2;
    spread += (t - (means[i % names.length] as number)) ** 2;
    absolute += Math.abs(t - (predictions[i] as number));
  }
  return {
    r2: spread === 0 ? (residual === 0 ? 1 : 0) : 1 - residual / spread,
    meanAbsoluteError: absolute / values.length,
  };
}
