import { type OpStep, type Shape, type StructuralName, sizeOf, stridesOf, type View } from "../../plan/index.js";
import { EngineError } from "../contract.js";
import { foldsOf, joinAxes, type WalkAxis } from "./axes.js";
import { opcodes } from "./kernels.generated.js";
import { writeProduct } from "./matmul.js";
import { doubleWords, type ProgramWriter } from "./writer.js";

type Writing = (step: OpStep, writer: ProgramWriter) => void;

const input = (step: OpStep, index: number): View => step.inputs[index] as View;

/** Every op that is not elementwise: one that is forgotten here does not compile. */
const writings: { readonly [Name in StructuralName]: Writing } = {
  matmul: (step, writer) => {
    const [a, b] = [input(step, 0), input(step, 1)];
    const [m, k] = a.shape as [number, number];
    const n = b.shape[1] as number;
    const plain = { transposeA: false, transposeB: false, bias: undefined, activation: undefined };
    writeProduct({ m, k, n, a, b, output: step.output, ...plain }, writer);
  },
  transpose: (step, writer) => {
    const from = input(step, 0);
    const strides = stridesOf(from.shape);
    const axes = (step.attributes.axes as readonly number[]).map(
      (axis): WalkAxis => ({
        size: from.shape[axis] as number,
        stride: strides[axis] as number,
      }),
    );
    writeWalk(axes, from, step.output, writer);
  },
  reshape: (step, writer) => writeCopy(writer.address(input(step, 0)), step.output, writer),
  broadcast: (step, writer) => {
    const from = input(step, 0);
    writeWalk(broadcastWalk(from.shape, step.output.shape), from, step.output, writer);
  },
  sum: (step, writer) => writeFolds(step, writer, opcodes.STEP_SUM, () => 1),
  mean: (step, writer) => {
    const count = sizeOf(input(step, 0).shape) / sizeOf(step.output.shape);
    writeFolds(step, writer, opcodes.STEP_SUM, (last) => (last ? count : 1));
  },
  max: (step, writer) => writeFolds(step, writer, opcodes.STEP_MAX, () => undefined),
  softmax: (step, writer) => writeRows(opcodes.STEP_SOFTMAX, step, writer),
  logSoftmax: (step, writer) => writeRows(opcodes.STEP_LOG_SOFTMAX, step, writer),
  softmaxCrossEntropy: (step, writer) => writeLoss(step.inputs, step.output, undefined, writer),
  softmaxMinusTarget: (step, writer) => writeLoss(step.inputs, undefined, step.output, writer),
  oneHot: (step, writer) => {
    const { classes } = step.attributes;
    const [labels, y] = [input(step, 0), step.output];
    writer.step(
      opcodes.STEP_ONE_HOT,
      writer.address(labels),
      writer.address(y),
      sizeOf(labels.shape),
      classes as number,
    );
  },
  uniform: (step, writer) => {
    const { seed, stream } = step.attributes;
    const [key, y] = [writer.address(input(step, 0)), writer.address(step.output)];
    writer.step(opcodes.STEP_UNIFORM, key, y, sizeOf(step.output.shape), seed as number, stream as number);
  },
  stack: (step, writer) => {
    const size = step.output.buffer.length / step.inputs.length;
    step.inputs.forEach((view, i) => {
      writeMove(writer.address(view), writer.address(step.output) + 4 * i * size, size, writer);
    });
  },
  slice: (step, writer) => {
    const size = sizeOf(step.output.shape);
    writeCopy(writer.address(input(step, 0)) + 4 * size * (step.attributes.index as number), step.output, writer);
  },
};

/** @throws EngineError when the op is not in the table. */
export function writeOp(step: OpStep, writer: ProgramWriter): void {
  const writing: Writing | undefined = writings[step.op.name as StructuralName];
  if (writing === undefined) throw new EngineError(`the wasm engine has no kernel for the op ${step.op.name}`);
  writing(step, writer);
}

