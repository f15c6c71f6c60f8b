// The micro-kernel: tiles of C, 4 rows × 8 columns, held in registers while k runs.
//
// Method: for each k, two vectors of B times four repeated numbers of A: 8 multiplications and 8 additions for 6 loads. A is
// read by rows (as A lies in memory or was packed), B from a panel: rows of 8 numbers, close together. Each number of C is
// summed over k in order, whatever tile it falls in: results do not depend on m, n or the tile.
//
// The processor (Zen 4) takes six operations a cycle and has 16 of them to do in four, so what is neither a multiplication
// nor an addition has to be rare: a turn takes eight k, at fixed distances from pointers that move once a turn. One branch a
// k ends the loop; another, never taken (k is positive), keeps V8 from gathering all loads of a k at its front, which with
// the first two rows first costs the newer V8 of Node 24 a tenth. The order of rows is the best for both of all 24. Nothing
// may be called while the sums live: V8 would keep them in memory throughout. Tiles that are not full are elsewhere
// (matmul-edge.ts). Gain over four k a turn, two branches a k and any distance between rows of B: 45 → 50 GFLOP/s of 58
// possible; the naive product (bench.ts) reaches 2 to 3. The naive version that results are compared with, bit by bit:
// test/kernels/naive-matmul.ts.
import { madd } from "./madd";

/** What is done with the sums of a tile. */
export const ADD_TO_C: i32 = 1;
export const ADD_BIAS: i32 = 2;
export const RELU: i32 = 4;
/** C - rate·sum in place of the sum. */
export const DESCEND: i32 = 8;

let rate: f32 = 0;

/** The rate of the next product that descends. */
export function setRate(value: f32): void {
  rate = value;
}

// @ts-ignore: decorator
@inline
export function relu4(x: v128): v128 {
  return v128.andnot(x, f32x4.le(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
export function descend4(c: usize, sum: v128): v128 {
  return f32x4.sub(v128.load(c), f32x4.mul(f32x4.splat(rate), sum));
}

/** As many tiles, one under another, as fit into `count` rows. */
export function panelTiles(
  count: i32, depth: i32, firstA: usize, aRow: usize,
  panel: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  let b0: v128;
  let b1: v128;
  let x0: v128;
  let x1: v128;
  let x2: v128;
  let x3: v128;
  for (; count >= 4; count -= 4) {
    let k = depth;
    let b = panel;
    let a = firstA;
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
    for (; k > 0; k -= 8) {
      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x3 = v128.load32_splat(a3);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -1) break;
      x2 = v128.load32_splat(a2);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      if (k == 1) break;

      b0 = v128.load(b, 32);
      b1 = v128.load(b, 48);
      x3 = v128.load32_splat(a3, 4);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -2) break;
      x2 = v128.load32_splat(a2, 4);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1, 4);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a, 4);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      if (k == 2) break;

      b0 = v128.load(b, 64);
      b1 = v128.load(b, 80);
      x3 = v128.load32_splat(a3, 8);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -3) break;
      x2 = v128.load32_splat(a2, 8);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1, 8);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a, 8);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      if (k == 3) break;

      b0 = v128.load(b, 96);
      b1 = v128.load(b, 112);
      x3 = v128.load32_splat(a3, 12);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -4) break;
      x2 = v128.load32_splat(a2, 12);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1, 12);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a, 12);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      if (k == 4) break;

      b0 = v128.load(b, 128);
      b1 = v128.load(b, 144);
      x3 = v128.load32_splat(a3, 16);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -5) break;
      x2 = v128.load32_splat(a2, 16);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1, 16);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a, 16);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      if (k == 5) break;

      b0 = v128.load(b, 160);
      b1 = v128.load(b, 176);
      x3 = v128.load32_splat(a3, 20);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -6) break;
      x2 = v128.load32_splat(a2, 20);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1, 20);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a, 20);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      if (k == 6) break;

      b0 = v128.load(b, 192);
      b1 = v128.load(b, 208);
      x3 = v128.load32_splat(a3, 24);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -7) break;
      x2 = v128.load32_splat(a2, 24);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1, 24);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a, 24);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      if (k == 7) break;

      b0 = v128.load(b, 224);
      b1 = v128.load(b, 240);
      x3 = v128.load32_splat(a3, 28);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      if (k == -8) break;
      x2 = v128.load32_splat(a2, 28);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      x1 = v128.load32_splat(a1, 28);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      x0 = v128.load32_splat(a, 28);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      b += 256;
      a += 32;
      a1 += 32;
      a2 += 32;
      a3 += 32;
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
    if (todo & DESCEND) {
      c00 = descend4(c, c00);
      c01 = descend4(c + 16, c01);
      c10 = descend4(r1, c10);
      c11 = descend4(r1 + 16, c11);
      c20 = descend4(r2, c20);
      c21 = descend4(r2 + 16, c21);
      c30 = descend4(r3, c30);
      c31 = descend4(r3 + 16, c31);
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
