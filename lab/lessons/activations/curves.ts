import { activations, evaluate, gradients, sum, tensor } from "../../../src/index.js";
import { type ActivationName, reach } from "../../model/activations-state.js";

export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly slope: Float64Array;
}

/** Values and derivatives at given points: the library's op, and its own derivative rule by way of `gradients`. */
export function curveAt(name: ActivationName, points: readonly number[]): Curve {
  const x = tensor([...points]);
  const y = activations[name](x);
  return {
    x: Float64Array.from(points),
    y: evaluate(y).data,
    slope: evaluate(gradients(sum(y), [x])[0]).data,
  };
}

const grid = (from: number, to: number, count: number) =>
  Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);

const kept = new Map<ActivationName, Curve>();

/** The curve over the drawn range. */
export function curveOf(name: ActivationName): Curve {
  const known = kept.get(name) ?? curveAt(name, grid(-reach, reach, 480));
  kept.set(name, known);
  return known;
}

export interface Traits {
  readonly low: number;
  readonly high: number;
  readonly steepest: number;
  /** The mean output when z is drawn from a standard normal distribution; 0 is zero-centered. */
  readonly mean: number;
  /** Whether the slope dies out far to the left, far to the right. */
  readonly flatLeft: boolean;
  readonly flatRight: boolean;
  /** Whether no gradient at all comes through left of −3. */
  readonly blocksLeft: boolean;
  /** The largest slope by which a gradient is multiplied, to the power of ten layers. */
  readonly tenLayers: number;
}

const far = 1e4;

/** The table's figures, measured on the curve. */
export function traitsOf(name: ActivationName): Traits {
  const { y, slope } = curveAt(name, [-far, ...grid(-40, 40, 16000), far]);
  const [low, high] = [Math.min(...y), Math.max(...y)];
  const z = grid(-8, 8, 4000);
  const density = z.map((one) => Math.exp(-one * one * 0.5));
  const total = density.reduce((all, one) => all + one, 0);
  const outputs = curveAt(name, z).y;
  const steepest = Math.max(...slope);
  return {
    low: low < -far / 1000 ? Number.NEGATIVE_INFINITY : low,
    high: high > far / 1000 ? Number.POSITIVE_INFINITY : high,
    steepest,
    mean: density.reduce((all, one, i) => all + (one / total) * (outputs[i] as number), 0),
    flatLeft: Math.abs(slope[0] as number) < 1e-6,
    flatRight: Math.abs(slope.at(-1) as number) < 1e-6,
    blocksLeft: curveAt(name, [-3]).slope[0] === 0,
    tenLayers: steepest ** 10,
  };
}
