// Tiles of C that are not full, or whose B does not lie in panels: what is left at its lower edge, products of a few rows, small
// products.
//
// Method: as in matmul-tile.ts, with the sums of a tile of fixed size, of which only what belongs to C is stored. Each shape has
// 8 sums, so that additions need not wait for one another. Rows of A and columns of B that are not there repeat others; up to 7
// numbers of B beyond the last column are read and not used. A branch that is never taken parts the loads of a turn, as in
// matmul-tile.ts. Gain on a Zen 4 over tiles with 2 and 4 sums: a row times a matrix 1.3 (64 × 64) to 1.5 (784 × 128) times as
// fast.
import { storeTail } from "./lanes";
import { madd } from "./madd";
import { ADD_BIAS, ADD_TO_C, DESCEND, descend4, RELU, relu4 } from "./matmul-tile";

// @ts-ignore: decorator
@inline
export function finish4(sum: v128, c: usize, width: i32, bias: usize, todo: i32): void {
  if (todo & ADD_TO_C) sum = f32x4.add(v128.load(c), sum);
  if (todo & ADD_BIAS) sum = f32x4.add(sum, v128.load(bias));
  if (todo & RELU) sum = relu4(sum);
  if (todo & DESCEND) sum = descend4(c, sum);
  if (width >= 4) v128.store(c, sum);
  else storeTail(c, sum, width);
}

/** 4 rows × 8 columns, more than 4 of them. */
export function tile4x8(
  width: i32, k: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let b0: v128;
  let b1: v128;
  let x: v128;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  for (; k > 0; k -= 4) {
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    if (k == -1) break;
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
    if (k == 1) break;

    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    if (k == -2) break;
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
    if (k == 2) break;

    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    if (k == -3) break;
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
    if (k == 3) break;

    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    if (k == -4) break;
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
  }
  finish4(c00, c, width, bias, todo);
  finish4(c01, c + 16, width - 4, bias + 16, todo);
  finish4(c10, c + cStep, width, bias, todo);
  finish4(c11, c + cStep + 16, width - 4, bias + 16, todo);
  finish4(c20, c + 2 * cStep, width, bias, todo);
  finish4(c21, c + 2 * cStep + 16, width - 4, bias + 16, todo);
  finish4(c30, c + 3 * cStep, width, bias, todo);
  finish4(c31, c + 3 * cStep + 16, width - 4, bias + 16, todo);
}

/** Up to 2 rows × 16 columns, in panels `panelStep` bytes apart. */
export function tile2x16(
  rows: i32, width: i32, k: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, panelStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let next = width > 8 ? b + panelStep : b;
  let a1 = rows > 1 ? a + aRow : a;
  let b0: v128;
  let b1: v128;
  let b2: v128;
  let b3: v128;
  let x: v128;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c12 = f32x4.splat(0);
  let c13 = f32x4.splat(0);
  for (; k > 0; k -= 2) {
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    b2 = v128.load(next);
    b3 = v128.load(next, 16);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    c12 = madd(x, b2, c12);
    c13 = madd(x, b3, c13);
    if (k == -1) break;
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    c02 = madd(x, b2, c02);
    c03 = madd(x, b3, c03);
    a += aStep;
    a1 += aStep;
    b += bStep;
    next += bStep;
    if (k == 1) break;

    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    b2 = v128.load(next);
    b3 = v128.load(next, 16);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    c12 = madd(x, b2, c12);
    c13 = madd(x, b3, c13);
    if (k == -2) break;
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    c02 = madd(x, b2, c02);
    c03 = madd(x, b3, c03);
    a += aStep;
    a1 += aStep;
    b += bStep;
    next += bStep;
  }
  finish4(c00, c, width, bias, todo);
  if (width > 4) finish4(c01, c + 16, width - 4, bias + 16, todo);
  if (width > 8) finish4(c02, c + 32, width - 8, bias + 32, todo);
  if (width > 12) finish4(c03, c + 48, width - 12, bias + 48, todo);
  if (rows > 1) finish4(c10, c + cStep, width, bias, todo);
  if (rows > 1 && width > 4) finish4(c11, c + cStep + 16, width - 4, bias + 16, todo);
  if (rows > 1 && width > 8) finish4(c12, c + cStep + 32, width - 8, bias + 32, todo);
  if (rows > 1 && width > 12) finish4(c13, c + cStep + 48, width - 12, bias + 48, todo);
}

/** One row × 32 columns. */
export function tile1x32(
  width: i32, k: i32, a: usize, aStep: usize,
  b: usize, bStep: usize, panelStep: usize, c: usize, bias: usize, todo: i32,
): void {
  let p1 = width > 8 ? b + panelStep : b;
  let p2 = width > 16 ? p1 + panelStep : p1;
  let p3 = width > 24 ? p2 + panelStep : p2;
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0);
  let c5 = f32x4.splat(0);
  let c6 = f32x4.splat(0);
  let c7 = f32x4.splat(0);
  for (; k > 0; k--) {
    const x = v128.load32_splat(a);
    c0 = madd(x, v128.load(b), c0);
    c1 = madd(x, v128.load(b, 16), c1);
    c2 = madd(x, v128.load(p1), c2);
    c3 = madd(x, v128.load(p1, 16), c3);
    if (k == -1) break;
    c4 = madd(x, v128.load(p2), c4);
    c5 = madd(x, v128.load(p2, 16), c5);
    c6 = madd(x, v128.load(p3), c6);
    c7 = madd(x, v128.load(p3, 16), c7);
    a += aStep;
    b += bStep;
    p1 += bStep;
    p2 += bStep;
    p3 += bStep;
  }
  finish4(c0, c, width, bias, todo);
  if (width > 4) finish4(c1, c + 16, width - 4, bias + 16, todo);
  if (width > 8) finish4(c2, c + 32, width - 8, bias + 32, todo);
  if (width > 12) finish4(c3, c + 48, width - 12, bias + 48, todo);
  if (width > 16) finish4(c4, c + 64, width - 16, bias + 64, todo);
  if (width > 20) finish4(c5, c + 80, width - 20, bias + 80, todo);
  if (width > 24) finish4(c6, c + 96, width - 24, bias + 96, todo);
  if (width > 28) finish4(c7, c + 112, width - 28, bias + 112, todo);
}
