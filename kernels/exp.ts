// e^x in float32, four at a time.
//
// Method: x = n·ln 2 + r with |r| ≤ ½ ln 2 (ln 2 in two parts, so r is exact to the last bit that matters), e^r by a
// polynomial of degree 6, then times 2ⁿ: where x is ordinary (|x| ≤ 87) by adding n to the exponent, elsewhere by two
// multiplications, so that the largest and the subnormal results round once. Loops look at a few hundred numbers at a time
// whether all are ordinary (exp-loops.ts); the bits are the same either way.
// Largest error of all 2³² numbers: 1.06 ulp (docs/bench/ulp.md). 0.57 ns a number on a Zen 4 (0.8 in one loop, 1.0 with two
// multiplications always), where a loop over Math.exp takes 10.
import { madd, nmadd } from "./madd";

/** Up to this size e^x and e^-x are normal numbers. */
export const ORDINARY: f32 = 87;

// Adding and subtracting 1.5·2²³ rounds to a whole number and leaves it, ready to shift, in the low bits of the sum.
export const ROUNDER: f32 = 12582912;
const LOG2_E: f32 = 1.4426950408889634;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;

/** (e^r - 1 - r) / r² for |r| ≤ ½ ln 2, in a tree rather than a chain: half as long to wait for. */
// @ts-ignore: decorator
@inline
export function expTail(r: v128): v128 {
  const square = f32x4.mul(r, r);
  const first = madd(f32x4.splat(0.16666576062275124), r, f32x4.splat(0.5));
  const second = madd(f32x4.splat(0.008363333082182942), r, f32x4.splat(0.041666553458651744));
  const third = madd(f32x4.splat(0.0013926375995803556), square, second);
  return madd(third, square, first);
}

/** The multiple of ln 2 nearest to x, as a rounder's sum: `expWhole` and `expScale` read it. */
// @ts-ignore: decorator
@inline
export function expSplit(x: v128): v128 {
  return madd(x, f32x4.splat(LOG2_E), f32x4.splat(ROUNDER));
}

/** What is left of x after taking away the multiple of ln 2. */
// @ts-ignore: decorator
@inline
export function expRest(x: v128, split: v128): v128 {
  const n = f32x4.sub(split, f32x4.splat(ROUNDER));
  return nmadd(n, f32x4.splat(LN2_LOW), nmadd(n, f32x4.splat(LN2_HIGH), x));
}

/** e^r for |r| ≤ ½ ln 2. */
// @ts-ignore: decorator
@inline
export function expNearZero(r: v128): v128 {
  return f32x4.add(madd(f32x4.mul(r, r), expTail(r), r), f32x4.splat(1));
}

/** y·2ⁿ for -252 ≤ n ≤ 254, rounded once when y is a normal number. */
// @ts-ignore: decorator
@inline
export function expScale(y: v128, split: v128): v128 {
  const n = i32x4.sub(split, i32x4.splat(0x4b400000));
  const half = i32x4.shr_s(n, 1);
  const one = i32x4.splat(0x3f800000);
  const first = i32x4.add(i32x4.shl(half, 23), one);
  const second = i32x4.add(i32x4.shl(i32x4.sub(n, half), 23), one);
  return f32x4.mul(f32x4.mul(y, first), second);
}

/** The same where y and the result are normal numbers. */
// @ts-ignore: decorator
@inline
export function expShift(y: v128, split: v128): v128 {
  return i32x4.add(y, i32x4.shl(split, 23));
}

/** Beyond these every result is 0 or Infinity; NaN passes. */
// @ts-ignore: decorator
@inline
export function expClamp(x: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104));
}

// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const clamped = expClamp(x);
  const split = expSplit(clamped);
  return expScale(expNearZero(expRest(clamped, split)), split);
}

/** e^(x + rest), where `rest` is what x has been rounded by. */
// @ts-ignore: decorator
@inline
export function expOfSum4(x: v128, rest: v128): v128 {
  const clamped = expClamp(x);
  const split = expSplit(clamped);
  return expScale(expNearZero(f32x4.add(expRest(clamped, split), rest)), split);
}

/** e^x for |x| ≤ ORDINARY. */
// @ts-ignore: decorator
@inline
export function expOrdinary4(x: v128): v128 {
  const split = expSplit(x);
  return expShift(expNearZero(expRest(x, split)), split);
}

/** e^x - 1 from what x has been divided into: exact to the last bits also near 0. */
// @ts-ignore: decorator
@inline
export function expMinusOneOf(r: v128, split: v128): v128 {
  const rest = madd(f32x4.mul(r, r), expTail(r), r);
  const power = expShift(f32x4.splat(1), split);
  return madd(rest, power, f32x4.sub(power, f32x4.splat(1)));
}
