// x·y + z, the sum every product is made of: rounded twice in the portable build, so that it has the same bits everywhere;
// in the relaxed build (`--enable relaxed-simd`) rounded once where the machine can, by its fused instruction.

// @ts-ignore: decorator
@inline
export function madd(x: v128, y: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, z);
  return f32x4.add(z, f32x4.mul(x, y));
}

/** z - x·y. */
// @ts-ignore: decorator
@inline
export function nmadd(x: v128, y: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(x, y, z);
  return f32x4.sub(z, f32x4.mul(x, y));
}
