// tanh x in float32, four at a time.
//
// Method: with h = ½(e^2|x| - 1), which is exact to the last bits also where x is small, h / (h + 1) with the sign of x.
// h = 2ⁿ·½(e^2r - 1) + ½(2ⁿ - 1), with 2|x| = n·ln 2 + 2r as in exp.ts; from |x| = 10 on the quotient is 1.
// Largest error (docs/bench/ulp.md): 2.6 ulp. 1.3 ns a number on a Zen 4 (2.4 with a polynomial beside the quotient), where a
// loop over Math.tanh takes 24.
import { expShift, ROUNDER } from "./exp";
import { madd, nmadd } from "./madd";

const LOG2_E_TWICE: f32 = 2.885390043258667;
const HALF_LN2_HIGH: f32 = 0.3466796875;
const HALF_LN2_LOW: f32 = -1.06097220e-4;

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), f32x4.splat(10));
  const split = madd(size, f32x4.splat(LOG2_E_TWICE), f32x4.splat(ROUNDER));
  const n = f32x4.sub(split, f32x4.splat(ROUNDER));
  const r = nmadd(n, f32x4.splat(HALF_LN2_LOW), nmadd(n, f32x4.splat(HALF_LN2_HIGH), size));
  // ½(e^2r - 1) = r + r²·(1 + …): the coefficients of exp.ts times powers of 2.
  const square = f32x4.mul(r, r);
  const first = madd(f32x4.splat(0.6666630424910049), r, f32x4.splat(1));
  const second = madd(f32x4.splat(0.13381332931492707), r, f32x4.splat(0.33333242766921395));
  const third = madd(f32x4.splat(0.04456440318657138), square, second);
  const near = madd(square, madd(third, square, first), r);
  const power = expShift(f32x4.splat(1), split);
  const half = f32x4.splat(0.5);
  const h = madd(near, power, f32x4.sub(f32x4.mul(power, half), half));
  const quotient = f32x4.div(h, f32x4.add(h, f32x4.splat(1)));
  return v128.or(quotient, v128.and(x, i32x4.splat(0x80000000)));
}