/** Numbers moved as they are. */
export function writeCopy(from: number, to: View, writer: ProgramWriter): void {
  writeMove(from, writer.address(to), sizeOf(to.shape), writer);
}

function writeMove(from: number, to: number, length: number, writer: ProgramWriter): void {
  writer.step(opcodes.STEP_COPY, from, to, 4 * length);
}

/** Four sums and two groups of four rows of up to 64 numbers (kernels/softmax.ts). */
const rowsScratchBytes = 32 + 2 * 16 * 64;

function rowsOf({ shape }: View): [rows: number, columns: number] {
  const columns = shape.at(-1) ?? 1;
  return [columns === 0 ? 0 : sizeOf(shape) / columns, columns];
}

function writeRows(opcode: number, step: OpStep, writer: ProgramWriter): void {
  const z = input(step, 0);
  const scratch = writer.scratch(rowsScratchBytes);
  writer.step(opcode, writer.address(z), writer.address(step.output), ...rowsOf(z), scratch);
}

/** The losses of rows, what their derivative comes to, or both at once. */
export function writeLoss(
  inputs: readonly View[],
  losses: View | undefined,
  differences: View | undefined,
  writer: ProgramWriter,
): void {
  const [z, t] = inputs as [View, View];
  writer.step(
    opcodes.STEP_SOFTMAX_LOSS,
    writer.address(z),
    writer.address(t),
    ...rowsOf(z),
    losses === undefined ? 0 : writer.address(losses),
    differences === undefined ? 0 : writer.address(differences),
    writer.scratch(rowsScratchBytes),
  );
}

/** Reads `from` along the axes and writes in order: a copy, transposed matrices, or the general walk. */
function writeWalk(axes: readonly WalkAxis[], from: View, to: View, writer: ProgramWriter): void {
  const joined = joinAxes(axes);
  const [x, y] = [writer.address(from), writer.address(to)];
  const [rows, columns] = joined.slice(-2) as [WalkAxis, WalkAxis | undefined];
  const [count] = joined.slice(0, -2);
  const stacked = joined.length === 2 || (joined.length === 3 && count?.stride === rows.size * (columns?.size ?? 0));
  if (joined.length === 1 && rows.stride === 1) writeCopy(x, to, writer);
  else if (columns !== undefined && stacked && rows.stride === 1 && columns.stride === rows.size) {
    writer.step(opcodes.STEP_TRANSPOSE, x, y, count?.size ?? 1, columns.size, rows.size);
  } else {
    const words = joined.flatMap(({ size, stride }) => [size, 4 * stride]);
    writer.step(opcodes.STEP_STRIDED, x, y, joined.length, ...words);
  }
}

function broadcastWalk(from: Shape, to: Shape): WalkAxis[] {
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  return to.map((size, axis) => {
    const repeated = axis < missing || from[axis - missing] === 1;
    return { size, stride: repeated ? 0 : (strides[axis - missing] as number) };
  });
}

/** One fold a group of axes; results in between lie in scratch, two places in turn. */
function writeFolds(
  step: OpStep,
  writer: ProgramWriter,
  opcode: number,
  divisor: (last: boolean) => number | undefined,
): void {
  const from = input(step, 0);
  const axes = step.attributes.axes as readonly number[];
  const folds = foldsOf(from.shape, axes);
  if (folds.length === 0) folds.push({ outer: sizeOf(from.shape), reduced: 1, inner: 1 });
  const largest = Math.max(0, ...folds.slice(0, -1).map(({ outer, inner }) => outer * inner));
  let x = writer.address(from);
  folds.forEach(({ outer, reduced, inner }, i) => {
    const last = i === folds.length - 1;
    const y = last ? writer.address(step.output) : writer.scratch(8 * largest + 128) + (i % 2) * 4 * largest;
    const by = divisor(last);
    writer.step(opcode, x, y, outer, reduced, inner, ...(by === undefined ? [] : [0, ...doubleWords(by)]));
    x = y;
  });
}
