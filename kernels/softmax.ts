// softmax and its kin, row by row: the largest number is taken away first, so nothing overflows.
//
// Method: e^(x - largest) in float32, with what the subtraction rounds away put back as a factor; sums in float64. Rows of
// up to 64 numbers are taken four at a time, transposed, one row a lane: no tails and no sums across lanes (twice as fast
// for 2 columns). Longer rows run along their numbers. Which way is taken depends on the length of a row alone.
// Where no number is more than 87 below its row's largest, the cheaper exponential does (exp.ts), with the same bits: a seventh
// faster. 2.3 ns a number on a Zen 4 in rows of 1,000, 2.9 in rows of 10.
import { highDouble, logOne, lowDouble, single4 } from "./double";
import { exp4, expOrdinary4, ORDINARY } from "./exp";
import { maskBelow, store4, storeTail } from "./lanes";
import { madd } from "./madd";
import { packColumns4, packRows4 } from "./matmul-pack";
import { maxRow } from "./reduce";

/** Rows up to this long are taken four at a time; scratch holds two transposed groups of them, behind four sums. */
export const NARROW: i32 = 64;
export const GROUP: usize = 64 * 16;

/** What x - largest = d has rounded away. */
// @ts-ignore: decorator
@inline
function lostBelow(x: v128, largest: v128, d: v128): v128 {
  const back = f32x4.sub(d, x);
  return f32x4.sub(f32x4.sub(x, f32x4.sub(d, back)), f32x4.add(largest, back));
}

/** e^(x - largest), exact to the last bits also where the two are far apart. */
// @ts-ignore: decorator
@inline
function expBelow(x: v128, largest: v128): v128 {
  const d = f32x4.sub(x, largest);
  const lost = lostBelow(x, largest, d);
  const e = exp4(d);
  // Infinite numbers lose nothing: their NaN is masked out.
  const usable = f32x4.lt(f32x4.abs(lost), f32x4.splat(1));
  return madd(e, v128.and(lost, usable), e);
}

/** The same bits for x ≥ largest - ORDINARY. */
// @ts-ignore: decorator
@inline
function expBelowOrdinary(x: v128, largest: v128): v128 {
  const d = f32x4.sub(x, largest);
  const e = expOrdinary4(d);
  return madd(e, lostBelow(x, largest, d), e);
}

/** Whether every number is ordinary in this sense; `end` is rounded up to whole vectors. */
function ordinaryBelow(from: usize, end: usize, largest: v128): bool {
  const least = f32x4.sub(largest, f32x4.splat(ORDINARY));
  let all = i32x4.splat(-1);
  for (; from < end; from += 16) all = v128.and(all, f32x4.ge(v128.load(from), least));
  return i32x4.all_true(all);
}

/** The largest of each of four transposed rows. */
export function largestOfGroup(group: usize, columns: i32): v128 {
  let largest = v128.load(group);
  for (; columns > 1; columns--) {
    group += 16;
    largest = f32x4.max(largest, v128.load(group));
  }
  return largest;
}

