import type { OpStep, StructuralName, View } from "../../plan/index.js";
import { foldsOf } from "./axes.js";
import { overlap } from "./buffers.js";
import type { Task } from "./tasks.js";

/** Structural ops whose parts do not depend on each other. */
const divisibleOps: { readonly [Name in StructuralName]: (step: OpStep) => boolean } = {
  matmul: () => true,
  transpose: () => true,
  reshape: () => true,
  broadcast: () => true,
  sum: oneFold,
  mean: oneFold,
  max: oneFold,
  softmax: () => true,
  logSoftmax: () => true,
  softmaxCrossEntropy: () => true,
  softmaxMinusTarget: () => true,
  oneHot: () => true,
  uniform: () => true,
  stack: () => true,
  slice: () => true,
};

/** Folds after the first read what all threads would have to have written. */
function oneFold({ inputs, attributes }: OpStep): boolean {
  return foldsOf((inputs[0] as View).shape, attributes.axes as readonly number[]).length <= 1;
}

/** Whether threads may take parts of a task: never of a sum, and not where a thread would read what another overwrites. */
export function isDivisible({ step }: Task): boolean {
  switch (step.kind) {
    case "matmul":
      return true;
    case "op":
      return divisibleOps[step.op.name as StructuralName]?.(step) ?? false;
    case "copy":
      return !overlap(step.from.buffer, step.to.buffer);
    case "elementwise":
      return step.outputs.every(({ view: { buffer: written } }) =>
        step.inputs.every(({ view: { buffer: read }, broadcasting }) => {
          const inPlace = broadcasting === "same" && read.offset === written.offset;
          return inPlace || !overlap(read, written);
        }),
      );
  }
}
