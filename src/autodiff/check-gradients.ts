import { constantTensor } from "../ops/constant.js";
import { mul } from "../ops/mul.js";
import { sum } from "../ops/sum.js";
import { sizeOf, type Tensor } from "../tensor/index.js";
import { evaluate, evaluateAll, type Feeds } from "./evaluate.js";
import { gradients } from "./gradients.js";
import { jacobian } from "./jacobian.js";

export interface GradientCheck {
  /** Largest relative error found, |analytic - numeric| / max(1, |analytic|, |numeric|). */
  readonly worst: number;
  /** Comparisons made: directions and single entries. */
  readonly comparisons: number;
  /** Where the largest error is: `direction 2`, or `∂y[3]/∂W[5]`; undefined when every comparison was exact. */
  readonly where: string | undefined;
  readonly analytic: number;
  readonly numeric: number;
}

export interface CheckOptions {
  /** Values of inputs and parameters that carry none. */
  readonly feeds?: Feeds;
  /** Numbers in [0, 1) for the random directions; a fixed sequence unless given. */
  readonly uniform?: () => number;
  /** Random directions tried for each x (2). */
  readonly directions?: number;
  /** Compare every entry of the Jacobian as well, when it has at most this many (400). */
  readonly entries?: number;
  /** Step of the difference quotient for numbers of size 1 (1e-3). */
  readonly step?: number;
}

/**
 * Compares derivatives with finite differences in float64, in two ways: along random directions of x and y (cheap, sees
 * everything at once), and entry by entry of the full Jacobian.
 *
 * The difference quotient is central and extrapolated, (8·[f(x+h) - f(x-h)] - [f(x+2h) - f(x-2h)]) / 12h, whose error falls
 * as h⁴ (Abramowitz & Stegun 25.3.6): with h = 1e-3 about 1e-11, so that 1e-6 is a strict test.
 * Points within 2h of a kink must be left out by the caller.
 */
export function checkGradients(y: Tensor, xs: readonly Tensor[], options: CheckOptions = {}): GradientCheck {
  const { feeds = new Map(), uniform = fixedSequence(), directions = 2, entries = 400, step = 1e-3 } = options;
  let result: GradientCheck = { worst: 0, comparisons: 0, where: undefined, analytic: 0, numeric: 0 };
  const compare = (analytic: number, numeric: number, where: string) => {
    const comparisons = result.comparisons + 1;
    const error = relativeError(analytic, numeric);
    result =
      error > result.worst ? { worst: error, comparisons, where, analytic, numeric } : { ...result, comparisons };
  };
  const random = (length: number) => Float64Array.from({ length }, () => 2 * uniform() - 1);

  for (const [which, x] of xs.entries()) {
    const at = Float64Array.from(feeds.get(x) ?? x.values ?? evaluate(x, feeds).data);
    const along = (change: (at: Float64Array, distance: number) => void, distance: number): Float64Array => {
      const moved = at.slice();
      change(moved, distance);
      return evaluate(y, new Map([...feeds, [x, moved]])).data;
    };
    const quotient = (change: (at: Float64Array, distance: number) => void, h: number): Float64Array => {
      const [up, down, farUp, farDown] = [h, -h, 2 * h, -2 * h].map((distance) => along(change, distance));
      return (up as Float64Array).map(
        (value, i) => (8 * (value - (down?.[i] ?? 0)) - ((farUp?.[i] ?? 0) - (farDown?.[i] ?? 0))) / (12 * h),
      );
    };
    const name = x.name ?? `x${xs.length > 1 ? which : ""}`;

    for (let d = 0; d < directions; d++) {
      const [direction, weights] = [random(at.length), random(sizeOf(y.shape))];
      const [gradient] = gradients(sum(mul(y, constantTensor(y.shape, weights))), [x]);
      const analytic = dot(evaluate(gradient as Tensor, feeds).data, direction);
      const change = (moved: Float64Array, distance: number) => {
        for (let i = 0; i < moved.length; i++) moved[i] = (moved[i] as number) + distance * (direction[i] as number);
      };
      compare(analytic, dot(quotient(change, step), weights), `direction ${d + 1} of ${name}`);
    }

    if (at.length * sizeOf(y.shape) > entries) continue;
    const [matrix] = evaluateAll([jacobian(y, x)], feeds);
    for (let j = 0; j < at.length; j++) {
      const change = (moved: Float64Array, distance: number) => {
        moved[j] = (moved[j] as number) + distance;
      };
      const column = quotient(change, step * Math.max(1, Math.abs(at[j] as number)));
      column.forEach((numeric, i) => {
        compare(matrix?.data[i * at.length + j] as number, numeric, `∂y[${i}]/∂${name}[${j}]`);
      });
    }
  }
  return result;
}

/** Relative error of two numbers that should be equal; a NaN on one side only is an infinite error. */
export function relativeError(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const error = Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * (b[i] as number), 0);
}

/** Weyl's sequence of the golden ratio: well spread, the same at every call. */
function fixedSequence(): () => number {
  let position = 0;
  return () => {
    position = (position + 0.6180339887498949) % 1;
    return position;
  };
}
