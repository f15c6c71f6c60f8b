// The elementwise ops as loops over a block: y = op(a, b, c), four numbers at a time. An operand advances by 16 bytes a
// turn, or by 0 when it is one repeated number; so scalars and constants need no loops of their own.
//
// The opcode is a constant wherever `apply1` … `apply3` are called, so each loop is left with its own op only (3 times as
// fast as choosing it for each vector). Cheap ops take 0.2 to 0.3 ns a number in the first cache, and as long as a copy
// beyond the caches.
import { CHUNK, ownVector } from "./cell";
import { elu4 } from "./elu";
import { exp4 } from "./exp";
import { combined, divided } from "./exp-loops";
import { storeTail } from "./lanes";
import { log4 } from "./log";
import { mish4 } from "./mish";
import { gelu4, normalCdf4 } from "./normal-cdf";
import * as code from "./opcodes";
import { pow4 } from "./pow";
import { sigmoid4, silu4 } from "./sigmoid";
import { softplus4, softplusBeta4 } from "./softplus";
import { tanh4 } from "./tanh";

// @ts-ignore: decorator
@inline
function ones(): v128 {
  return f32x4.splat(1);
}

// @ts-ignore: decorator
@inline
function zeros(): v128 {
  return f32x4.splat(0);
}

/** 1 where x > 0, else 0. */
// @ts-ignore: decorator
@inline
function step4(x: v128): v128 {
  return v128.and(f32x4.gt(x, zeros()), ones());
}

// @ts-ignore: decorator
@inline
export function apply1(op: i32, x: v128): v128 {
  if (op == code.OP_NEG) return f32x4.neg(x);
  if (op == code.OP_EXP) return exp4(x);
  if (op == code.OP_LOG) return log4(x);
  if (op == code.OP_SQRT) return f32x4.sqrt(x);
  if (op == code.OP_ABS) return f32x4.abs(x);
  if (op == code.OP_SIGN) return f32x4.sub(step4(x), step4(f32x4.neg(x)));
  if (op == code.OP_STEP) return step4(x);
  if (op == code.OP_SIGMOID) return sigmoid4(x);
  if (op == code.OP_TANH) return tanh4(x);
  // Keeps what is not below or at 0: NaN stays NaN.
  if (op == code.OP_RELU) return v128.andnot(x, f32x4.le(x, zeros()));
  if (op == code.OP_GELU) return gelu4(x);
  if (op == code.OP_NORMAL_CDF) return normalCdf4(x);
  if (op == code.OP_SILU) return silu4(x);
  if (op == code.OP_SOFTPLUS) return softplus4(x);
  if (op == code.OP_SOFTSIGN) return f32x4.div(x, f32x4.add(ones(), f32x4.abs(x)));
  if (op == code.OP_MISH) return mish4(x);
  return x;
}

// @ts-ignore: decorator
@inline
export function apply2(op: i32, a: v128, b: v128): v128 {
  if (op == code.OP_ADD) return f32x4.add(a, b);
  if (op == code.OP_SUB) return f32x4.sub(a, b);
  if (op == code.OP_MUL) return f32x4.mul(a, b);
  if (op == code.OP_DIV) return f32x4.div(a, b);
  if (op == code.OP_POW) return pow4(a, b);
  if (op == code.OP_EQUAL) return v128.and(f32x4.eq(a, b), ones());
  if (op == code.OP_MINIMUM) return v128.bitselect(a, b, f32x4.lt(a, b));
  if (op == code.OP_MAXIMUM) return v128.bitselect(a, b, f32x4.gt(a, b));
  if (op == code.OP_LEAKY_RELU) return v128.bitselect(a, f32x4.mul(a, b), f32x4.gt(a, zeros()));
  if (op == code.OP_MUL_STEP) return f32x4.mul(a, step4(b));
  // op == OP_CROSS_ENTROPY: a is the probability, b the target.
  const safe = f32x4.max(a, f32x4.splat(1.1754943508222875e-38));
  return v128.andnot(f32x4.neg(f32x4.mul(b, log4(safe))), f32x4.eq(b, zeros()));
}

