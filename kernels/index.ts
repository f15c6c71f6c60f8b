// The whole step as one call: a program is a list of encoded steps in memory, run from the first word to STEP_END.
// A step is `opcode, words, …`; what follows is said where the step is implemented. Memory is imported; nothing is allocated.
//
// Threads share the memory, and each runs a program of its own: its share of every step, and barriers where a step needs
// what another thread has computed. Kernels know nothing of this: a share is a smaller matrix, fewer rows, a part of an array.
import { meet, PLAN } from "./barrier";
import { elementwise } from "./elementwise";
import { ownCell } from "./elementwise-ops";
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

/**
 * Runs a program.
 * @returns 0 when it is done; else the address of the barrier at which other threads are missing: to be run from there.
 */
export function run(program: usize): usize {
  for (let opcode = load<i32>(program); opcode != code.STEP_END; opcode = load<i32>(program)) {
    switch (opcode) {
      case code.STEP_BARRIER:
        if (!meet(program)) return program;
        break;
      case code.STEP_ELEMENTWISE: elementwise(program); break;
      case code.STEP_MATMUL: matmulStep(program); break;
      case code.STEP_SUM: sumStep(program); break;
      case code.STEP_MAX: maxStep(program); break;
      case code.STEP_TRANSPOSE: transposeStep(program); break;
      case code.STEP_STRIDED: stridedStep(program); break;
      case code.STEP_COPY: copyStep(program); break;
      case code.STEP_SOFTMAX: softmaxStep(program); break;
      case code.STEP_LOG_SOFTMAX: logSoftmaxStep(program); break;
      case code.STEP_SOFTMAX_LOSS: softmaxLossStep(program); break;
      case code.STEP_ONE_HOT: oneHotStep(program); break;
      case code.STEP_UNIFORM: uniformStep(program); break;
      default: unreachable();
    }
    program += (<usize>load<u32>(program, 4)) << 2;
  }
  return 0;
}

/**
 * The life of a thread that helps: waits at the gate, a barrier, until the first thread has chosen a plan, and runs its own
 * program for it, whose address is found in a list. Never returns.
 * @param cell 16 bytes that no other thread writes to.
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
