import { abs } from "../ops/abs.js";
import { add } from "../ops/add.js";
import { div } from "../ops/div.js";
import { max } from "../ops/max.js";
import { maximum } from "../ops/maximum.js";
import { minimum } from "../ops/minimum.js";
import { mul } from "../ops/mul.js";
import { sqrt } from "../ops/sqrt.js";
import { sum } from "../ops/sum.js";
import { type Tensor, UsageError } from "../tensor/index.js";

/** The norm of all gradients together: 2 (Euclidean), 1, or Infinity (the largest). */
export type NormKind = 1 | 2 | typeof Number.POSITIVE_INFINITY;

/**
 * Gradients scaled down together, so that their common norm is at most `most` (Pascanu et al. 2013): the direction stays.
 * The factor is min(1, most / (norm + 1e-6)), as in PyTorch.
 */
export function clipByNorm(gradients: readonly Tensor[], most: number, norm: NormKind = 2): Tensor[] {
  if (!(most > 0)) throw new UsageError(`clip: the largest norm must be above 0, got ${most}`);
  const factor = minimum(div(most, add(commonNorm(gradients, norm), 1e-6)), 1);
  return gradients.map((gradient) => mul(gradient, factor));
}

function commonNorm(gradients: readonly Tensor[], norm: NormKind): Tensor {
  if (norm === 2) return sqrt(gradients.map((g) => sum(mul(g, g)) as Tensor).reduce((a, b) => add(a, b)));
  if (norm === 1) return gradients.map((g) => sum(abs(g)) as Tensor).reduce((a, b) => add(a, b));
  return gradients.map((g) => max(abs(g)) as Tensor).reduce((a, b) => maximum(a, b));
}
