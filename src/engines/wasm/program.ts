import type { Code } from "./assembler.js";
import { writeElementwise } from "./elementwise.js";
import { writeProduct } from "./matmul.js";
import { writeCopy, writeLoss, writeOp } from "./op-steps.js";
import * as opcodes from "./opcodes.generated.js";
import type { Schedule } from "./schedule.js";
import { everything, orderFor } from "./share.js";
import type { Task } from "./tasks.js";
import { type Bases, ProgramWriter } from "./writer.js";

/** The plans of a device as one thread's run of words, and where each begins. */
export interface Programs {
  readonly words: readonly number[];
  /** Index of the first word of each plan's program; of the gate at which a thread waits for the first one, before them. */
  readonly starts: readonly (number | undefined)[];
  /** Bit patterns of constants, each to be stored four times over. */
  readonly constants: readonly number[];
  /** Functions that steps call, in the order of their indices from 1 on. */
  readonly functions: readonly Code[];
  readonly scratchBytes: number;
  /** Pieces of all steps in pieces, for each of which there is a claim. */
  readonly claims: number;
}

/** How long a thread waits for the others at a barrier: looking for them so often, then asleep for so many milliseconds. */
export interface Patience {
  readonly looks: number;
  readonly milliseconds: number;
}

/** Which of the threads the programs are for. */
export interface Thread {
  readonly thread: number;
  readonly patience: Patience;
}

/**
 * Encodes what one thread does of each plan. The first thread opens the gate; the others' words begin with it.
 * @throws EngineError when a step is not supported.
 */
export function encode(schedules: readonly Schedule[], bases: Bases, { thread, patience }: Thread): Programs {
  const most = Math.max(1, ...schedules.map(({ threads }) => threads));
  const writer = new ProgramWriter(bases, most);
  const { looks, milliseconds } = patience;
  const meet = () => writer.step(opcodes.STEP_BARRIER, bases.counter, most, looks, milliseconds);
  if (thread > 0) {
    meet();
    writer.end();
  }
  let claims = 0;
  const starts = schedules.map(({ tasks, threads }) => {
    if (thread >= threads) return undefined;
    const start = writer.words.length;
    if (threads > 1 && thread === 0) {
      const bytes = 4 * tasks.reduce((sum, { shares }) => sum + (shares.length > threads ? shares.length : 0), 0);
      writer.step(opcodes.STEP_COPY, bases.zeros, bases.claims + 4 * claims, bytes);
      meet();
    }
    for (const { task, shares, barrier } of tasks) {
      if (barrier) meet();
      if (shares.length > threads) {
        writer.pieces(claims, shares, orderFor(thread, threads), () => writeTask(task, writer));
        claims += shares.length;
        continue;
      }
      writer.share = shares[thread] ?? everything;
      if (shares.length > 0 || thread === 0) writeTask(task, writer);
    }
    if (threads > 1) meet();
    writer.end();
    return start;
  });
  return {
    words: writer.words,
    starts,
    constants: [...writer.constants.keys()],
    functions: [...writer.functions.values()].map(({ code }) => code),
    scratchBytes: writer.scratchBytes,
    claims,
  };
}

function writeTask({ step, derivative, update }: Task, writer: ProgramWriter): void {
  switch (step.kind) {
    case "elementwise":
      if (step.length > 0) writeElementwise(step, writer);
      return;
    case "matmul":
      if (step.m > 0 && step.n > 0) writeProduct(step, writer, update);
      return;
    case "op":
      if (derivative !== undefined) writeLoss(step.inputs, step.output, derivative.output, writer);
      else if (step.output.buffer.length > 0) writeOp(step, writer);
      return;
    case "copy":
      writeCopy(writer.address(step.from), step.to, writer);
  }
}
