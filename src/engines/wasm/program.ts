import type { Plan, Step } from "../../plan/steps.js";
import type { Code } from "./assembler.js";
import { writeElementwise } from "./elementwise.js";
import { lossPairs } from "./loss-pairs.js";
import { writeProduct } from "./matmul.js";
import { writeCopy, writeLoss, writeOp } from "./op-steps.js";
import { type Bases, ProgramWriter } from "./writer.js";

/** The plans of a device as one run of words, and where each begins. */
export interface Programs {
  readonly words: readonly number[];
  /** Index of the first word of each plan's program. */
  readonly starts: readonly number[];
  /** Bit patterns of constants, each to be stored four times over. */
  readonly constants: readonly number[];
  /** Functions that steps call, in the order of their indices from 1 on. */
  readonly functions: readonly Code[];
  readonly scratchBytes: number;
}

/** @throws EngineError when a step is not supported. */
export function encode(plans: readonly Plan[], bases: Bases): Programs {
  const writer = new ProgramWriter(bases);
  const starts = plans.map(({ steps }) => {
    const start = writer.words.length;
    const pairs = lossPairs(steps);
    const paired = new Set<Step>(pairs.values());
    for (const step of steps) {
      const derivative = pairs.get(step);
      if (derivative !== undefined && step.kind === "op") {
        writeLoss(step.inputs, step.output, derivative.output, writer);
      } else if (!paired.has(step)) writeStep(step, writer);
    }
    writer.end();
    return start;
  });
  return {
    words: writer.words,
    starts,
    constants: [...writer.constants.keys()],
    functions: [...writer.functions.values()].map(({ code }) => code),
    scratchBytes: writer.scratchBytes,
  };
}

function writeStep(step: Step, writer: ProgramWriter): void {
  switch (step.kind) {
    case "elementwise":
      if (step.length > 0) writeElementwise(step, writer);
      return;
    case "matmul":
      if (step.m > 0 && step.n > 0) writeProduct(step, writer);
      return;
    case "op":
      if (step.output.buffer.length > 0) writeOp(step, writer);
      return;
    case "copy":
      writeCopy(writer.address(step.from), step.to, writer);
  }
}
