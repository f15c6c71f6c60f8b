/** The smallest normal float32: below it, float32 has fewer digits. */
export const smallestNormal = 2 ** -126;

const floats = new Float32Array(1);
const integers = new Int32Array(floats.buffer);

/** Distance of neighbouring float32 numbers at the size of x (of the smallest subnormal, at 0). */
export function ulpAt(x: number): number {
  floats[0] = Math.abs(x);
  const exponent = ((integers[0] as number) >>> 23) - 127;
  return exponent > 127 ? 2 ** 104 : 2 ** (Math.max(exponent, -126) - 23);
}

/** How many units in the last place `actual` is from the true value; 0 for equal infinities and NaN where NaN is right. */
export function ulps(actual: number, exact: number): number {
  const rounded = Math.fround(exact);
  if (Object.is(actual, rounded) || actual === rounded || (Number.isNaN(actual) && Number.isNaN(exact))) return 0;
  if (!Number.isFinite(rounded) && Number.isFinite(actual)) return Math.abs(Math.abs(actual) - 2 ** 128) / 2 ** 104;
  if (!Number.isFinite(actual)) return Number.isFinite(exact) && Math.abs(exact) > 2 ** 127.999999 ? 1 : Infinity;
  return Math.abs(actual - exact) / ulpAt(exact);
}

/** Relative error, its denominator no smaller than the smallest normal float32. */
export function relativeError(actual: number, exact: number): number {
  if (actual === Math.fround(exact) || (Number.isNaN(actual) && Number.isNaN(exact))) return 0;
  return Math.abs(actual - exact) / Math.max(Math.abs(exact), smallestNormal);
}

/** Index and size of the largest error. */
export function worst(
  actual: ArrayLike<number>,
  exact: ArrayLike<number>,
  error: (actual: number, exact: number) => number,
): { index: number; error: number } {
  let found = { index: -1, error: 0 };
  for (let i = 0; i < exact.length; i++) {
    const one = error(actual[i] as number, exact[i] as number);
    if (!(one <= found.error)) found = { index: i, error: one };
  }
  return found;
}
