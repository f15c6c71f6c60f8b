// The micro-kernel: tiles of C, 4 rows × 8 columns, held in registers while k runs.
//
// Method: for each k, two vectors of B times four repeated numbers of A: 8 multiplications and 8 additions for 6 loads.
// A is read by rows (as A lies in memory or was packed) or by columns (four numbers next to each other, as a transposed A
// lies). Each number of C is summed over k in order, whatever tile it falls in: results do not depend on m, n or the tile.
//
// A turn takes several k, with a branch that is never taken (k is positive) after two of the four rows. It keeps V8 from
// gathering all loads at the front of the turn, where the processor (measured on a Zen 3) then hands out multiplications
// and additions unevenly. Nothing may be called while the sums live: V8 would keep them in memory throughout (10 % slower);
// so tiles that are not full are elsewhere (matmul-edge.ts). Gain: 32 → 37 GFLOP/s with the branch, → 42 with packed B, of
// 45 possible; the naive product (bench.ts) reaches 2 to 3. The naive version that results are compared with, bit by bit:
// test/kernels/naive-matmul.ts.
import { madd } from "./madd";

/** What is done with the sums of a tile. */
export const ADD_TO_C: i32 = 1;
export const ADD_BIAS: i32 = 2;
export const RELU: i32 = 4;

// @ts-ignore: decorator
@inline
export function relu4(x: v128): v128 {
  return v128.andnot(x, f32x4.le(x, f32x4.splat(0)));
}

/** As many tiles, one under another, as fit into `count` rows; rows of B lie `bStep` bytes apart. */
export function rowTiles(
  count: i32, depth: i32, firstA: usize, aRow: usize,
  firstB: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let b0: v128;
  let b1: v128;
  let x0: v128;
  let x1: v128;
  let x2: v128;
  let x3: v128;
  for (; count >= 4; count -= 4) {
    let k = depth;
    let a = firstA;
    let b = firstB;
    let a1 = a + aRow;
    let a2 = a1 + aRow;
    let a3 = a2 + aRow;
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
      x0 = v128.load32_splat(a);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      x1 = v128.load32_splat(a1);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      if (k == -1) break;
      x2 = v128.load32_splat(a2);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x3 = v128.load32_splat(a3);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      b += bStep;
      if (k == 1) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a, 4);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      x1 = v128.load32_splat(a1, 4);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      if (k == -2) break;
      x2 = v128.load32_splat(a2, 4);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x3 = v128.load32_splat(a3, 4);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      b += bStep;
      if (k == 2) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a, 8);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      x1 = v128.load32_splat(a1, 8);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      if (k == -3) break;
      x2 = v128.load32_splat(a2, 8);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x3 = v128.load32_splat(a3, 8);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      b += bStep;
      if (k == 3) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a, 12);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      x1 = v128.load32_splat(a1, 12);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      if (k == -4) break;
      x2 = v128.load32_splat(a2, 12);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x3 = v128.load32_splat(a3, 12);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      b += bStep;
      a += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
    }
    const r1 = c + cStep;
    const r2 = r1 + cStep;
    const r3 = r2 + cStep;
      if (todo & ADD_TO_C) {
        c00 = f32x4.add(v128.load(c), c00);
        c01 = f32x4.add(v128.load(c, 16), c01);
        c10 = f32x4.add(v128.load(r1), c10);
        c11 = f32x4.add(v128.load(r1, 16), c11);
        c20 = f32x4.add(v128.load(r2), c20);
        c21 = f32x4.add(v128.load(r2, 16), c21);
        c30 = f32x4.add(v128.load(r3), c30);
        c31 = f32x4.add(v128.load(r3, 16), c31);
      }
      if (todo & ADD_BIAS) {
        b0 = v128.load(bias);
        b1 = v128.load(bias, 16);
        c00 = f32x4.add(c00, b0);
        c01 = f32x4.add(c01, b1);
        c10 = f32x4.add(c10, b0);
        c11 = f32x4.add(c11, b1);
        c20 = f32x4.add(c20, b0);
        c21 = f32x4.add(c21, b1);
        c30 = f32x4.add(c30, b0);
        c31 = f32x4.add(c31, b1);
      }
      if (todo & RELU) {
        c00 = relu4(c00);
        c01 = relu4(c01);
        c10 = relu4(c10);
        c11 = relu4(c11);
        c20 = relu4(c20);
        c21 = relu4(c21);
        c30 = relu4(c30);
        c31 = relu4(c31);
      }
      v128.store(c, c00);
      v128.store(c, c01, 16);
      v128.store(r1, c10);
      v128.store(r1, c11, 16);
      v128.store(r2, c20);
      v128.store(r2, c21, 16);
      v128.store(r3, c30);
      v128.store(r3, c31, 16);
    firstA += 4 * aRow;
    c = r3 + cStep;
  }
}

/** The same where A is read by columns, `aStep` bytes apart. */
export function columnTiles(
  count: i32, depth: i32, firstA: usize, aRow: usize, aStep: usize,
  firstB: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let b0: v128;
  let b1: v128;
  let x0: v128;
  let x1: v128;
  let x2: v128;
  let x3: v128;
  for (; count >= 4; count -= 4) {
    let k = depth;
    let a = firstA;
    let b = firstB;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    for (; k > 0; k -= 2) {
      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      x1 = v128.load32_splat(a, 4);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      if (k == -1) break;
      x2 = v128.load32_splat(a, 8);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x3 = v128.load32_splat(a, 12);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      b += bStep;
      a += aStep;
      if (k == 1) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      x1 = v128.load32_splat(a, 4);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      if (k == -2) break;
      x2 = v128.load32_splat(a, 8);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x3 = v128.load32_splat(a, 12);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      b += bStep;
      a += aStep;
    }
    const r1 = c + cStep;
    const r2 = r1 + cStep;
    const r3 = r2 + cStep;
      if (todo & ADD_TO_C) {
        c00 = f32x4.add(v128.load(c), c00);
        c01 = f32x4.add(v128.load(c, 16), c01);
        c10 = f32x4.add(v128.load(r1), c10);
        c11 = f32x4.add(v128.load(r1, 16), c11);
        c20 = f32x4.add(v128.load(r2), c20);
        c21 = f32x4.add(v128.load(r2, 16), c21);
        c30 = f32x4.add(v128.load(r3), c30);
        c31 = f32x4.add(v128.load(r3, 16), c31);
      }
      if (todo & ADD_BIAS) {
        b0 = v128.load(bias);
        b1 = v128.load(bias, 16);
        c00 = f32x4.add(c00, b0);
        c01 = f32x4.add(c01, b1);
        c10 = f32x4.add(c10, b0);
        c11 = f32x4.add(c11, b1);
        c20 = f32x4.add(c20, b0);
        c21 = f32x4.add(c21, b1);
        c30 = f32x4.add(c30, b0);
        c31 = f32x4.add(c31, b1);
      }
      if (todo & RELU) {
        c00 = relu4(c00);
        c01 = relu4(c01);
        c10 = relu4(c10);
        c11 = relu4(c11);
        c20 = relu4(c20);
        c21 = relu4(c21);
        c30 = relu4(c30);
        c31 = relu4(c31);
      }
      v128.store(c, c00);
      v128.store(c, c01, 16);
      v128.store(r1, c10);
      v128.store(r1, c11, 16);
      v128.store(r2, c20);
      v128.store(r2, c21, 16);
      v128.store(r3, c30);
      v128.store(r3, c31, 16);
    firstA += 4 * aRow;
    c = r3 + cStep;
  }
}
