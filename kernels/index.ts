// The whole step as one call: a program is a list of encoded steps in memory, run from the first word to STEP_END.
// A step is `opcode, words, …`; what follows is said where the step is implemented. Memory is imported; nothing is allocated.
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

export function run(program: usize): void {
  for (;;) {
    switch (load<i32>(program)) {
      case code.STEP_END: return;
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
}
