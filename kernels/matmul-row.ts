// One row times a transposed matrix, as in the prediction of a single example.
//
// Method: B is read where it is, 16 of its rows side by side, four k of four of them transposed in registers: 8 shuffles for
// 4 multiplications and 4 additions. The order of sums is that of every product (matmul-tile.ts). Gain on a Zen 4 over one sum
// at a time, each addition waiting for the last: 1.6 times as fast for 64 × 64, 1.9 for 784 × 128.
import { ownChunks } from "./cell";
import { madd } from "./madd";
import { finish } from "./matmul-edge";

/** The next four k of four rows of B, transposed in registers, times those of a row of A. */
// @ts-ignore: decorator
@inline
function maddTransposed(sum: v128, a: usize, b: usize, bColumn: usize): v128 {
  const second = b + bColumn;
  const third = second + bColumn;
  const r0 = v128.load(b);
  const r1 = v128.load(second);
  const r2 = v128.load(third);
  const r3 = v128.load(third + bColumn);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  sum = madd(v128.load32_splat(a), v128.shuffle<i64>(low01, low23, 0, 2), sum);
  sum = madd(v128.load32_splat(a, 4), v128.shuffle<i64>(low01, low23, 1, 3), sum);
  sum = madd(v128.load32_splat(a, 8), v128.shuffle<i64>(high01, high23, 0, 2), sum);
  return madd(v128.load32_splat(a, 12), v128.shuffle<i64>(high01, high23, 1, 3), sum);
}

/**
 * 4 to 16 numbers of one row of C by a transposed B read where it is: for one row this costs less than packing B. Columns go
 * by fours; the last four are the last of `width`, some of them twice if need be. k is a multiple of 4.
 */
export function transposed1x16(
  width: i32, depth: i32, a: usize, b: usize, bColumn: usize, c: usize, bias: usize, todo: i32,
): void {
  const last = width - 4;
  const second = <usize>min(4, last);
  const third = <usize>min(8, last);
  const fourth = <usize>min(12, last);
  let b1 = b + second * bColumn;
  let b2 = b + third * bColumn;
  let b3 = b + fourth * bColumn;
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  for (let k = depth; k > 0; k -= 4) {
    c0 = maddTransposed(c0, a, b, bColumn);
    if (k == -1) break;
    c1 = maddTransposed(c1, a, b1, bColumn);
    if (k == -2) break;
    c2 = maddTransposed(c2, a, b2, bColumn);
    if (k == -3) break;
    c3 = maddTransposed(c3, a, b3, bColumn);
    a += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  // Numbers that two of these vectors share are the same in both.
  const sums = ownChunks();
  v128.store(sums, c0);
  v128.store(sums + (second << 2), c1);
  v128.store(sums + (third << 2), c2);
  v128.store(sums + (fourth << 2), c3);
  finish(1, width, c, 0, bias, todo);
}