/** weight·cost, where a weight of 0 removes even an infinite cost. */
// @ts-ignore: decorator
@inline
function term(weight: v128, cost: v128): v128 {
  return v128.andnot(f32x4.mul(weight, cost), f32x4.eq(weight, zeros()));
}

// @ts-ignore: decorator
@inline
export function apply3(op: i32, a: v128, b: v128, c: v128): v128 {
  if (op == code.OP_WHERE) return v128.bitselect(c, b, f32x4.eq(a, zeros()));
  if (op == code.OP_ELU) return elu4(a, b, c);
  if (op == code.OP_SOFTPLUS_BETA) return softplusBeta4(a, b, c);
  if (op == code.OP_HARDTANH) {
    const low = v128.bitselect(b, a, f32x4.lt(a, b));
    return v128.bitselect(c, low, f32x4.gt(a, c));
  }
  if (op == code.OP_MUL_ADD) return f32x4.add(a, f32x4.mul(b, c));
  if (op == code.OP_MUL_SUB) return f32x4.sub(a, f32x4.mul(b, c));
  // op == OP_BINARY_CROSS_ENTROPY: a is the logit, b the target, c the weight of a positive. Both softplus share e^-|a|.
  const rest = softplus4(f32x4.neg(f32x4.abs(a)));
  const missed = f32x4.add(rest, f32x4.pmax(f32x4.neg(a), zeros()));
  const alarm = f32x4.add(rest, f32x4.pmax(a, zeros()));
  return f32x4.add(term(f32x4.mul(c, b), missed), term(f32x4.sub(ones(), b), alarm));
}

// @ts-ignore: decorator
@inline
function loop1(op: i32, n: i32, y: usize, a: usize, da: usize): void {
  for (; n > 0; n -= 4) {
    v128.store(y, apply1(op, v128.load(a)));
    y += 16;
    a += da;
  }
}

/** Ops by way of e^x, a chunk at a time in two loops (exp-loops.ts) where all numbers allow it. */
// @ts-ignore: decorator
@inline
function loopExp(op: i32, n: i32, y: usize, a: usize, da: usize): void {
  for (; n > 0; n -= CHUNK) {
    const count = min(CHUNK, n);
    if (divided(op, count, a, da)) combined(op, count, y, a, da);
    else loop1(op, count, y, a, da);
    y += (<usize>CHUNK) << 2;
    a += (<usize>(CHUNK >> 2)) * da;
  }
}

// @ts-ignore: decorator
@inline
function loop2(op: i32, n: i32, y: usize, a: usize, da: usize, b: usize, db: usize): void {
  for (; n > 0; n -= 4) {
    v128.store(y, apply2(op, v128.load(a), v128.load(b)));
    y += 16;
    a += da;
    b += db;
  }
}

// @ts-ignore: decorator
@inline
function loop3(op: i32, n: i32, y: usize, a: usize, da: usize, b: usize, db: usize, c: usize, dc: usize): void {
  for (; n > 0; n -= 4) {
    v128.store(y, apply3(op, v128.load(a), v128.load(b), v128.load(c)));
    y += 16;
    a += da;
    b += db;
    c += dc;
  }
}

/** Runs one op over n numbers. */
export function applyBlock(
  op: i32,
  n: i32,
  y: usize,
  a: usize,
  da: usize,
  b: usize,
  db: usize,
  c: usize,
  dc: usize,
): void {
  const whole = n & ~3;
  applyWhole(op, whole, y, a, da, b, db, c, dc);
  if (n == whole) return;
  const turns = <usize>(whole >> 2);
  // The last one, two or three results are computed all four of them, before they are stored.
  const last = ownVector();
  applyWhole(op, 4, last, a + turns * da, da, b + turns * db, db, c + turns * dc, dc);
  storeTail(y + (turns << 4), v128.load(last), n - whole);
}

