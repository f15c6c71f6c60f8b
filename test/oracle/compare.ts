import { expect } from "vitest";

/** Comparators of the oracle tests, on plain numbers: nothing of the library is used to judge it. */

export interface Tolerance {
  readonly relative: number;
  /** The denominator of the relative error is never smaller than this. */
  readonly floor: number;
}

/** |actual - expected| / max(|expected|, floor); Infinity when exactly one of them is not finite, or they differ in sign of infinity. */
export function errorOf(actual: number, expected: number, floor: number): number {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return 0;
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), floor);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

/** Every number close to the expected one; the message names the worst. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, floor }: Tolerance,
  what: string,
  at: (i: number) => string = (i) => `number ${i}`,
): void {
  expect(actual.length, `${what}: how many numbers`).toBe(expected.length);
  let worst = { error: 0, i: 0 };
  for (let i = 0; i < expected.length; i++) {
    const error = errorOf(actual[i] as number, expected[i] as number, floor);
    if (error > worst.error) worst = { error, i };
  }
  const { i, error } = worst;
  expect(error, `${what}, ${at(i)}: ${actual[i]} instead of ${expected[i]}`).toBeLessThanOrEqual(relative);
}

export function largest(numbers: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < numbers.length; i++)
    if (Number.isFinite(numbers[i])) most = Math.max(most, Math.abs(numbers[i] as number));
  return most;
}
