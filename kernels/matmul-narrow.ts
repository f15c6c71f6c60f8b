// Tiles of few columns: the last 9 to 12 columns of C, as the ten classes of a classifier, and products of up to four.
//
// Method: as in matmul-edge.ts. Twelve columns at once have nine sums in three rows; as a panel of 8 and one of 4, whose four
// sums wait for one another, ten columns take up to 1.2 times as long (Zen 4).
import { ownChunks } from "./cell";
import { madd } from "./madd";
import { finish } from "./matmul-edge";

/** Up to 3 rows × 12 columns, more than 8 of them, in two panels `panelStep` bytes apart. */
export function tile3x12(
  rows: i32, width: i32, k: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, panelStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let next = b + panelStep;
  let a1 = rows > 1 ? a + aRow : a;
  let a2 = rows > 2 ? a1 + aRow : a1;
  let b0: v128;
  let b1: v128;
  let b2: v128;
  let x: v128;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c12 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c22 = f32x4.splat(0);
  for (; k > 0; k -= 2) {
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    b2 = v128.load(next);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    c22 = madd(x, b2, c22);
    if (k == -1) break;
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    c12 = madd(x, b2, c12);
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    c02 = madd(x, b2, c02);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    b += bStep;
    next += bStep;
    if (k == 1) break;

    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    b2 = v128.load(next);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    c22 = madd(x, b2, c22);
    if (k == -2) break;
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    c12 = madd(x, b2, c12);
    x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    c02 = madd(x, b2, c02);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    b += bStep;
    next += bStep;
  }
  const sums = ownChunks();
  v128.store(sums, c00);
  v128.store(sums, c01, 16);
  v128.store(sums, c02, 32);
  v128.store(sums, c10, 64);
  v128.store(sums, c11, 80);
  v128.store(sums, c12, 96);
  v128.store(sums, c20, 128);
  v128.store(sums, c21, 144);
  v128.store(sums, c22, 160);
  finish(min(3, rows), width, c, cStep, bias, todo);
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
  const sums = ownChunks();
  v128.store(sums, c00);
  v128.store(sums, c10, 64);
  v128.store(sums, c20, 128);
  v128.store(sums, c30, 192);
  finish(min(4, rows), width, c, cStep, bias, todo);
}
