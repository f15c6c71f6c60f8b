// The micro-kernel: a tile of C, up to 4 rows × 8 columns, held in registers while k runs.
//
// Method: for each k, two vectors of B times four repeated numbers of A: 8 multiplications and 8 additions for 6 loads.
// A is read by rows (four rows side by side, as A lies in memory or was packed) or by columns (four numbers next to each
// other, as a transposed A lies). Each number of C is summed over k in order, whatever tile it falls in: results do not
// depend on m, n or the tile.
//
// Full tiles take four k a turn, with a branch that is never taken (k is positive) after two of the four rows. It keeps
// V8 from gathering all loads at the front of the turn, where the processor (measured on a Zen 3) then hands out
// multiplications and additions unevenly. Gain: 32 → 37 GFLOP/s with the branch, → 42 with packed B, of 45 possible.
import { storeTail } from "./lanes";

/** What is done with the sums of a tile. */
export const ADD_TO_C: i32 = 1;
export const ADD_BIAS: i32 = 2;
export const RELU: i32 = 4;

// @ts-ignore: decorator
@inline
function relu4(x: v128): v128 {
  return v128.andnot(x, f32x4.le(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function finish(sum: v128, c: usize, bias: usize, todo: i32, width: i32): void {
  if (todo & ADD_TO_C) sum = f32x4.add(v128.load(c), sum);
  if (todo & ADD_BIAS) sum = f32x4.add(sum, v128.load(bias));
  if (todo & RELU) sum = relu4(sum);
  if (width >= 4) v128.store(c, sum);
  else storeTail(c, sum, width);
}

/** Tiles of 4 × 8 one under another, as many as fit into `count` rows; B is a packed panel of 8 columns. */
export function packedTiles(
  count: i32, depth: i32, firstA: usize, aRow: usize, firstB: usize, c: usize, cStep: usize, bias: usize, todo: i32,
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
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -1) break;
      x2 = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      if (k == 1) break;

      b0 = v128.load(b, 32);
      b1 = v128.load(b, 48);
      x0 = v128.load32_splat(a, 4);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -2) break;
      x2 = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      if (k == 2) break;

      b0 = v128.load(b, 64);
      b1 = v128.load(b, 80);
      x0 = v128.load32_splat(a, 8);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1, 8);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -3) break;
      x2 = v128.load32_splat(a2, 8);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3, 8);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      if (k == 3) break;

      b0 = v128.load(b, 96);
      b1 = v128.load(b, 112);
      x0 = v128.load32_splat(a, 12);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1, 12);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -4) break;
      x2 = v128.load32_splat(a2, 12);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3, 12);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      b += 128;
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
      const bias0 = v128.load(bias);
      const bias1 = v128.load(bias, 16);
      c00 = f32x4.add(c00, bias0);
      c01 = f32x4.add(c01, bias1);
      c10 = f32x4.add(c10, bias0);
      c11 = f32x4.add(c11, bias1);
      c20 = f32x4.add(c20, bias0);
      c21 = f32x4.add(c21, bias1);
      c30 = f32x4.add(c30, bias0);
      c31 = f32x4.add(c31, bias1);
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

/** The same where B's rows lie `bStep` bytes apart. */
export function rowTiles(
  count: i32, depth: i32, firstA: usize, aRow: usize, firstB: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
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
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -1) break;
      x2 = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      b += bStep;
      if (k == 1) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a, 4);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -2) break;
      x2 = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      b += bStep;
      if (k == 2) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a, 8);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1, 8);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -3) break;
      x2 = v128.load32_splat(a2, 8);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3, 8);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      b += bStep;
      if (k == 3) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a, 12);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a1, 12);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -4) break;
      x2 = v128.load32_splat(a2, 12);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a3, 12);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
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
      const bias0 = v128.load(bias);
      const bias1 = v128.load(bias, 16);
      c00 = f32x4.add(c00, bias0);
      c01 = f32x4.add(c01, bias1);
      c10 = f32x4.add(c10, bias0);
      c11 = f32x4.add(c11, bias1);
      c20 = f32x4.add(c20, bias0);
      c21 = f32x4.add(c21, bias1);
      c30 = f32x4.add(c30, bias0);
      c31 = f32x4.add(c31, bias1);
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
  count: i32, depth: i32, firstA: usize, aRow: usize, aStep: usize, firstB: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
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
    for (; k > 0; k -= 4) {
      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a, 4);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -1) break;
      x2 = v128.load32_splat(a, 8);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a, 12);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      b += bStep;
      a += aStep;
      if (k == 1) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a, 4);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -2) break;
      x2 = v128.load32_splat(a, 8);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a, 12);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      b += bStep;
      a += aStep;
      if (k == 2) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a, 4);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -3) break;
      x2 = v128.load32_splat(a, 8);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a, 12);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      b += bStep;
      a += aStep;
      if (k == 3) break;

      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      x0 = v128.load32_splat(a);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      x1 = v128.load32_splat(a, 4);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      if (k == -4) break;
      x2 = v128.load32_splat(a, 8);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      x3 = v128.load32_splat(a, 12);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
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
      const bias0 = v128.load(bias);
      const bias1 = v128.load(bias, 16);
      c00 = f32x4.add(c00, bias0);
      c01 = f32x4.add(c01, bias1);
      c10 = f32x4.add(c10, bias0);
      c11 = f32x4.add(c11, bias1);
      c20 = f32x4.add(c20, bias0);
      c21 = f32x4.add(c21, bias1);
      c30 = f32x4.add(c30, bias0);
      c31 = f32x4.add(c31, bias1);
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

