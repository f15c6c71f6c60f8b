// Tiles of C that are not full, or whose B does not lie in panels: what is left at its lower edge, products of a few rows, small
// products.
//
// Method: as in matmul-tile.ts, with the sums of a tile of fixed size, which go to the thread's own memory: `finish` takes from
// there what belongs to C (in place, for every shape, it would take 7 KiB of code to save 3 to 5 % of such tiles). Each shape has
// 8 sums, so that additions need not wait for one another. Rows of A and columns of B that are not there repeat others; up to 7
// numbers of B beyond the last column are read and not used. A branch that is never taken parts the loads of a turn, as in
// matmul-tile.ts. Gain on a Zen 4 over tiles with 2 and 4 sums: a row times a matrix 1.3 (64 × 64) to 1.5 (784 × 128) times as
// fast.
import { ownChunks } from "./cell";
import { store4 } from "./lanes";
import { madd } from "./madd";
import { ADD_BIAS, ADD_TO_C, DESCEND, descend4, RELU, relu4 } from "./matmul-tile";

/** Bytes between rows of sums that wait to be finished. */
export const ROW: usize = 64;

/** What is done with the sums of a tile, which have been stored in the thread's own memory. */
export function finish(rows: i32, width: i32, c: usize, cStep: usize, bias: usize, todo: i32): void {
  for (let row = ownChunks(), end = row + <usize>rows * ROW; row < end; row += ROW) {
    for (let j = 0; j < width; j += 4) {
      const at = (<usize>j) << 2;
      let sum = v128.load(row + at);
      if (todo & ADD_TO_C) sum = f32x4.add(v128.load(c + at), sum);
      if (todo & ADD_BIAS) sum = f32x4.add(sum, v128.load(bias + at));
      if (todo & RELU) sum = relu4(sum);
      if (todo & DESCEND) sum = descend4(c + at, sum);
      store4(c + at, sum, width - j);
    }
    c += cStep;
  }
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
  const direct = width == 8 && todo == 0;
  const step = direct ? cStep : ROW;
  let to = direct ? c : ownChunks();
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += step;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += step;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += step;
  v128.store(to, c30);
  v128.store(to, c31, 16);
  if (!direct) finish(4, width, c, cStep, bias, todo);
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
  const sums = ownChunks();
  v128.store(sums, c00);
  v128.store(sums, c01, 16);
  v128.store(sums, c02, 32);
  v128.store(sums, c03, 48);
  v128.store(sums, c10, 64);
  v128.store(sums, c11, 80);
  v128.store(sums, c12, 96);
  v128.store(sums, c13, 112);
  finish(rows, min(16, width), c, cStep, bias, todo);
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
  const sums = ownChunks();
  v128.store(sums, c0);
  v128.store(sums, c1, 16);
  v128.store(sums, c2, 32);
  v128.store(sums, c3, 48);
  v128.store(sums, c4, 64);
  v128.store(sums, c5, 80);
  v128.store(sums, c6, 96);
  v128.store(sums, c7, 112);
  finish(1, min(32, width), c, 0, bias, todo);
}
