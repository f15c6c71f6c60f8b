import type { Random } from "../random/index.js";
import { type Attributes, type Shape, sizeOf, UsageError } from "../tensor/index.js";
import { gains } from "./gain.js";

/** A rule for the numbers a parameter starts with. `name` and `options` describe it, for tables and files. */
export interface Initializer {
  readonly name: string;
  readonly options: Attributes;
  /** Numbers for a tensor: for weights of shape (out × in), fan-in is `in` and fan-out is `out`. */
  fill(shape: Shape, random: Random): Float64Array;
}

type Fan = "in" | "out";

/** Uniform within ±gain·√(6 / (in + out)): keeps the variance of signals and gradients about equal (Glorot & Bengio 2010). */
export function xavierUniform({ gain = 1 }: { gain?: number } = {}): Initializer {
  return uniformWithDeviation(
    "xavierUniform",
    { gain },
    (shape) => gain * Math.sqrt(2 / (fanIn(shape) + fanOut(shape))),
  );
}

/** Normal with deviation gain·√(2 / (in + out)) (Glorot & Bengio 2010). */
export function xavierNormal({ gain = 1 }: { gain?: number } = {}): Initializer {
  return normalWithDeviation("xavierNormal", { gain }, (shape) => gain * Math.sqrt(2 / (fanIn(shape) + fanOut(shape))));
}

/** Uniform with deviation gain/√fan; gain √2 suits ReLU, which drops half of the signal (He et al. 2015). */
export function heUniform({ gain = gains.relu, fan = "in" }: { gain?: number; fan?: Fan } = {}): Initializer {
  return uniformWithDeviation("heUniform", { gain, fan }, (shape) => gain / Math.sqrt(fanOf(shape, fan)));
}

/** Normal with deviation gain/√fan; gain √2 suits ReLU, which drops half of the signal (He et al. 2015). */
export function heNormal({ gain = gains.relu, fan = "in" }: { gain?: number; fan?: Fan } = {}): Initializer {
  return normalWithDeviation("heNormal", { gain, fan }, (shape) => gain / Math.sqrt(fanOf(shape, fan)));
}

/** Normal with deviation 1/√in (LeCun et al. 1998): what SELU needs. */
export function lecunNormal(): Initializer {
  return normalWithDeviation("lecunNormal", {}, (shape) => 1 / Math.sqrt(fanIn(shape)));
}

/** Uniform with deviation 1/√in (LeCun et al. 1998). */
export function lecunUniform(): Initializer {
  return uniformWithDeviation("lecunUniform", {}, (shape) => 1 / Math.sqrt(fanIn(shape)));
}

/** All zeros: right for biases; for weights it leaves every unit of a layer the same for ever. */
export function zeros(): Initializer {
  return { name: "zeros", options: {}, fill: (shape) => new Float64Array(sizeOf(shape)) };
}

/** All the same number. */
export function constant(value: number): Initializer {
  return { name: "constant", options: { value }, fill: (shape) => new Float64Array(sizeOf(shape)).fill(value) };
}

/** Normal with the given mean (0) and standard deviation (0.01); `truncate` redraws what falls further from the mean than so many deviations. */
export function normal({
  mean = 0,
  deviation = 0.01,
  truncate,
}: {
  mean?: number;
  deviation?: number;
  truncate?: number;
} = {}): Initializer {
  return {
    name: "normal",
    options: { mean, deviation, ...(truncate !== undefined && { truncate }) },
    fill: (shape, random) =>
      draw(shape, () => mean + deviation * truncatedNormal(random, truncate ?? Number.POSITIVE_INFINITY)),
  };
}

/** Uniform from `low` (-0.05) to `high` (0.05). */
export function uniform({ low = -0.05, high = 0.05 }: { low?: number; high?: number } = {}): Initializer {
  return {
    name: "uniform",
    options: { low, high },
    fill: (shape, random) => draw(shape, () => low + (high - low) * random.uniform()),
  };
}

/** Rows (or columns, whichever are fewer) perpendicular and of length `gain` (Saxe et al. 2014). */
export function orthogonal({ gain = 1 }: { gain?: number } = {}): Initializer {
  return {
    name: "orthogonal",
    options: { gain },
    fill: (shape, random) => {
      const [rows, columns] = [fanOut(shape), fanIn(shape)];
      const [few, many] = rows < columns ? [rows, columns] : [columns, rows];
      const basis = orthonormalRows(few, many, random);
      const weights = new Float64Array(rows * columns);
      for (let i = 0; i < few; i++) {
        for (let j = 0; j < many; j++) {
          weights[rows < columns ? i * many + j : j * few + i] = gain * (basis[i]?.[j] as number);
        }
      }
      return weights;
    },
  };
}

/** The initializers by name, for command lines and files. */
export const initializers = {
  xavierUniform,
  xavierNormal,
  heUniform,
  heNormal,
  lecunNormal,
  lecunUniform,
  zeros,
  normal,
  uniform,
  orthogonal,
} satisfies Record<string, () => Initializer>;

function uniformWithDeviation(name: string, options: Attributes, deviation: (shape: Shape) => number): Initializer {
  const fill = (shape: Shape, random: Random) => {
    const bound = deviation(shape) * Math.sqrt(3);
    return draw(shape, () => bound * (2 * random.uniform() - 1));
  };
  return { name, options, fill };
}

function normalWithDeviation(name: string, options: Attributes, deviation: (shape: Shape) => number): Initializer {
  return { name, options, fill: (shape, random) => draw(shape, () => deviation(shape) * random.normal()) };
}

function draw(shape: Shape, next: () => number): Float64Array {
  return Float64Array.from({ length: sizeOf(shape) }, next);
}

function truncatedNormal(random: Random, limit: number): number {
  for (;;) {
    const x = random.normal();
    if (Math.abs(x) <= limit) return x;
  }
}

/** Gram-Schmidt on normal draws, each row made perpendicular twice so that rounding does not add up. */
function orthonormalRows(count: number, length: number, random: Random): Float64Array[] {
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const row = draw([length], () => random.normal());
    for (const other of [...basis, ...basis]) {
      const along = row.reduce((total, x, i) => total + x * (other[i] as number), 0);
      row.forEach((x, i) => {
        row[i] = x - along * (other[i] as number);
      });
    }
    const norm = Math.sqrt(row.reduce((total, x) => total + x * x, 0));
    if (norm > 1e-6) basis.push(row.map((x) => x / norm));
  }
  return basis;
}

function fanIn(shape: Shape): number {
  return shape[1] ?? shape[0] ?? 1;
}

function fanOut(shape: Shape): number {
  return shape[0] ?? 1;
}

function fanOf(shape: Shape, fan: Fan): number {
  if (fan !== "in" && fan !== "out")
    throw new UsageError(`an initializer's fan is "in" or "out", not ${JSON.stringify(fan)}`);
  return fan === "in" ? fanIn(shape) : fanOut(shape);
}
