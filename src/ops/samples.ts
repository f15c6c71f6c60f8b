import { type Attributes, type Sample, type Shape, sizeOf, type Value } from "../tensor/index.js";

/** Where elementwise ops are tested always: zeros of both signs, around kinks, far tails, subnormals. */
export const hardPoints: readonly number[] = [
  0, -0, 1, -1, 0.5, -0.5, 3, -3, 1e-8, -1e-8, 1e-40, -1e-40, 5e-324, -5e-324, 20, -20, 88, -88, 100, -100, 710, -710,
  1e4, -1e4,
];

/** Where a random argument may fall, and the points it keeps away from. */
export interface Domain {
  readonly from: number;
  readonly to: number;
  /** Points where the derivative does not exist. */
  readonly kinks?: readonly number[];
  /** What the argument becomes of the number drawn: itself, when left out. */
  readonly map?: (x: number) => number;
}

/** The rule for kinks: a random argument keeps at least this far from one, so that no finite difference straddles it. */
export const kinkDistance = 0.05;

export const anyNumber: Domain = { from: -4, to: 4 };

export function vector(...numbers: readonly number[]): Value {
  return { shape: [numbers.length], data: Float64Array.from(numbers) };
}

export function matrix(...rows: readonly (readonly number[])[]): Value {
  return { shape: [rows.length, rows[0]?.length ?? 0], data: Float64Array.from(rows.flat()) };
}

export function randomNumber(uniform: () => number, domain: Domain): number {
  for (;;) {
    const x = domain.from + (domain.to - domain.from) * uniform();
    if (!domain.kinks?.some((kink) => Math.abs(x - kink) < kinkDistance)) return domain.map?.(x) ?? x;
  }
}

export function randomValue(uniform: () => number, shape: Shape, domain: Domain = anyNumber): Value {
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => randomNumber(uniform, domain)) };
}

/** A whole number from 1 to `most`. */
export function randomSize(uniform: () => number, most = 4): number {
  return 1 + Math.floor(uniform() * most);
}

/** Shapes of elementwise operands: equal, or one broadcast against the other as a row, a column or a single number. */
export function randomOperandShapes(uniform: () => number, count: number): Shape[] {
  const shape = [randomSize(uniform), randomSize(uniform)];
  const variants: Shape[] = [shape, shape, shape, [shape[1] as number], [shape[0] as number, 1], []];
  const narrow = Math.floor(uniform() * count);
  return Array.from({ length: count }, (_, i) =>
    count > 1 && i === narrow ? (variants[Math.floor(uniform() * variants.length)] as Shape) : shape,
  );
}

/** Every pair of the given numbers, as two vectors. */
export function pairs(numbers: readonly number[], attributes?: Attributes): Sample {
  const left = numbers.flatMap((a) => numbers.map(() => a));
  const right = numbers.flatMap(() => numbers);
  return { inputs: [vector(...left), vector(...right)], ...(attributes && { attributes }) };
}
