import { type Buffer, type OpStep, type Plan, type Step, sizeOf } from "../../plan/index.js";
import { buffersRead, buffersWritten } from "./buffers.js";
import { lossPairs } from "./loss-pairs.js";
import { type Update, updatePairs } from "./update-pairs.js";

/** What is encoded as one: a step, the loss of a classifier with its derivative, or a gradient with the update it is for. */
export interface Task {
  readonly step: Step;
  readonly derivative: OpStep | undefined;
  readonly update: Update | undefined;
  readonly reads: readonly Buffer[];
  readonly writes: readonly Buffer[];
}

export function tasksOf(plan: Plan): Task[] {
  const pairs = lossPairs(plan.steps);
  const updates = updatePairs(plan);
  const paired = new Set<Step>([...pairs.values(), ...[...updates.values()].map(({ step }) => step)]);
  return plan.steps
    .filter((step) => !paired.has(step))
    .map((step) => {
      const derivative = pairs.get(step);
      const update = step.kind === "matmul" ? updates.get(step) : undefined;
      const written = update === undefined ? buffersWritten(step) : [update.target.buffer];
      return {
        step,
        derivative,
        update,
        reads: [...buffersRead(step), ...(update === undefined ? [] : [update.target.buffer, update.rate.buffer])],
        writes: [...written, ...(derivative === undefined ? [] : buffersWritten(derivative))],
      };
    });
}

/** Numbers in what a task writes. */
export function numbersWritten({ step }: Task): number {
  if (step.kind === "elementwise") return step.length;
  return sizeOf(step.kind === "copy" ? step.to.shape : step.output.shape);
}
