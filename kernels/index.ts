// The whole step as one call: a program is a list of encoded steps in memory, run from the first word to STEP_END.
// A step is `opcode, words, …`; what follows is said where the step is implemented. Memory is imported; nothing is allocated.
//
// Threads share the memory, and each runs a program of its own: its share of every step, and barriers where a step needs
// what another thread has computed. Kernels know nothing of this: a share is a smaller matrix, fewer rows, a part of an array.
import { meet, PLAN } from "./barrier";
import { ownCell } from "./cell";
import { elementwise } from "./elementwise";
import { matmulStep } from "./matmul";
import { copyStep, oneHotStep, stridedStep, transposeStep } from "./move";
import * as code from "./opcodes";
import { maxStep, sumStep } from "./reduce";
import { logSoftmaxStep, softmaxStep } from "./softmax";
import { softmaxLossStep } from "./softmax-cross-entropy";
import { uniformStep } from "./uniform";

/** The first address that is free for programs and numbers. */
export function base(): usize {
  return __heap_base;
}

function perform(opcode: i32, step: usize): void {
  switch (opcode) {
    case code.STEP_ELEMENTWISE: return elementwise(step);
    case code.STEP_MATMUL: return matmulStep(step);
    case code.STEP_SUM: return sumStep(step);
    case code.STEP_MAX: return maxStep(step);
    case code.STEP_TRANSPOSE: return transposeStep(step);
    case code.STEP_STRIDED: return stridedStep(step);
    case code.STEP_COPY: return copyStep(step);
    case code.STEP_SOFTMAX: return softmaxStep(step);
    case code.STEP_LOG_SOFTMAX: return logSoftmaxStep(step);
    case code.STEP_SOFTMAX_LOSS: return softmaxLossStep(step);
    case code.STEP_ONE_HOT: return oneHotStep(step);
    case code.STEP_UNIFORM: return uniformStep(step);
    default: unreachable();
  }
}

/**
 * A step in pieces, each a step of its own: a thread does those that no other has claimed, in its own order, so one that is
 * slower, or has to leave its core to other programs for a while, does fewer; else each does the same ones in every run, whose
 * numbers are still in its cache.
 * Words: opcode, words, pieces, pieces × (address of its claim, words from here to it), the pieces.
 */
function pieces(program: usize): void {
  const end = program + 12 + ((<usize>load<u32>(program, 8)) << 3);
  for (let at = program + 12; at < end; at += 8) {
    if (atomic.xchg<i32>(<usize>load<u32>(at), 1) != 0) continue;
    const piece = program + ((<usize>load<u32>(at, 4)) << 2);
    perform(load<i32>(piece), piece);
  }
}

/**
 * Runs a program.
 * @returns 0 when it is done; else the address of the barrier at which other threads are missing: to be run from there.
 */
export function run(program: usize): usize {
  for (let opcode = load<i32>(program); opcode != code.STEP_END; opcode = load<i32>(program)) {
    if (opcode == code.STEP_BARRIER) {
      if (!meet(program)) return program;
    } else if (opcode == code.STEP_PIECES) pieces(program);
    else perform(opcode, program);
    program += (<usize>load<u32>(program, 4)) << 2;
  }
  return 0;
}

/**
 * The life of a thread that helps: waits at the gate, a barrier, until the first thread has chosen a plan, and runs its own
 * program for it, whose address is found in a list. Never returns.
 * @param cell memory of its own (cell.ts).
 */
export function work(gate: usize, programs: usize, cell: usize): void {
  ownCell(cell);
  const plan = <usize>load<u32>(gate, 8) + PLAN;
  for (;;) {
    while (!meet(gate)) {}
    let rest: usize = load<u32>(programs + ((<usize>load<u32>(plan)) << 2));
    while (rest != 0) rest = run(rest);
  }
}
