import { type ElementwiseStep, type MatmulStep, type OpStep, sizeOf, type View } from "../../plan/index.js";
import * as opcodes from "./opcodes.generated.js";
import { lowerStep } from "./registers.js";
import { simpleOperations } from "./simple-operations.js";
import { numbersWritten, type Task } from "./tasks.js";

// Nanoseconds, measured on a Zen 3 at 3 GHz (docs/bench/profile.md). They need only be right within a factor of two: what
// is decided by them lies where one thread is as good as several.

/** Multiplications and additions in a nanosecond: of wide products, and of those with few rows or columns. */
const [wideFlops, narrowFlops] = [38, 24];
/** What a step costs whatever its size. */
const perStep = 60;
/** A number of an elementwise step: read or written; each cheap operation; each function made of many. */
const [perAccess, perOperation, perFunction] = [0.06, 0.05, 1];
/** A number that an op reads or writes. */
const perNumber: Readonly<Record<string, number>> = {
  softmax: 1.5,
  logSoftmax: 1.5,
  softmaxCrossEntropy: 2,
  softmaxMinusTarget: 2,
  transpose: 0.25,
  uniform: 0.6,
};
const perMovedNumber = 0.1;

/** About how long one thread takes for a task. */
export function nanoseconds(task: Task): number {
  const { step } = task;
  if (step.kind === "matmul") return perStep + product(step);
  if (step.kind === "elementwise") return perStep + elementwise(step);
  if (step.kind === "copy") return perStep + 2 * perMovedNumber * numbersWritten(task);
  return perStep + op(step);
}

function product({ m, k, n }: Pick<MatmulStep, "m" | "k" | "n">): number {
  return (2 * m * k * n) / (Math.min(m, n) < 16 ? narrowFlops : wideFlops);
}

function elementwise(step: ElementwiseStep): number {
  const { operations } = lowerStep(step);
  const accesses = step.outputs.length + step.inputs.filter(({ broadcasting }) => broadcasting === "same").length;
  const work = operations.map(({ opcode }) =>
    opcode in simpleOperations || opcode === opcodes.OP_MOVE ? perOperation : perFunction,
  );
  return step.length * (accesses * perAccess + work.reduce((a, b) => a + b, 0));
}

function op(step: OpStep): number {
  if (step.op.name === "matmul") {
    const [a, b] = step.inputs as [View, View];
    return product({ m: a.shape[0] as number, k: a.shape[1] as number, n: b.shape[1] as number });
  }
  const numbers = [...step.inputs, step.output].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return numbers * (perNumber[step.op.name] ?? perMovedNumber);
}
