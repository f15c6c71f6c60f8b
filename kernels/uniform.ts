// Counter-based random numbers in [0, 1): the same integers as src/ops/uniform.ts, four at a time.
import { store4 } from "./lanes";

function mix(x: u32): u32 {
  let h = x;
  h = (h ^ (h >>> 16)) * 0x7feb352d;
  h = (h ^ (h >>> 15)) * 0x846ca68b;
  return h ^ (h >>> 16);
}

// @ts-ignore: decorator
@inline
function mix4(x: v128): v128 {
  let h = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** Words: opcode, words, step, y, length, seed, stream, index of the first number: each depends on its index alone. */
export function uniformStep(program: usize): void {
  const step = <u32>(<i32>load<f32>(<usize>load<u32>(program, 8)));
  let y = <usize>load<u32>(program, 12);
  const seed = load<u32>(program, 20);
  const stream = load<u32>(program, 24);
  const key = i32x4.splat(mix(seed ^ mix(stream ^ mix(step))));
  let index = i32x4.add(i32x4.splat(load<i32>(program, 28)), i32x4(0, 1, 2, 3));
  for (let left = load<i32>(program, 16); left > 0; left -= 4) {
    const bits = i32x4.shr_u(mix4(i32x4.add(mix4(v128.xor(index, key)), key)), 8);
    store4(y, f32x4.mul(f32x4.convert_i32x4_s(bits), f32x4.splat(5.9604644775390625e-8)), left);
    index = i32x4.add(index, i32x4.splat(4));
    y += 16;
  }
}
