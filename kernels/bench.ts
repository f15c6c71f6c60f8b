// What bench/kernels.mjs measures: the kernels themselves, the naive product they are compared with, and the ceiling.
import { madd } from "./madd";

export { applyBlock } from "./elementwise-ops";
export { base, run } from "./index";
export { matmul } from "./matmul";

/**
 * As many multiplications and additions as the machine can do, on registers only: 12 vector operations a turn. The fused
 * ones are 12 chains; separate ones are 6 chains of products, each added to a sum of its own, so that neither a product nor
 * a sum waits longer than for the one before it. The operands come from memory: V8 builds constants anew in every turn.
 */
export function ceiling(turns: i32, numbers: usize): f32 {
  const x = v128.load(numbers);
  let a0 = v128.load(numbers, 16);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let a5 = a0;
  let c0 = a0;
  let c1 = a0;
  let c2 = a0;
  let c3 = a0;
  let c4 = a0;
  let c5 = a0;
  for (; turns > 0; turns--) {
    if (ASC_FEATURE_RELAXED_SIMD) {
      a0 = madd(a0, x, x);
      a1 = madd(a1, x, x);
      a2 = madd(a2, x, x);
      a3 = madd(a3, x, x);
      a4 = madd(a4, x, x);
      a5 = madd(a5, x, x);
      c0 = madd(c0, x, x);
      c1 = madd(c1, x, x);
      c2 = madd(c2, x, x);
      c3 = madd(c3, x, x);
      c4 = madd(c4, x, x);
      c5 = madd(c5, x, x);
    } else {
      a0 = f32x4.mul(a0, x);
      c0 = f32x4.add(c0, a0);
      a1 = f32x4.mul(a1, x);
      c1 = f32x4.add(c1, a1);
      a2 = f32x4.mul(a2, x);
      c2 = f32x4.add(c2, a2);
      a3 = f32x4.mul(a3, x);
      c3 = f32x4.add(c3, a3);
      a4 = f32x4.mul(a4, x);
      c4 = f32x4.add(c4, a4);
      a5 = f32x4.mul(a5, x);
      c5 = f32x4.add(c5, a5);
    }
  }
  c0 = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  a0 = f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3));
  a4 = f32x4.add(f32x4.add(a4, a5), f32x4.add(c4, c5));
  return f32x4.extract_lane(f32x4.add(c0, f32x4.add(a0, a4)), 0);
}

/** Operations of a turn, in vectors of four: a fused one counts twice. */
export function ceilingOperations(): i32 {
  return ASC_FEATURE_RELAXED_SIMD ? 24 : 12;
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
