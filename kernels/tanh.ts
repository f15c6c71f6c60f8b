// tanh x in float32, four at a time.
//
// Method: with h = e^2|x| - 1, which is exact to the last bits also where x is small, h / (h + 2) with the sign of x;
// h = 2ⁿ·(e^r - 1) + (2ⁿ - 1), with 2|x| = n·ln 2 + r as in exp.ts. From |x| = 10 on the quotient is 1.
// Largest error (docs/bench/ulp.md): 2.6 ulp. 0.9 ns a number on a Zen 4 in the loops of exp-loops.ts, where a loop over
// Math.tanh takes 24.
import { expMinusOneOf, expRest, expSplit } from "./exp";

/** 2·|x|, from 20 on the same. */
// @ts-ignore: decorator
@inline
export function tanhExponent(x: v128): v128 {
  return f32x4.pmin(v128.and(f32x4.add(x, x), i32x4.splat(0x7fffffff)), f32x4.splat(20));
}

/** From h = e^2|x| - 1. */
// @ts-ignore: decorator
@inline
export function tanhOf(x: v128, h: v128): v128 {
  const quotient = f32x4.div(h, f32x4.add(h, f32x4.splat(2)));
  return v128.or(quotient, v128.and(x, i32x4.splat(0x80000000)));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = tanhExponent(x);
  const split = expSplit(size);
  return tanhOf(x, expMinusOneOf(expRest(size, split), split));
}