// @ts-ignore: decorator
@inline
function expLoop(ordinary: bool, y: usize, yStep: usize, x: usize, count: i32, largest: v128, sums: usize): void {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (; count > 0; count--) {
    const number = v128.load(x);
    const e = ordinary ? expBelowOrdinary(number, largest) : expBelow(number, largest);
    v128.store(y, e);
    low = f64x2.add(low, lowDouble(e));
    high = f64x2.add(high, highDouble(e));
    x += 16;
    y += yStep;
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
}

/**
 * Writes e^(x - largest) of `count` vectors, `yStep` bytes apart (0: nowhere, over each other); their sums, two lanes each, go to
 * `sums`, four float64.
 */
function expVectors(y: usize, yStep: usize, x: usize, count: i32, largest: v128, sums: usize): void {
  if (ordinaryBelow(x, x + ((<usize>count) << 4), largest)) expLoop(true, y, yStep, x, count, largest, sums);
  else expLoop(false, y, yStep, x, count, largest, sums);
}

/** Four transposed rows become e^(x - largest of the row); their sums go to `sums`, four float64. */
export function expGroup(group: usize, columns: i32, largest: v128, sums: usize): void {
  expVectors(group, 16, group, columns, largest, sums);
}

/** Writes e^(x - largest) of a row to y and returns the sum; `sums` is scratch, 32 bytes. */
export function expRow(y: usize, yStep: usize, x: usize, columns: i32, largest: f32, sums: usize): f64 {
  const top = f32x4.splat(largest);
  const whole = columns >> 2;
  expVectors(y, yStep, x, whole, top, sums);
  let low = v128.load(sums);
  let high = v128.load(sums, 16);
  const left = columns & 3;
  if (left > 0) {
    const e = v128.and(expBelow(v128.load(x + ((<usize>whole) << 4)), top), maskBelow(left));
    low = f64x2.add(low, lowDouble(e));
    high = f64x2.add(high, highDouble(e));
    storeTail(y + <usize>whole * yStep, e, left);
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Four transposed rows back in order; rows that are not there are not written. */
export function storeGroup(y: usize, rowBytes: usize, group: usize, rows: i32, columns: i32, spare: usize): void {
  if (rows >= 4) {
    packColumns4(y, rowBytes, group, 16, columns);
    return;
  }
  packColumns4(spare, (<usize>columns) << 2, group, 16, columns);
  memory.copy(y, spare, <usize>rows * rowBytes);
}

/** Words: opcode, words, z, y, rows, columns, scratch. */
export function softmaxStep(program: usize): void {
  let z = <usize>load<u32>(program, 8);
  let y = <usize>load<u32>(program, 12);
  let rows = load<i32>(program, 16);
  const columns = load<i32>(program, 20);
  const rowBytes = (<usize>columns) << 2;
  const sums = <usize>load<u32>(program, 24);
  if (columns <= NARROW) {
    const group = sums + 32;
    for (; rows > 0; rows -= 4) {
      packRows4(group, 16, z, rowBytes, rows, columns);
      expGroup(group, columns, largestOfGroup(group, columns), sums);
      const sum = single4(v128.load(sums), v128.load(sums, 16));
      for (let j = 0; j < columns; j++) {
        const at = group + ((<usize>j) << 4);
        v128.store(at, f32x4.div(v128.load(at), sum));
      }
      storeGroup(y, rowBytes, group, rows, columns, group + GROUP);
      z += 4 * rowBytes;
      y += 4 * rowBytes;
    }
    return;
  }
  for (; rows > 0; rows--) {
    const sum = f32x4.splat(<f32>expRow(y, 16, z, columns, maxRow(z, columns), sums));
    for (let i = 0; i < columns; i += 4) {
      const at = y + ((<usize>i) << 2);
      store4(at, f32x4.div(v128.load(at), sum), columns - i);
    }
    z += rowBytes;
    y += rowBytes;
  }
}

/** Words: opcode, words, z, y, rows, columns, scratch. */
export function logSoftmaxStep(program: usize): void {
  let z = <usize>load<u32>(program, 8);
  let y = <usize>load<u32>(program, 12);
  const sums = <usize>load<u32>(program, 24);
  const columns = load<i32>(program, 20);
  const rowBytes = (<usize>columns) << 2;
  for (let rows = load<i32>(program, 16); rows > 0; rows--) {
    const largest = maxRow(z, columns);
    const top = f32x4.splat(largest);
    const rest = f32x4.splat(<f32>logOne(expRow(sums + 32, 0, z, columns, largest, sums)));
    for (let i = 0; i < columns; i += 4) {
      const at = (<usize>i) << 2;
      store4(y + at, f32x4.sub(f32x4.sub(v128.load(z + at), top), rest), columns - i);
    }
    z += rowBytes;
    y += rowBytes;
  }
}
