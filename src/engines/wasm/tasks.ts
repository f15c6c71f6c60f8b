import { type Buffer, type OpStep, type Plan, type Step, sizeOf } from "../../plan/index.js";
import { buffersRead, buffersWritten } from "./buffers.js";
import { lossPairs } from "./loss-pairs.js";

/** What is encoded as one: a step, or the loss of a classifier together with its derivative. */
export interface Task {
  readonly step: Step;
  readonly derivative: OpStep | undefined;
  readonly reads: readonly Buffer[];
  readonly writes: readonly Buffer[];
}

export function tasksOf({ steps }: Plan): Task[] {
  const pairs = lossPairs(steps);
  const paired = new Set<Step>(pairs.values());
  return steps
    .filter((step) => !paired.has(step))
    .map((step) => {
      const derivative = pairs.get(step);
      return {
        step,
        derivative,
        reads: buffersRead(step),
        writes: [...buffersWritten(step), ...(derivative === undefined ? [] : buffersWritten(derivative))],
      };
    });
}

/** Numbers in what a task writes. */
export function numbersWritten({ step }: Task): number {
  if (step.kind === "elementwise") return step.length;
  return sizeOf(step.kind === "copy" ? step.to.shape : step.output.shape);
}
