// What bench/kernels.mjs measures: the kernels themselves, the naive product they are compared with, and the ceiling.
import { madd } from "./madd";

export { applyBlock } from "./elementwise-ops";
export { base, run } from "./index";
export { matmul } from "./matmul";

/**
 * As many multiplications and additions as the machine can do, on registers only: 24 vector operations a turn, in 12 chains
 * so that none waits for another. Its two operands come from memory: V8 builds constants anew in every turn.
 */
export function ceiling(turns: i32, numbers: usize): f32 {
  const x = v128.load(numbers);
  const y = v128.load(numbers, 16);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(1);
  let c2 = f32x4.splat(2);
  let c3 = f32x4.splat(3);
  let c4 = f32x4.splat(4);
  let c5 = f32x4.splat(5);
  let c6 = f32x4.splat(6);
  let c7 = f32x4.splat(7);
  let c8 = f32x4.splat(8);
  let c9 = f32x4.splat(9);
  let c10 = f32x4.splat(10);
  let c11 = f32x4.splat(11);
  for (; turns > 0; turns--) {
    c0 = madd(c0, y, x);
    c1 = madd(c1, y, x);
    c2 = madd(c2, y, x);
    c3 = madd(c3, y, x);
    c4 = madd(c4, y, x);
    c5 = madd(c5, y, x);
    c6 = madd(c6, y, x);
    c7 = madd(c7, y, x);
    c8 = madd(c8, y, x);
    c9 = madd(c9, y, x);
    c10 = madd(c10, y, x);
    c11 = madd(c11, y, x);
  }
  c0 = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  c4 = f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7));
  c8 = f32x4.add(f32x4.add(c8, c9), f32x4.add(c10, c11));
  return f32x4.extract_lane(f32x4.add(c0, f32x4.add(c4, c8)), 0);
}

export function naiveMatmul(m: i32, k: i32, n: i32, a: usize, b: usize, c: usize): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum: f32 = 0;
      for (let p = 0; p < k; p++) {
        sum += load<f32>(a + ((<usize>(i * k + p)) << 2)) * load<f32>(b + ((<usize>(p * n + j)) << 2));
      }
      store<f32>(c + ((<usize>(i * n + j)) << 2), sum);
    }
  }
}
