// 1 / (1 + e^-x), and x times that (silu), in float32, four at a time.
//
// Method: as it stands where x is ordinary (exp.ts); below that e^x, where 1 + e^x would round to 1.
// Largest error (docs/bench/ulp.md): 2.5 ulp (silu: 3.4). 0.74 ns a number on a Zen 4 (silu: 0.8) in the loops of exp-loops.ts,
// where a loop over Math.exp takes 19.
import { exp4, expNearZero, expOrdinary4, expRest, expScale, expSplit, ORDINARY } from "./exp";

/** From e = e^-x. */
// @ts-ignore: decorator
@inline
export function sigmoidOf(e: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, e));
}

// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const least = f32x4.splat(-ORDINARY);
  const ordinary = f32x4.pmax(f32x4.pmin(x, f32x4.splat(ORDINARY)), least);
  const y = v128.bitselect(exp4(x), sigmoidOf(expOrdinary4(f32x4.neg(ordinary))), f32x4.lt(x, least));
  return v128.or(y, f32x4.ne(x, x));
}

/** x / (1 + e^-x), with e = e^-|x| in numerator and denominator on the left. */
// @ts-ignore: decorator
@inline
export function siluOf(x: v128, e: v128): v128 {
  const numerator = v128.bitselect(f32x4.mul(x, e), x, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(e, f32x4.splat(1)));
}

/** The same for every x: the power of 2 in e^x is multiplied in last, so that a subnormal e^x loses no digit. */
// @ts-ignore: decorator
@inline
export function silu4(x: v128): v128 {
  const clamped = f32x4.neg(f32x4.pmin(f32x4.abs(x), f32x4.splat(120)));
  const split = expSplit(clamped);
  const y = expNearZero(expRest(clamped, split));
  const width = f32x4.add(expScale(y, split), f32x4.splat(1));
  const right = f32x4.div(x, width);
  const left = expScale(f32x4.div(f32x4.mul(f32x4.pmax(x, f32x4.splat(-120)), y), width), split);
  return v128.bitselect(left, right, f32x4.lt(x, f32x4.splat(0)));
}
