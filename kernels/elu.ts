// scale·x where x > 0, else scale·alpha·(e^x - 1): `elu`, and with its two constants `selu`.
//
// Method: e^x - 1 = 2ⁿ·(e^r - 1) + (2ⁿ - 1), with r and e^r - 1 as in exp.ts; only needed for x ≤ 0.
// Largest error (docs/bench/ulp.md): 1.3 ulp (selu: 2.5 ulp). 1.2 ns a number on a Zen 4.
import { expMinusOneOf, expRest, expSplit } from "./exp";

// @ts-ignore: decorator
@inline
function expMinusOne4(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(x, f32x4.splat(0)), f32x4.splat(-30));
  const split = expSplit(clamped);
  return expMinusOneOf(expRest(clamped, split), split);
}

// @ts-ignore: decorator
@inline
export function elu4(x: v128, alpha: v128, scale: v128): v128 {
  const below = f32x4.mul(alpha, expMinusOne4(x));
  return f32x4.mul(scale, v128.bitselect(x, below, f32x4.gt(x, f32x4.splat(0))));
}
