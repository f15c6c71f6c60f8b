// Where float32 is not enough on the way to a float32 result: logarithm and exponential in float64, two at a time, with
// relative errors of 2e-11 and 2e-10. Their arguments come from float32, so nothing here overflows.

const ROUNDER: f64 = 6755399441055744;

/** The lower and the upper two numbers of four, as float64. */
// @ts-ignore: decorator
@inline
export function lowDouble(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
export function highDouble(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
}

/** Back to four float32, each rounded once. */
// @ts-ignore: decorator
@inline
export function single4(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** e^x for |x| < 700. */
// @ts-ignore: decorator
@inline
export function exp2(x: v128): v128 {
  const split = f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), f64x2.splat(ROUNDER));
  const n = f64x2.sub(split, f64x2.splat(ROUNDER));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(n, f64x2.splat(6.93147180369123816490e-1))),
    f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10)),
  );
  let p = f64x2.splat(0.00019891247314170443);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.0013933880963236393));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.00833331069380207));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.041666462839077045));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.1666666668185573));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5000000013675161));
  p = f64x2.add(f64x2.add(f64x2.mul(p, f64x2.mul(r, r)), r), f64x2.splat(1));
  const power = i64x2.add(i64x2.shl(split, 52), i64x2.splat(0x3ff0000000000000));
  return f64x2.mul(p, power);
}

/** ln x for a normal positive x. */
// @ts-ignore: decorator
@inline
export function log2(x: v128): v128 {
  // The biased exponent of x / √½, laid behind the bits of the rounder, is a float64 without any conversion.
  const offset = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd - 0x3ff0000000000000));
  const biased = v128.or(i64x2.shr_u(offset, 52), i64x2.splat(0x4338000000000000));
  const e = f64x2.sub(biased, f64x2.splat(ROUNDER + 1023));
  const m = i64x2.add(v128.and(offset, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e667f3bcd));
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)));
  const z = f64x2.mul(s, s);
  let q = f64x2.splat(0.23330829986114118);
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(0.2855080748204171));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(0.4000012195735616));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(0.6666666655435334));
  const near = f64x2.add(f64x2.mul(f64x2.mul(q, z), s), f64x2.add(s, s));
  return f64x2.add(near, f64x2.mul(e, f64x2.splat(0.6931471805599453)));
}

/** ln x of one float64, for the normalizer of a row. */
export function logOne(x: f64): f64 {
  return f64x2.extract_lane(log2(f64x2.splat(x)), 0);
}
