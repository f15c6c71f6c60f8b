// a^b in float32 by way of float64, four at a time: e^(b·ln|a|), whose exponent needs more digits than float32 has.
// A negative base gives a value for whole exponents only; 1^b is 1 for finite b and NaN otherwise, as JavaScript has it.
// Largest error (docs/bench/ulp.md): 0.6 ulp. 6.2 ns a number on a Zen 4. Constant exponents 2 and -1 never come here (src/engines/wasm/registers.ts).
import { exp2, highDouble, log2, lowDouble, single4 } from "./double";

/** |a|^b of two numbers, a ≠ 0 and finite. */
// @ts-ignore: decorator
@inline
function power2(size: v128, b: v128): v128 {
  const exponent = f64x2.mul(b, log2(size));
  return exp2(f64x2.pmax(f64x2.pmin(exponent, f64x2.splat(200)), f64x2.splat(-200)));
}

// @ts-ignore: decorator
@inline
export function pow4(a: v128, b: v128): v128 {
  const zero = f32x4.splat(0);
  const infinity = f32x4.splat(Infinity);
  const size = f32x4.abs(a);
  const y = single4(power2(lowDouble(size), lowDouble(b)), power2(highDouble(size), highDouble(b)));
  // 0 and Infinity as base: 0 or Infinity, by whether base and exponent pull the same way.
  const baseZero = f32x4.eq(size, zero);
  const baseInfinite = f32x4.eq(size, infinity);
  const rising = v128.or(
    v128.and(baseInfinite, f32x4.gt(b, zero)),
    v128.and(baseZero, f32x4.lt(b, zero)),
  );
  const extreme = v128.and(infinity, rising);
  let result = v128.bitselect(extreme, y, v128.or(baseZero, baseInfinite));
  const whole = f32x4.eq(f32x4.floor(b), b);
  const half = f32x4.mul(b, f32x4.splat(0.5));
  const odd = v128.andnot(whole, f32x4.eq(f32x4.floor(half), half));
  const negative = f32x4.lt(a, zero);
  const signed = v128.and(v128.and(a, i32x4.splat(0x80000000)), odd);
  result = v128.or(result, signed);
  const unreal = v128.andnot(v128.andnot(negative, whole), baseInfinite);
  result = v128.or(result, unreal);
  const infinitePowerOfOne = v128.and(f32x4.eq(f32x4.abs(b), infinity), f32x4.eq(size, f32x4.splat(1)));
  result = v128.or(result, v128.or(infinitePowerOfOne, v128.or(f32x4.ne(a, a), f32x4.ne(b, b))));
  return v128.bitselect(f32x4.splat(1), result, f32x4.eq(b, zero));
}
