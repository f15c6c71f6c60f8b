// Sum, mean and max along the middle of (outer × reduced × inner) numbers, or of a range of its outer or inner ones: a row is
// `inner` numbers of x, and rows are `step` bytes apart.
//
// Method: sums run in float64, each accumulator taking every eighth number (inner = 1) or every number of its column, and
// round to float32 once at the end: the error does not grow with the length. Largest numbers let NaN through.
import { store4, storeTail } from "./lanes";
import { highDouble, lowDouble, single4 } from "./double";

/** Σ of neighbours. */
export function sumRow(x: usize, count: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  for (; count >= 8; count -= 8) {
    const first = v128.load(x);
    const second = v128.load(x, 16);
    s0 = f64x2.add(s0, lowDouble(first));
    s1 = f64x2.add(s1, highDouble(first));
    s2 = f64x2.add(s2, lowDouble(second));
    s3 = f64x2.add(s3, highDouble(second));
    x += 32;
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let total = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; count > 0; count--) {
    total += <f64>load<f32>(x);
    x += 4;
  }
  return total;
}

/** Σ of four columns of `count` numbers, `step` bytes apart, divided; `width` of them are stored. */
function sumColumns4(y: usize, x: usize, count: i32, step: usize, divisor: f64, width: i32): void {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (; count > 0; count--) {
    const row = v128.load(x);
    low = f64x2.add(low, lowDouble(row));
    high = f64x2.add(high, highDouble(row));
    x += step;
  }
  const by = f64x2.splat(divisor);
  store4(y, single4(f64x2.div(low, by), f64x2.div(high, by)), width);
}

/** The same for sixteen columns: a whole cache line of each row. */
function sumColumns16(y: usize, x: usize, count: i32, step: usize, divisor: f64): void {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let s4 = f64x2.splat(0);
  let s5 = f64x2.splat(0);
  let s6 = f64x2.splat(0);
  let s7 = f64x2.splat(0);
  for (; count > 0; count--) {
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v128.load64_zero(x)));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.load64_zero(x, 8)));
    s2 = f64x2.add(s2, f64x2.promote_low_f32x4(v128.load64_zero(x, 16)));
    s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.load64_zero(x, 24)));
    s4 = f64x2.add(s4, f64x2.promote_low_f32x4(v128.load64_zero(x, 32)));
    s5 = f64x2.add(s5, f64x2.promote_low_f32x4(v128.load64_zero(x, 40)));
    s6 = f64x2.add(s6, f64x2.promote_low_f32x4(v128.load64_zero(x, 48)));
    s7 = f64x2.add(s7, f64x2.promote_low_f32x4(v128.load64_zero(x, 56)));
    x += step;
  }
  const by = f64x2.splat(divisor);
  v128.store(y, single4(f64x2.div(s0, by), f64x2.div(s1, by)));
  v128.store(y, single4(f64x2.div(s2, by), f64x2.div(s3, by)), 16);
  v128.store(y, single4(f64x2.div(s4, by), f64x2.div(s5, by)), 32);
  v128.store(y, single4(f64x2.div(s6, by), f64x2.div(s7, by)), 48);
}

/** Words: opcode, words, x, y, outer, reduced, inner, step, divisor (float64, two words). */
export function sumStep(program: usize): void {
  let x = <usize>load<u32>(program, 8);
  let y = <usize>load<u32>(program, 12);
  const reduced = load<i32>(program, 20);
  const inner = load<i32>(program, 24);
  const rowBytes = <usize>load<u32>(program, 28);
  const divisor = load<f64>(program, 32);
  for (let outer = load<i32>(program, 16); outer > 0; outer--) {
    if (rowBytes == 4) store<f32>(y, <f32>(sumRow(x, reduced) / divisor));
    else {
      let i = 0;
      for (; i + 16 <= inner; i += 16) {
        const at = (<usize>i) << 2;
        sumColumns16(y + at, x + at, reduced, rowBytes, divisor);
      }
      for (; i < inner; i += 4) {
        const at = (<usize>i) << 2;
        sumColumns4(y + at, x + at, reduced, rowBytes, divisor, inner - i);
      }
    }
    x += <usize>reduced * rowBytes;
    y += rowBytes;
  }
}

/** The largest of neighbours, -Infinity of none. */
export function maxRow(x: usize, count: i32): f32 {
  let largest = f32x4.splat(-Infinity);
  for (; count >= 4; count -= 4) {
    largest = f32x4.max(largest, v128.load(x));
    x += 16;
  }
  let result = max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  );
  for (; count > 0; count--) {
    result = max(result, load<f32>(x));
    x += 4;
  }
  return result;
}

/** Words: opcode, words, x, y, outer, reduced, inner, step. */
export function maxStep(program: usize): void {
  let x = <usize>load<u32>(program, 8);
  let y = <usize>load<u32>(program, 12);
  const reduced = load<i32>(program, 20);
  const inner = load<i32>(program, 24);
  const rowBytes = <usize>load<u32>(program, 28);
  for (let outer = load<i32>(program, 16); outer > 0; outer--) {
    if (rowBytes == 4) store<f32>(y, maxRow(x, reduced));
    else {
      for (let i = 0; i < inner; i += 4) {
        const at = (<usize>i) << 2;
        let largest = f32x4.splat(-Infinity);
        let from = x + at;
        for (let r = 0; r < reduced; r++) {
          largest = f32x4.max(largest, v128.load(from));
          from += rowBytes;
        }
        store4(y + at, largest, inner - i);
      }
    }
    x += <usize>reduced * rowBytes;
    y += rowBytes;
  }
}
