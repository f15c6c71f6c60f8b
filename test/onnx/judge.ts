import { expect } from "vitest";

/** How far a float32 result may be from float64: relative, with a denominator never below the floor. */
export interface Judge {
  readonly relative: number;
  readonly floor: number;
}

/** Overflow where float32 overflows, NaN where NaN is right, and the judge's bound everywhere else. */
export function agree(
  actual: ArrayLike<number>,
  exact: ArrayLike<number>,
  { relative, floor }: Judge,
  what: string,
): void {
  expect(actual.length, what).toBe(exact.length);
  for (let i = 0; i < exact.length; i++) {
    const [got, wanted] = [actual[i] as number, exact[i] as number];
    if (got === Math.fround(wanted) || (Number.isNaN(got) && Number.isNaN(wanted))) continue;
    const error = Math.abs(got - wanted) / Math.max(Math.abs(wanted), floor);
    if (!(error <= relative))
      expect.fail(`${what}, number ${i}: ${got} instead of ${wanted} (relative error ${error.toExponential(1)})`);
  }
}

export const largest = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
