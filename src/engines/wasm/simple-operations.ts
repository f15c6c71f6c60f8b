import { type Code, code, f32x4, v128 } from "./assembler.js";
import * as opcodes from "./opcodes.generated.js";

/**
 * An operation as code that leaves its result; operands are code that leaves theirs, and may be repeated. So is a vector
 * of ones, which as a constant would be built anew in every turn of the loop.
 */
export type Emit = (one: Code, a: Code, b: Code, c: Code) => Code;

const step = (one: Code, x: Code): Code => code(x, v128.zero, f32x4.gt, one, v128.and);
const choose = (yes: Code, no: Code, mask: Code): Code => code(yes, no, mask, v128.bitselect);

/** Operations that are an instruction or two, as kernels/elementwise-ops.ts has them. */
export const simpleOperations: Readonly<Record<number, Emit>> = {
  [opcodes.OP_NEG]: (_, a) => code(a, f32x4.neg),
  [opcodes.OP_ABS]: (_, a) => code(a, f32x4.abs),
  [opcodes.OP_SQRT]: (_, a) => code(a, f32x4.sqrt),
  [opcodes.OP_STEP]: step,
  [opcodes.OP_RELU]: (_, a) => code(a, a, v128.zero, f32x4.le, v128.andnot),
  [opcodes.OP_SIGN]: (one, a) => code(step(one, a), step(one, code(a, f32x4.neg)), f32x4.sub),
  [opcodes.OP_ADD]: (_, a, b) => code(a, b, f32x4.add),
  [opcodes.OP_SUB]: (_, a, b) => code(a, b, f32x4.sub),
  [opcodes.OP_MUL]: (_, a, b) => code(a, b, f32x4.mul),
  [opcodes.OP_DIV]: (_, a, b) => code(a, b, f32x4.div),
  [opcodes.OP_EQUAL]: (one, a, b) => code(a, b, f32x4.eq, one, v128.and),
  [opcodes.OP_MINIMUM]: (_, a, b) => choose(a, b, code(a, b, f32x4.lt)),
  [opcodes.OP_MAXIMUM]: (_, a, b) => choose(a, b, code(a, b, f32x4.gt)),
  [opcodes.OP_LEAKY_RELU]: (_, a, b) => choose(a, code(a, b, f32x4.mul), code(a, v128.zero, f32x4.gt)),
  [opcodes.OP_MUL_STEP]: (one, a, b) => code(a, step(one, b), f32x4.mul),
  [opcodes.OP_MUL_ADD]: (_, a, b, c) => code(a, b, c, f32x4.mul, f32x4.add),
  [opcodes.OP_MUL_SUB]: (_, a, b, c) => code(a, b, c, f32x4.mul, f32x4.sub),
  [opcodes.OP_WHERE]: (_, a, b, c) => choose(c, b, code(a, v128.zero, f32x4.eq)),
};
