// Packing: the part of a matrix that a tile reads is laid out in the order in which the tile reads it.
import { storeTail } from "./lanes";

/** Four rows of four numbers, transposed. */
// @ts-ignore: decorator
@inline
function transpose4(to: usize, toStep: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + toStep, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * toStep, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * toStep, v128.shuffle<i64>(high01, high23, 1, 3));
}

/**
 * Four rows of `length` numbers, `step` bytes apart, become columns: to[i·toStep + r] = from[r·step + i]. Of the last rows
 * that are not there, the one before is repeated.
 */
export function packRows4(to: usize, toStep: usize, from: usize, step: usize, rows: i32, length: i32): void {
  let r0 = from;
  let r1 = rows > 1 ? r0 + step : r0;
  let r2 = rows > 2 ? r1 + step : r1;
  let r3 = rows > 3 ? r2 + step : r2;
  for (; length >= 4; length -= 4) {
    transpose4(to, toStep, v128.load(r0), v128.load(r1), v128.load(r2), v128.load(r3));
    to += 4 * toStep;
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
  }
  for (; length > 0; length--) {
    // One store: whoever reads the four together right away would have to wait for four.
    let column = v128.load32_zero(r0);
    column = v128.load32_lane(r1, column, 1);
    column = v128.load32_lane(r2, column, 2);
    v128.store(to, v128.load32_lane(r3, column, 3));
    to += toStep;
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
  }
}

/** Four rows of `length` numbers, `toStep` bytes apart, from groups of four neighbours `step` bytes apart. */
export function packColumns4(to: usize, toStep: usize, from: usize, step: usize, length: i32): void {
  for (; length >= 4; length -= 4) {
    const r1 = from + step;
    const r2 = r1 + step;
    const r3 = r2 + step;
    transpose4(to, toStep, v128.load(from), v128.load(r1), v128.load(r2), v128.load(r3));
    from = r3 + step;
    to += 16;
  }
  for (; length > 0; length--) {
    store<f32>(to, load<f32>(from));
    store<f32>(to + toStep, load<f32>(from, 4));
    store<f32>(to + 2 * toStep, load<f32>(from, 8));
    store<f32>(to + 3 * toStep, load<f32>(from, 12));
    from += step;
    to += 4;
  }
}

/** `length` groups of eight neighbours, `step` bytes apart, laid close together. */
export function packColumns8(to: usize, from: usize, step: usize, length: i32): void {
  for (; length > 0; length--) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    to += 32;
    from += step;
  }
}

/** y = xᵀ of a (rows × columns) matrix whose rows are `xStep` bytes apart, by tiles of 4 × 4. */
export function transposeMatrix(y: usize, x: usize, xStep: usize, rows: i32, columns: i32): void {
  const yStep = (<usize>rows) << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    packRows4(y + ((<usize>r) << 2), yStep, x + <usize>r * xStep, xStep, 4, columns);
  }
  for (; r < rows; r++) {
    let to = y + ((<usize>r) << 2);
    let from = x + <usize>r * xStep;
    for (let c = 0; c < columns; c++) {
      store<f32>(to, load<f32>(from));
      to += yStep;
      from += 4;
    }
  }
}
