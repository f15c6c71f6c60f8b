import { createRandom, type Random } from "../random/index.js";
import { createDataset, type Split } from "./dataset.js";
import { DataOptionError } from "./error.js";
import { checkFraction, checkOptionNames, checkWholeOption } from "./options.js";
import { onCircle } from "./portable-circle.js";
import { splitDataset } from "./split.js";

/** Options of every synthetic set. */
export interface SyntheticOptions {
  /** Examples in both parts together; the classes take turns. Default 500. */
  readonly count?: number;
  /** Standard deviation of the normal noise added to each coordinate (of `regression`: to y). */
  readonly noise?: number;
  /** Default 1. The points without noise depend on `seed` and `count` only. */
  readonly seed?: number;
  /** The share of the test part. Default 0.2. */
  readonly fraction?: number;
}

export interface ClassCountOptions<Classes extends number> extends SyntheticOptions {
  /** From 2 to 100. */
  readonly classes?: Classes;
}

/** How a set of classes is made. */
interface Recipe<Classes extends number> {
  readonly name: string;
  readonly noise: number;
  readonly classes: Classes;
  /** Options of this set alone. */
  readonly ownOptions?: readonly string[];
  readonly className: (label: number) => string;
  /** A point of the class, without noise. */
  readonly point: (random: Random, label: number) => readonly [x: number, y: number];
}

/**
 * One arm a class: at t uniform in [0.1, 1) the point t · (cos, sin) of (class ÷ classes + t) turns.
 * Default noise 0.02, default classes 2.
 * @throws DataOptionError for an option that is not accepted; so do all the others.
 */
export function spiral<const Classes extends number = 2>(options: ClassCountOptions<Classes> = {}): Split<2, Classes> {
  const { classes = 2 as Classes } = options;
  checkWholeOption("synthetic.spiral", "classes", classes, 2, 100);
  return classified(options, {
    name: "spiral",
    noise: 0.02,
    classes,
    ownOptions: ["classes"],
    className: (label) => `arm ${label + 1}`,
    point(random, label) {
      const t = between(random, 0.1, 1);
      const [cos, sin] = onCircle(label / classes + t);
      return [t * cos, t * sin];
    },
  });
}

/** Two interleaved half circles: (cos, sin) and (1 − cos, ½ − sin) of a uniform angle up to ½ turn. Default noise 0.1. */
export function moons(options: SyntheticOptions = {}): Split<2, 2> {
  return classified(options, {
    name: "moons",
    noise: 0.1,
    classes: 2,
    className: (label) => (label === 0 ? "upper" : "lower"),
    point(random, label) {
      const [cos, sin] = onCircle(between(random, 0, 0.5));
      return label === 0 ? [cos, sin] : [1 - cos, 0.5 - sin];
    },
  });
}

/** Two circles around the origin, of radius 1 and ½; angles uniform. Default noise 0.05. */
export function circles(options: SyntheticOptions = {}): Split<2, 2> {
  return classified(options, {
    name: "circles",
    noise: 0.05,
    classes: 2,
    className: (label) => (label === 0 ? "outer" : "inner"),
    point(random, label) {
      const [cos, sin] = onCircle(random.uniform());
      return label === 0 ? [cos, sin] : [cos / 2, sin / 2];
    },
  });
}

/** x = ±a and y = ±b with a and b uniform in [0.1, 1): are the signs the same or different? Default noise 0.05. */
export function xor(options: SyntheticOptions = {}): Split<2, 2> {
  return classified(options, {
    name: "xor",
    noise: 0.05,
    classes: 2,
    className: (label) => (label === 0 ? "same" : "different"),
    point(random, label) {
      const sign = random.integer(2) === 0 ? -1 : 1;
      const x = sign * between(random, 0.1, 1);
      const y = sign * between(random, 0.1, 1);
      return [x, label === 0 ? y : -y];
    },
  });
}

/**
 * A heap a class, all of it noise, around the point 2 · (cos, sin) of class ÷ classes turns.
 * Default noise 0.5, default classes 3.
 */
export function blobs<const Classes extends number = 3>(options: ClassCountOptions<Classes> = {}): Split<2, Classes> {
  const { classes = 3 as Classes } = options;
  checkWholeOption("synthetic.blobs", "classes", classes, 2, 100);
  return classified(options, {
    name: "blobs",
    noise: 0.5,
    classes,
    ownOptions: ["classes"],
    className: (label) => `blob ${label + 1}`,
    point(_, label) {
      const [cos, sin] = onCircle(label / classes);
      return [2 * cos, 2 * sin];
    },
  });
}

/** What `regression` is made with: the weights and the bias a linear model should find. */
export const regressionTruth = { weights: [2, -3, 0.5], bias: 1 } as const;

/** y = 2 x₁ − 3 x₂ + ½ x₃ + 1 + noise, each x standard normal. Default noise 0.1. */
export function regression(options: SyntheticOptions = {}): Split<3, 1> {
  const { count, noise, seed, fraction } = checked("regression", options, 0.1, 2);
  const points = createRandom(seed).stream("regression").stream("points");
  const noises = createRandom(seed).stream("regression").stream("noise");
  const { weights, bias } = regressionTruth;
  const features = Float32Array.from({ length: 3 * count }, () => points.normal());
  const values = Float32Array.from({ length: count }, (_, row) => {
    const clean = weights.reduce<number>(
      (sum, weight, column) => sum + weight * (features[3 * row + column] ?? 0),
      bias,
    );
    return clean + noise * noises.normal();
  });
  const dataset = createDataset({
    name: "regression",
    inputs: 3,
    outputs: 1,
    features,
    target: { kind: "value", values, names: ["y"] },
    featureNames: ["x1", "x2", "x3"],
  });
  return splitDataset(dataset, { fraction, seed });
}

function classified<Classes extends number>(options: SyntheticOptions, recipe: Recipe<Classes>): Split<2, Classes> {
  const { name, classes, point } = recipe;
  const { count, noise, seed, fraction } = checked(name, options, recipe.noise, 2 * classes, recipe.ownOptions);
  const points = createRandom(seed).stream(name).stream("points");
  const noises = createRandom(seed).stream(name).stream("noise");
  const features = new Float32Array(2 * count);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const label = row % classes;
    const [x, y] = point(points, label);
    features[2 * row] = x + noise * noises.normal();
    features[2 * row + 1] = y + noise * noises.normal();
    labels[row] = label;
  }
  const dataset = createDataset({
    name,
    inputs: 2,
    outputs: classes,
    features,
    target: { kind: "class", labels, classes: Array.from({ length: classes }, (_, label) => recipe.className(label)) },
    featureNames: ["x", "y"],
  });
  return splitDataset(dataset, { fraction, seed });
}

function checked(
  name: string,
  options: SyntheticOptions,
  defaultNoise: number,
  fewest: number,
  ownOptions: readonly string[] = [],
) {
  const where = `synthetic.${name}`;
  checkOptionNames(where, options, ["count", "noise", "seed", "fraction", ...ownOptions]);
  const { count = 500, noise = defaultNoise, seed = 1, fraction = 0.2 } = options;
  checkWholeOption(where, "count", count, fewest, 10_000_000);
  checkFraction(where, fraction);
  if (!Number.isFinite(noise) || noise < 0) {
    throw new DataOptionError(`${where}: noise is ${String(noise)}; use a standard deviation, 0 or more`);
  }
  return { count, noise, seed, fraction };
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}