/** The same for a multiple of four: a loop without a branch in it, in which V8 would repeat the arithmetic. */
function applyWhole(
  op: i32,
  n: i32,
  y: usize,
  a: usize,
  da: usize,
  b: usize,
  db: usize,
  c: usize,
  dc: usize,
): void {
  switch (op) {
    case code.OP_MOVE: return loop1(code.OP_MOVE, n, y, a, da);
    case code.OP_NEG: return loop1(code.OP_NEG, n, y, a, da);
    case code.OP_EXP: return loopExp(code.OP_EXP, n, y, a, da);
    case code.OP_LOG: return loop1(code.OP_LOG, n, y, a, da);
    case code.OP_SQRT: return loop1(code.OP_SQRT, n, y, a, da);
    case code.OP_ABS: return loop1(code.OP_ABS, n, y, a, da);
    case code.OP_SIGN: return loop1(code.OP_SIGN, n, y, a, da);
    case code.OP_STEP: return loop1(code.OP_STEP, n, y, a, da);
    case code.OP_SIGMOID: return loopExp(code.OP_SIGMOID, n, y, a, da);
    case code.OP_TANH: return loopExp(code.OP_TANH, n, y, a, da);
    case code.OP_RELU: return loop1(code.OP_RELU, n, y, a, da);
    case code.OP_GELU: return loop1(code.OP_GELU, n, y, a, da);
    case code.OP_NORMAL_CDF: return loop1(code.OP_NORMAL_CDF, n, y, a, da);
    case code.OP_SILU: return loopExp(code.OP_SILU, n, y, a, da);
    case code.OP_SOFTPLUS: return loopExp(code.OP_SOFTPLUS, n, y, a, da);
    case code.OP_SOFTSIGN: return loop1(code.OP_SOFTSIGN, n, y, a, da);
    case code.OP_MISH: return loop1(code.OP_MISH, n, y, a, da);
    case code.OP_ADD: return loop2(code.OP_ADD, n, y, a, da, b, db);
    case code.OP_SUB: return loop2(code.OP_SUB, n, y, a, da, b, db);
    case code.OP_MUL: return loop2(code.OP_MUL, n, y, a, da, b, db);
    case code.OP_DIV: return loop2(code.OP_DIV, n, y, a, da, b, db);
    case code.OP_POW: return loop2(code.OP_POW, n, y, a, da, b, db);
    case code.OP_EQUAL: return loop2(code.OP_EQUAL, n, y, a, da, b, db);
    case code.OP_MINIMUM: return loop2(code.OP_MINIMUM, n, y, a, da, b, db);
    case code.OP_MAXIMUM: return loop2(code.OP_MAXIMUM, n, y, a, da, b, db);
    case code.OP_LEAKY_RELU: return loop2(code.OP_LEAKY_RELU, n, y, a, da, b, db);
    case code.OP_CROSS_ENTROPY: return loop2(code.OP_CROSS_ENTROPY, n, y, a, da, b, db);
    case code.OP_MUL_STEP: return loop2(code.OP_MUL_STEP, n, y, a, da, b, db);
    case code.OP_WHERE: return loop3(code.OP_WHERE, n, y, a, da, b, db, c, dc);
    case code.OP_ELU: return loop3(code.OP_ELU, n, y, a, da, b, db, c, dc);
    case code.OP_SOFTPLUS_BETA: return loop3(code.OP_SOFTPLUS_BETA, n, y, a, da, b, db, c, dc);
    case code.OP_HARDTANH: return loop3(code.OP_HARDTANH, n, y, a, da, b, db, c, dc);
    case code.OP_BINARY_CROSS_ENTROPY: return loop3(code.OP_BINARY_CROSS_ENTROPY, n, y, a, da, b, db, c, dc);
    case code.OP_MUL_ADD: return loop3(code.OP_MUL_ADD, n, y, a, da, b, db, c, dc);
    case code.OP_MUL_SUB: return loop3(code.OP_MUL_SUB, n, y, a, da, b, db, c, dc);
    default: unreachable();
  }
}
