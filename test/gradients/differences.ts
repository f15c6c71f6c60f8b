import { evaluate } from "../../src/autodiff/index.js";
import type { Tensor } from "../../src/tensor/index.js";

type Feeds = ReadonlyMap<Tensor, Float64Array>;

/**
 * ∂(w · y)/∂xⱼ for every j by central differences at two steps, extrapolated (Richardson): the tests' own quotient, with
 * only forward values of the library in it.
 */
export function numericGradient(y: Tensor, x: Tensor, feeds: Feeds, weights: ArrayLike<number>): Float64Array {
  const at = feeds.get(x) as Float64Array;
  const value = (j: number, distance: number): number => {
    const moved = at.slice();
    moved[j] = (moved[j] as number) + distance;
    const { data } = evaluate(y, new Map([...feeds, [x, moved]]));
    return data.reduce((total, one, i) => total + one * (weights[i] as number), 0);
  };
  return at.map((_, j) => {
    const central = (h: number) => (value(j, h) - value(j, -h)) / (2 * h);
    return (4 * central(5e-4) - central(1e-3)) / 3;
  });
}

/** |a - b| / max(1, |a|, |b|), the largest; Infinity where one alone is not a number. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i] as number, b[i] as number];
    const error = p === q ? 0 : Math.abs(p - q) / Math.max(1, Math.abs(p), Math.abs(q));
    most = Math.max(most, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return most;
}
