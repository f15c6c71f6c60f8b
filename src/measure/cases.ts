import { UsageError } from "../tensor/index.js";

/**
 * The five cases that training steps are timed on, as data: networks with ReLU between dense layers, softmax cross-entropy, SGD.
 * Initial weights and batches come from one seeded generator that uses only exact arithmetic, so that every system, in every
 * runtime, starts from the same float32 numbers.
 */
export interface Case {
  readonly name: string;
  /** Features, hidden units, classes. */
  readonly sizes: readonly number[];
  /** Examples a step. */
  readonly batch: number;
  /** Learning rate. */
  readonly rate: number;
}

export interface CaseData {
  readonly case: Case;
  /** W is (out, in), row-major. */
  readonly layers: readonly {
    readonly out: number;
    readonly in: number;
    readonly W: Float32Array;
    readonly b: Float32Array;
  }[];
  /** Visited in turn. */
  readonly batches: readonly { readonly x: Float32Array; readonly labels: Int32Array; readonly oneHot: Float32Array }[];
}

export const cases: readonly Case[] = [
  { name: "S", sizes: [2, 8, 8, 2], batch: 32, rate: 0.1 },
  { name: "D", sizes: [64, 64, 10], batch: 32, rate: 0.05 },
  { name: "M", sizes: [784, 128, 10], batch: 64, rate: 0.02 },
  { name: "L", sizes: [784, 512, 512, 10], batch: 128, rate: 0.02 },
  { name: "XL", sizes: [1024, 2048, 2048, 1000], batch: 256, rate: 0.02 },
];

/** Steps after which every system's loss must agree with the float64 reference's, and by how much. */
export const agreement = { steps: 20, tolerance: 1e-3 };

/** Batches a case has: the check visits them in turn, the clock runs on the first, already in memory. */
const batchCount = 4;

/** @throws UsageError when there is no case of that name. */
export function caseNamed(name: string): Case {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) {
    throw new UsageError(`there is no case ${JSON.stringify(name)}; choose ${cases.map((one) => one.name).join(", ")}`);
  }
  return found;
}

/** Multiplications and additions of a step's matrix products: the first layer's inputs need no gradient. */
export function flopsOf({ sizes, batch }: Case): number {
  const products = sizes.slice(1).map((out, i) => 2 * batch * out * (sizes[i] as number));
  return products.reduce((total, product, i) => total + product * (i === 0 ? 2 : 3), 0);
}

export function parametersOf({ sizes }: Case): number {
  return sizes.slice(1).reduce((total, out, i) => total + out * ((sizes[i] as number) + 1), 0);
}

/**
 * Mulberry32, uniform in [0, 1): 32-bit integers only, so the same numbers everywhere. The library's own generator would be as
 * good, but peers in other languages need this one in a few lines.
 */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Mean 0, deviation 1, nearly normal: four uniform numbers added, exact in float64. */
const nearlyNormal = (uniform: () => number): number =>
  (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508075688772;

export function dataOf(one: Case): CaseData {
  const { sizes, batch } = one;
  const [inputs, classes] = [sizes[0], sizes.at(-1)] as [number, number];
  const weights = generator(1);
  const layers = sizes.slice(1).map((out, i) => {
    const width = sizes[i] as number;
    const deviation = Math.sqrt(2 / width);
    const W = Float32Array.from({ length: out * width }, () => deviation * nearlyNormal(weights));
    return { out, in: width, W, b: new Float32Array(out) };
  });
  const examples = generator(2);
  const batches = Array.from({ length: batchCount }, () => {
    const x = Float32Array.from({ length: batch * inputs }, () => nearlyNormal(examples));
    const labels = Int32Array.from({ length: batch }, () => Math.floor(examples() * classes));
    const oneHot = new Float32Array(batch * classes);
    labels.forEach((label, row) => {
      oneHot[row * classes + label] = 1;
    });
    return { x, labels, oneHot };
  });
  return { case: one, layers, batches };
}
