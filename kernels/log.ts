// ln x in float32, four at a time.
//
// Method: x = m·2ᵉ with √½ ≤ m < √2, ln m = f - f²/2 + s·(f²/2 + R(s²)) with f = m - 1, s = f / (2 + f) (FreeBSD's logf),
// ln 2 in two parts. Subnormal numbers are first multiplied by 2²³. Largest error (docs/bench/ulp.md): 0.84 ulp. 1.7 ns a
// number on a Zen 4, where a loop over Math.log takes 9.
import { madd, nmadd } from "./madd";

/** ln u for a normal positive u = m·2ᵉ; `shift` is added to e. */
// @ts-ignore: decorator
@inline
export function logNormal(u: v128, shift: v128): v128 {
  // Subtracting the bits of √½ leaves the exponent of x / √½ on top, and below it what m is above √½.
  const offset = i32x4.sub(u, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_s(offset, 23), shift));
  const m = i32x4.add(v128.and(offset, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  let r = f32x4.splat(0.24279078841);
  r = madd(r, z, f32x4.splat(0.28498786688));
  r = madd(r, z, f32x4.splat(0.40000972152));
  r = f32x4.mul(madd(r, z, f32x4.splat(0.66666662693)), z);
  const halfSquare = f32x4.mul(f32x4.mul(f, f), f32x4.splat(0.5));
  let y = f32x4.mul(s, f32x4.add(halfSquare, r));
  y = madd(e, f32x4.splat(9.0580006145e-6), y);
  y = f32x4.add(f32x4.sub(y, halfSquare), f);
  return madd(e, f32x4.splat(0.69313812256), y);
}

// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38));
  const u = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, tiny);
  let y = logNormal(u, v128.and(tiny, i32x4.splat(-23)));
  // Infinity and NaN stay themselves, 0 gives -Infinity, what is below gives NaN.
  y = v128.bitselect(y, x, f32x4.lt(x, f32x4.splat(Infinity)));
  y = v128.bitselect(f32x4.splat(-Infinity), y, f32x4.eq(x, f32x4.splat(0)));
  return v128.or(y, f32x4.lt(x, f32x4.splat(0)));
}

/**
 * ln(1 + e) = 2·artanh(s) with s = e / (e + 2), for 0 ≤ e ≤ 1: an odd polynomial of degree 9 in s ≤ ⅓. `careful` puts back what
 * e + 2 rounds away, up to 0.8 ulp of the result.
 */
// @ts-ignore: decorator
@inline
export function logOnePlus4(e: v128, careful: bool): v128 {
  const two = f32x4.splat(2);
  const width = f32x4.add(e, two);
  const s = f32x4.div(e, width);
  const z = f32x4.mul(s, s);
  let q = madd(f32x4.splat(0.14012230932712555), z, f32x4.splat(0.13999570906162262));
  q = madd(q, z, f32x4.splat(0.20010849833488464));
  q = madd(q, z, f32x4.splat(0.3333320617675781));
  const twice = f32x4.add(s, s);
  if (!careful) return madd(f32x4.mul(twice, z), q, twice);
  // What was lost makes s too large by s·lost / (e + 2), and 1 / (e + 2) is ½(1 - s).
  const half = f32x4.splat(0.5);
  const share = f32x4.mul(f32x4.sub(e, f32x4.sub(width, two)), f32x4.sub(half, f32x4.mul(s, half)));
  return f32x4.add(twice, nmadd(twice, share, f32x4.mul(f32x4.mul(twice, z), q)));
}
