// x·tanh(ln(1 + e^x)) in float32, four at a time.
//
// Method: with e = e^x and w = e² + 2e this is x·w / (w + 2). The power of 2 in e is multiplied in last, so that a
// subnormal e loses no digit, and what e^r = 1 + … rounds away is put back; from 20 on the quotient is 1.
// Largest error (docs/bench/ulp.md): 3.4 ulp. 2.1 ns a number on a Zen 4.
import { expRest, expScale, expSplit, expTail } from "./exp";

// @ts-ignore: decorator
@inline
export function mish4(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(x, f32x4.splat(20)), f32x4.splat(-120));
  const split = expSplit(clamped);
  const r = expRest(clamped, split);
  const small = f32x4.add(f32x4.mul(f32x4.mul(r, r), expTail(r)), r);
  const y = f32x4.add(small, f32x4.splat(1));
  const lost = f32x4.sub(small, f32x4.sub(y, f32x4.splat(1)));
  const e = expScale(y, split);
  const low = f32x4.mul(f32x4.add(lost, lost), f32x4.add(e, f32x4.splat(1)));
  const numerator = f32x4.add(f32x4.add(f32x4.mul(y, e), low), f32x4.add(y, y));
  const width = f32x4.add(expScale(numerator, split), f32x4.splat(2));
  const gated = expScale(f32x4.div(f32x4.mul(clamped, numerator), width), split);
  return v128.bitselect(x, gated, f32x4.gt(x, f32x4.splat(20)));
}
