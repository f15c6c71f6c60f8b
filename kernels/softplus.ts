// ln(1 + e^(beta·x)) / beta in float32, four at a time.
//
// Method: max(z, 0) + ln(1 + e^-|z|). For beta other than 1 the product z = beta·x is kept in two float32 parts: rounding
// it once would be multiplied by |z| in the exponential. Largest error (docs/bench/ulp.md): 2.9 ulp (beta 0.7: 3.4). 1.1 ns a
// number on a Zen 4 in the loops of exp-loops.ts (beta 0.7: 4), where a loop over Math.exp and Math.log1p takes 30.
import { exp4, expOfSum4 } from "./exp";
import { logOnePlus4 } from "./log";

/** From e = e^-|z|. */
// @ts-ignore: decorator
@inline
export function softplusOf(z: v128, e: v128): v128 {
  return f32x4.add(logOnePlus4(e, false), f32x4.pmax(z, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
export function softplus4(z: v128): v128 {
  return softplusOf(z, exp4(f32x4.neg(f32x4.abs(z))));
}

/** beta = high + low, both float32. */
// @ts-ignore: decorator
@inline
export function softplusBeta4(x: v128, high: v128, low: v128): v128 {
  const beta = f64x2.add(f64x2.promote_low_f32x4(high), f64x2.promote_low_f32x4(low));
  const first = f64x2.mul(f64x2.promote_low_f32x4(x), beta);
  const second = f64x2.mul(f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1)), beta);
  const z = join(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second));
  const rest = join(
    f32x4.demote_f64x2_zero(f64x2.sub(first, f64x2.promote_low_f32x4(z))),
    f32x4.demote_f64x2_zero(f64x2.sub(second, f64x2.promote_low_f32x4(v128.shuffle<i64>(z, z, 1, 1)))),
  );
  // -|z + rest| = -|z| ∓ rest; where z is infinite there is no rest.
  const signed = v128.xor(rest, v128.andnot(i32x4.splat(0x80000000), z));
  const usable = f32x4.lt(f32x4.abs(z), f32x4.splat(1000));
  const e = expOfSum4(f32x4.neg(f32x4.abs(z)), v128.and(signed, usable));
  const y = f32x4.div(f32x4.add(logOnePlus4(e, true), f32x4.pmax(z, f32x4.splat(0))), high);
  return v128.bitselect(x, y, f32x4.gt(z, f32x4.splat(1000)));
}

// @ts-ignore: decorator
@inline
function join(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(low, high, 0, 2);
}
