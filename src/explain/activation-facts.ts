import type { ActivationName } from "../nn/index.js";
import { activationAt } from "./activation-curves.js";

/** A point where the derivative jumps: its limits on both sides, and the one the library takes there. */
export interface Kink {
  readonly x: number;
  readonly value: number;
  readonly left: number;
  readonly right: number;
  readonly chosen: number;
}

/** What can be said of an activation from its values and derivatives alone. */
export interface ActivationFacts {
  readonly name: ActivationName;
  /** Smallest and largest value between -10,000 and 10,000; what goes on growing is infinite. */
  readonly range: readonly [low: number, high: number];
  /** Whether f(-x) = -f(x): then outputs center on 0 when inputs do. */
  readonly odd: boolean;
  /** Mean output for standard normal input. */
  readonly meanOutput: number;
  /** Sides on which the derivative dies away. */
  readonly saturates: "both" | "left" | "right" | "no";
  /** The largest |f′|, and the place nearest to 0 where it is reached; infinite when it is only approached. */
  readonly steepest: { readonly x: number; readonly slope: number };
  readonly kinks: readonly Kink[];
}

const far = 1e4;
/** A derivative smaller than this far out has died away. */
const dead = 1e-3;

export function activationFacts(name: ActivationName): ActivationFacts {
  const near = grid(-8, 8, 1 / 64);
  const points = [...near, -far, -100, -30, 30, 100, far];
  const { value, slope } = activationAt(name, points);
  const values = [...value];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const mirrored = activationAt(
    name,
    near.map((x) => -x),
  ).value;
  const left = Math.abs(slope[near.length] as number) < dead;
  const right = Math.abs(slope[points.length - 1] as number) < dead;
  return {
    name,
    range: [low <= -far / 1000 ? Number.NEGATIVE_INFINITY : tidy(low), high >= far / 1000 ? Infinity : tidy(high)],
    odd: near.every((_, i) => Math.abs((value[i] as number) + (mirrored[i] as number)) < 1e-12),
    meanOutput: normalMean(near, value),
    saturates: left && right ? "both" : left ? "left" : right ? "right" : "no",
    steepest: steepestOf(name, points, slope),
    kinks: kinksOf(name, near),
  };
}

/** Points from `from` to `to`, exact where the step is a power of two. */
export function grid(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
}

/** The largest |f′| of the points, then closer and closer around it. */
function steepestOf(name: ActivationName, points: readonly number[], slope: Float64Array): ActivationFacts["steepest"] {
  let best = { x: 0, slope: 0 };
  const look = (xs: readonly number[], slopes: Float64Array) => {
    xs.forEach((x, i) => {
      const here = slopes[i] as number;
      const more = Math.abs(here) - Math.abs(best.slope);
      if (more > 1e-12 || (more > -1e-12 && Math.abs(x) < Math.abs(best.x))) best = { x, slope: here };
    });
  };
  look(points, slope);
  if (Math.abs(best.x) > 8) return { x: Math.sign(best.x) * Number.POSITIVE_INFINITY, slope: tidy(best.slope) };
  for (let width = 1 / 64; width > 1e-6; width /= 8) {
    const xs = grid(best.x - width, best.x + width, width / 16).filter((x) => Math.abs(x) <= 8);
    look(xs, activationAt(name, xs).slope);
  }
  return best;
}

function kinksOf(name: ActivationName, near: readonly number[]): Kink[] {
  const step = 1e-7;
  const before = activationAt(
    name,
    near.map((x) => x - step),
  ).slope;
  const after = activationAt(
    name,
    near.map((x) => x + step),
  ).slope;
  const { value, slope } = activationAt(name, near);
  return near.flatMap((x, i) => {
    const [left, right] = [before[i] as number, after[i] as number];
    if (Math.abs(right - left) < 1e-3) return [];
    return [{ x, value: value[i] as number, left: tidy(left), right: tidy(right), chosen: slope[i] as number }];
  });
}

/** ∫ f(x) φ(x) dx by the trapezoidal rule, which is all but exact for an integrand that dies away. */
function normalMean(xs: readonly number[], values: Float64Array): number {
  const step = (xs[1] as number) - (xs[0] as number);
  const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  return xs.reduce((sum, x, i) => sum + (values[i] as number) * density(x) * step, 0);
}

/** Six digits: what lies behind is the error of looking only so far out. */
function tidy(value: number): number {
  return Number(value.toPrecision(6));
}
