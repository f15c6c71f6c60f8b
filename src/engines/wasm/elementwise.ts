import type { ElementwiseStep } from "../../plan/steps.js";
import { compilePass } from "./compile-pass.js";
import { instructionWords, writeInstructions } from "./instructions.js";
import { opcodes } from "./kernels.generated.js";
import { prepareInputs, Scratch } from "./operands.js";
import { lowerStep } from "./registers.js";
import type { ProgramWriter } from "./writer.js";

/**
 * Encodes a fused elementwise step for kernels/elementwise.ts: as instructions to be run block by block, or as a function
 * compiled for it where its operations are so cheap that going over blocks would cost more than they do.
 */
export function writeElementwise(step: ElementwiseStep, writer: ProgramWriter): void {
  const lowering = lowerStep(step);
  const scratch = new Scratch(writer);
  const inputs = prepareInputs(step, writer, scratch);
  const compiled = compilePass(step, lowering, inputs.operands, writer);
  const instructions =
    compiled === undefined ? writeInstructions(step, lowering, inputs.operands, writer, scratch) : [];
  const inOneGo = !scratch.usesBlocks && !inputs.cutsBlocks;
  writer.step(
    opcodes.STEP_ELEMENTWISE,
    step.length,
    inOneGo ? step.length : inputs.block,
    inputs.preparations.length,
    instructions.length / instructionWords,
    compiled ?? 0,
    ...inputs.preparations.flatMap(({ kind, place, source, period }) => [kind, place, source, period]),
    ...instructions,
  );
}
