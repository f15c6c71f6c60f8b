import type { ElementwiseStep, View } from "./steps.js";

/** The operands of a step that computes exactly target - rate·gradient, all of one shape but the rate. */
export function descent({
  inputs,
  constants,
  instructions,
  outputs,
}: ElementwiseStep): { rate: View; target: View; gradient: View } | undefined {
  const [scale, subtract] = instructions;
  const [output] = outputs;
  if (instructions.length !== 2 || inputs.length !== 3 || constants.length > 0 || outputs.length !== 1)
    return undefined;
  if (scale?.op.name !== "mul" || subtract?.op.name !== "sub" || subtract.operands[1] !== 3 || output?.register !== 4)
    return undefined;
  const at = (register: number | undefined) => inputs[register as number];
  const [target, rate, gradient] = [at(subtract.operands[0]), at(scale.operands[0]), at(scale.operands[1])];
  if (target?.broadcasting !== "same" || rate?.broadcasting !== "scalar" || gradient?.broadcasting !== "same")
    return undefined;
  return target.view.buffer === output.view.buffer
    ? { rate: rate.view, target: target.view, gradient: gradient.view }
    : undefined;
}
