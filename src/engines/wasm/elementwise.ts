import type { ElementwiseStep } from "../../plan/steps.js";
import { compilePass } from "./compile-pass.js";
import { instructionWords, writeInstructions } from "./instructions.js";
import * as opcodes from "./opcodes.generated.js";
import { leastCommonMultiple, prepareInputs, Scratch } from "./operands.js";
import { lowerStep } from "./registers.js";
import type { ProgramWriter } from "./writer.js";

/** Numbers of a cache line: no two threads write to the same one. */
const line = 16;

/**
 * Encodes a fused elementwise step, or the writer's part of it, for kernels/elementwise.ts: as instructions to be run block
 * by block, or as a function compiled for it where its operations are so cheap that going over blocks would cost more.
 */
export function writeElementwise(step: ElementwiseStep, writer: ProgramWriter): void {
  const lowering = lowerStep(step);
  const scratch = new Scratch(writer);
  const inputs = prepareInputs(step, writer, scratch);
  const { first, count } = writer.part(step.length, leastCommonMultiple(line, inputs.begins));
  if (count === 0) return;
  const compiled = compilePass(step, lowering, inputs.operands, writer);
  const instructions =
    compiled === undefined ? writeInstructions(step, lowering, inputs.operands, writer, scratch) : [];
  const inOneGo = !scratch.usesBlocks && !inputs.cutsBlocks;
  writer.step(
    opcodes.STEP_ELEMENTWISE,
    first,
    first + count,
    inOneGo ? count : inputs.block,
    inputs.preparations.length,
    instructions.length / instructionWords,
    compiled ?? 0,
    ...inputs.preparations.flatMap(({ kind, place, source, period }) => [kind, place, source, period]),
    ...instructions,
  );
}