export function tile4x8Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let a1 = a + aStep;
  let a2 = a1 + aStep;
  let a3 = a2 + aStep;
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
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    const x3 = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    b += bStep;
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c10, c, bias, todo, 4);
  finish(c11, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c20, c, bias, todo, 4);
  finish(c21, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c30, c, bias, todo, 4);
  finish(c31, c + 16, bias + 16, todo, width - 4);
}

export function tile4x4Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let a1 = a + aStep;
  let a2 = a1 + aStep;
  let a3 = a2 + aStep;
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    const x2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    const x3 = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    b += bStep;
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
  }
  finish(c00, c, bias, todo, width);
  c += cStep;
  finish(c10, c, bias, todo, width);
  c += cStep;
  finish(c20, c, bias, todo, width);
  c += cStep;
  finish(c30, c, bias, todo, width);
}

export function tile3x8Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let a1 = a + aStep;
  let a2 = a1 + aStep;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    b += bStep;
    a += 4;
    a1 += 4;
    a2 += 4;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c10, c, bias, todo, 4);
  finish(c11, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c20, c, bias, todo, 4);
  finish(c21, c + 16, bias + 16, todo, width - 4);
}

export function tile3x4Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let a1 = a + aStep;
  let a2 = a1 + aStep;
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    const x2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    b += bStep;
    a += 4;
    a1 += 4;
    a2 += 4;
  }
  finish(c00, c, bias, todo, width);
  c += cStep;
  finish(c10, c, bias, todo, width);
  c += cStep;
  finish(c20, c, bias, todo, width);
}

export function tile2x8Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let a1 = a + aStep;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    b += bStep;
    a += 4;
    a1 += 4;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c10, c, bias, todo, 4);
  finish(c11, c + 16, bias + 16, todo, width - 4);
}

export function tile2x4Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let a1 = a + aStep;
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    b += bStep;
    a += 4;
    a1 += 4;
  }
  finish(c00, c, bias, todo, width);
  c += cStep;
  finish(c10, c, bias, todo, width);
}

export function tile1x8Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    b += bStep;
    a += 4;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
}

export function tile1x4Rows(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    b += bStep;
    a += 4;
  }
  finish(c00, c, bias, todo, width);
}

export function tile4x8Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
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
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    const x3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c10, c, bias, todo, 4);
  finish(c11, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c20, c, bias, todo, 4);
  finish(c21, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c30, c, bias, todo, 4);
  finish(c31, c + 16, bias + 16, todo, width - 4);
}

export function tile4x4Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    const x1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    const x2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    const x3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, width);
  c += cStep;
  finish(c10, c, bias, todo, width);
  c += cStep;
  finish(c20, c, bias, todo, width);
  c += cStep;
  finish(c30, c, bias, todo, width);
}

export function tile3x8Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c10, c, bias, todo, 4);
  finish(c11, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c20, c, bias, todo, 4);
  finish(c21, c + 16, bias + 16, todo, width - 4);
}

export function tile3x4Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    const x1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    const x2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, width);
  c += cStep;
  finish(c10, c, bias, todo, width);
  c += cStep;
  finish(c20, c, bias, todo, width);
}

export function tile2x8Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
  c += cStep;
  finish(c10, c, bias, todo, 4);
  finish(c11, c + 16, bias + 16, todo, width - 4);
}

export function tile2x4Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    const x1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, width);
  c += cStep;
  finish(c10, c, bias, todo, width);
}

export function tile1x8Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, 4);
  finish(c01, c + 16, bias + 16, todo, width - 4);
}

export function tile1x4Columns(
  k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, width: i32, bias: usize, todo: i32,
): void {
  let c00 = f32x4.splat(0);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const x0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    b += bStep;
    a += aStep;
  }
  finish(c00, c, bias, todo, width);
}

/**
 * One row of C by a transposed B read where it is: columns 0 … width-1 (up to 4) are rows of B, transposed four k at a time
 * in registers. For a few rows this costs less than packing B.
 */
export function tile1x4Transposed(
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
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.shuffle<i64>(low01, low23, 0, 2)));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a, 4), v128.shuffle<i64>(low01, low23, 1, 3)));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a, 8), v128.shuffle<i64>(high01, high23, 0, 2)));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a, 12), v128.shuffle<i64>(high01, high23, 1, 3)));
    a += 16;
    b0 += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  for (; k > 0; k--) {
    const column = f32x4(load<f32>(b0), load<f32>(b1), load<f32>(b2), load<f32>(b3));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), column));
    a += 4;
    b0 += 4;
    b1 += 4;
    b2 += 4;
    b3 += 4;
  }
  finish(sum, c, bias, todo, width);
}
