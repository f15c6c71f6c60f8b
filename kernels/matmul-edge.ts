// Tiles of C that are not full: what is left at its lower and right edge, and products of a row or two.
//
// Method: as in matmul-tile.ts, with the sums of a tile of fixed size, of which only what belongs to C is stored. Rows of A
// that are not there repeat the one before; numbers of B beyond the last column are read and not used.
import { storeTail } from "./lanes";
import { madd } from "./madd";
import { ADD_BIAS, ADD_TO_C, RELU, relu4 } from "./matmul-tile";

// @ts-ignore: decorator
@inline
function finish4(sum: v128, c: usize, width: i32, bias: usize, todo: i32): void {
  if (todo & ADD_TO_C) sum = f32x4.add(v128.load(c), sum);
  if (todo & ADD_BIAS) sum = f32x4.add(sum, v128.load(bias));
  if (todo & RELU) sum = relu4(sum);
  if (width >= 4) v128.store(c, sum);
  else storeTail(c, sum, width);
}

/** Up to 4 rows × 8 columns. */
export function tile4x8(
  rows: i32, width: i32, k: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let a1 = rows > 1 ? a + aRow : a;
  let a2 = rows > 2 ? a1 + aRow : a1;
  let a3 = rows > 3 ? a2 + aRow : a2;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
  }
  finish4(c00, c, width, bias, todo);
  finish4(c01, c + 16, width - 4, bias + 16, todo);
  if (rows > 1) finish4(c10, c + cStep, width, bias, todo);
  if (rows > 1) finish4(c11, c + cStep + 16, width - 4, bias + 16, todo);
  if (rows > 2) finish4(c20, c + 2 * cStep, width, bias, todo);
  if (rows > 2) finish4(c21, c + 2 * cStep + 16, width - 4, bias + 16, todo);
  if (rows > 3) finish4(c30, c + 3 * cStep, width, bias, todo);
  if (rows > 3) finish4(c31, c + 3 * cStep + 16, width - 4, bias + 16, todo);
}

/** Up to 2 rows × 8 columns. */
export function tile2x8(
  rows: i32, width: i32, k: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let a1 = rows > 1 ? a + aRow : a;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    a += aStep;
    a1 += aStep;
    b += bStep;
  }
  finish4(c00, c, width, bias, todo);
  finish4(c01, c + 16, width - 4, bias + 16, todo);
  if (rows > 1) finish4(c10, c + cStep, width, bias, todo);
  if (rows > 1) finish4(c11, c + cStep + 16, width - 4, bias + 16, todo);
}

/** One row × 8 columns. */
export function tile1x8(
  width: i32, k: i32, a: usize, aStep: usize,
  b: usize, bStep: usize, c: usize, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    a += aStep;
    b += bStep;
  }
  finish4(c00, c, width, bias, todo);
  finish4(c01, c + 16, width - 4, bias + 16, todo);
}

/** Up to 4 rows × 4 columns. */
export function tile4x4(
  rows: i32, width: i32, k: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let a1 = rows > 1 ? a + aRow : a;
  let a2 = rows > 2 ? a1 + aRow : a1;
  let a3 = rows > 3 ? a2 + aRow : a2;
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = madd(x0, b0, c00);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
  }
  finish4(c00, c, width, bias, todo);
  if (rows > 1) finish4(c10, c + cStep, width, bias, todo);
  if (rows > 2) finish4(c20, c + 2 * cStep, width, bias, todo);
  if (rows > 3) finish4(c30, c + 3 * cStep, width, bias, todo);
}

/**
 * One row of C by a transposed B read where it is: columns 0 … width-1 (up to 4) are rows of B, transposed four k at a time
 * in registers. For a few rows this costs less than packing B.
 */
export function transposed1x4(
  k: i32, a: usize, b: usize, bColumn: usize, c: usize, width: i32, bias: usize, todo: i32,
): void {
  let b0 = b;
  let b1 = width > 1 ? b0 + bColumn : b0;
  let b2 = width > 2 ? b1 + bColumn : b1;
  let b3 = width > 3 ? b2 + bColumn : b2;
  let sum = f32x4.splat(0);
  for (; k >= 4; k -= 4) {
    const r0 = v128.load(b0);
    const r1 = v128.load(b1);
    const r2 = v128.load(b2);
    const r3 = v128.load(b3);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    sum = madd(v128.load32_splat(a), v128.shuffle<i64>(low01, low23, 0, 2), sum);
    sum = madd(v128.load32_splat(a, 4), v128.shuffle<i64>(low01, low23, 1, 3), sum);
    sum = madd(v128.load32_splat(a, 8), v128.shuffle<i64>(high01, high23, 0, 2), sum);
    sum = madd(v128.load32_splat(a, 12), v128.shuffle<i64>(high01, high23, 1, 3), sum);
    a += 16;
    b0 += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  for (; k > 0; k--) {
    const column = f32x4(load<f32>(b0), load<f32>(b1), load<f32>(b2), load<f32>(b3));
    sum = madd(v128.load32_splat(a), column, sum);
    a += 4;
    b0 += 4;
    b1 += 4;
    b2 += 4;
    b3 += 4;
  }
  finish4(sum, c, width, bias, todo);
}
