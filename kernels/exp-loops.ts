// The ops by way of e^x as two loops over a chunk: one divides x into n·ln 2 + r, the other makes e^r and what the op makes of
// it; for ordinary numbers, with the bits of the ops by themselves (exp.ts, sigmoid.ts, softplus.ts, tanh.ts).
//
// Method: one loop's twenty operations are a chain in which each waits for the one before, and the processor does not look
// far enough ahead (some 64 operations that wait) to fill the time with the next numbers. Two chains half as long, with r and
// n in between in the first cache, let it look twice as many numbers ahead. Where what follows e^r is long, it is a third loop.
// Gain on a Zen 4: exp, sigmoid, tanh 1.4 times as fast, silu 1.7, softplus 2. What is left: exp's 24 vector operations for
// four numbers take 6 cycles (0.41 ns a number, 43 % of a copy's bandwidth beyond the caches) at four a cycle; measured are 8
// (0.57 ns, 31 %).
import { ownChunks, PART } from "./cell";
import { expMinusOneOf, expNearZero, expRest, expShift, expSplit, ORDINARY } from "./exp";
import * as code from "./opcodes";
import { sigmoidOf, siluOf } from "./sigmoid";
import { softplusOf } from "./softplus";
import { tanhExponent, tanhOf } from "./tanh";

/** |x| and -x by a constant that stays in a register: V8 makes the one of f32x4.abs and neg anew each time, two operations. */
// @ts-ignore: decorator
@inline
function size4(x: v128): v128 {
  return v128.and(x, i32x4.splat(0x7fffffff));
}

// @ts-ignore: decorator
@inline
function negative4(x: v128): v128 {
  return v128.xor(x, i32x4.splat(0x80000000));
}

/** What e is raised to for an op: x, -x, -|x|, or 2·|x|, from 20 on the same. */
// @ts-ignore: decorator
@inline
function exponent(op: i32, x: v128): v128 {
  if (op == code.OP_EXP) return x;
  if (op == code.OP_SIGMOID) return negative4(x);
  if (op == code.OP_TANH) return tanhExponent(x);
  return v128.or(x, i32x4.splat(0x80000000));
}

/** Keeps r and n of each exponent; whether none of them is beyond ORDINARY or NaN. n is a multiple of four, up to CHUNK. */
// @ts-ignore: decorator
@inline
export function divided(op: i32, n: i32, a: usize, da: usize): bool {
  let all = i32x4.splat(-1);
  for (let to = ownChunks(), end = to + ((<usize>n) << 2); to < end; to += 16) {
    const x = exponent(op, v128.load(a));
    const split = expSplit(x);
    v128.store(to, expRest(x, split));
    v128.store(to, split, PART);
    all = v128.and(all, f32x4.le(size4(x), f32x4.splat(ORDINARY)));
    a += da;
  }
  return i32x4.all_true(all);
}

/** The ops of numbers that are divided. */
// @ts-ignore: decorator
@inline
export function combined(op: i32, n: i32, y: usize, a: usize, da: usize): void {
  const direct = op == code.OP_EXP || op == code.OP_SIGMOID;
  const end = ownChunks() + ((<usize>n) << 2);
  let to = direct ? y : ownChunks();
  for (let from = ownChunks(); from < end; from += 16) {
    const r = v128.load(from);
    const split = v128.load(from, PART);
    const e = op == code.OP_TANH ? expMinusOneOf(r, split) : expShift(expNearZero(r), split);
    v128.store(to, op == code.OP_SIGMOID ? sigmoidOf(e) : e);
    to += 16;
  }
  if (direct) return;
  for (let from = ownChunks(); from < end; from += 16) {
    const x = v128.load(a);
    const e = v128.load(from);
    v128.store(y, op == code.OP_TANH ? tanhOf(x, e) : op == code.OP_SILU ? siluOf(x, e) : softplusOf(x, e));
    y += 16;
    a += da;
  }
}
