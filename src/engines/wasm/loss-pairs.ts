import type { OpStep, Step } from "../../plan/index.js";
import { buffersRead, buffersWritten, overlap } from "./buffers.js";

/**
 * The loss of a classifier and its derivative share their exponentials. For each `softmaxCrossEntropy` step, the later
 * `softmaxMinusTarget` step on the same numbers that can be computed along with it: what it writes is not used in
 * between, and what it reads does not change.
 */
export function lossPairs(steps: readonly Step[]): Map<Step, OpStep> {
  const pairs = new Map<Step, OpStep>();
  steps.forEach((loss, first) => {
    if (!isOp(loss, "softmaxCrossEntropy")) return;
    const last = steps.findIndex((step, i) => i > first && isOp(step, "softmaxMinusTarget") && sameInputs(step, loss));
    const difference = steps[last];
    if (difference?.kind !== "op") return;
    const written = difference.output.buffer;
    const kept = steps.slice(first, last).every((step) => {
      const touched = [...buffersRead(step), ...buffersWritten(step)];
      const inputsStay = buffersWritten(step).every(
        (buffer) => !buffersRead(loss).some((read) => overlap(read, buffer)),
      );
      return inputsStay && !touched.some((buffer) => overlap(buffer, written));
    });
    if (kept) pairs.set(loss, difference);
  });
  return pairs;
}

function isOp(step: Step, name: string): step is OpStep {
  return step.kind === "op" && step.op.name === name;
}

function sameInputs(a: OpStep, b: OpStep): boolean {
  return a.inputs.every(
    ({ buffer, shape }, i) => buffer === b.inputs[i]?.buffer && `${shape}` === `${b.inputs[i]?.shape}`,
  );
}
