import { type OpStep, type Shape, type StructuralName, sizeOf, stridesOf, type View } from "../../plan/index.js";
import { EngineError } from "../contract.js";
import { foldsOf, joinAxes, type WalkAxis } from "./axes.js";
import { writeProduct } from "./matmul.js";
import * as opcodes from "./opcodes.generated.js";
import { doubleWords, type ProgramWriter } from "./writer.js";

type Writing = (step: OpStep, writer: ProgramWriter) => void;

const input = (step: OpStep, index: number): View => step.inputs[index] as View;

/** Rows that kernels take together, and numbers of a cache line, at whose ends threads divide what they write. */
const [group, line] = [4, 16];

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
    const { first, count } = writer.part(sizeOf(labels.shape), group);
    writer.step(
      opcodes.STEP_ONE_HOT,
      writer.address(labels) + 4 * first,
      writer.address(y) + 4 * first * (classes as number),
      count,
      classes as number,
    );
  },
  uniform: (step, writer) => {
    const { seed, stream } = step.attributes;
    const [key, y] = [writer.address(input(step, 0)), writer.address(step.output)];
    const { first, count } = writer.part(sizeOf(step.output.shape), line);
    writer.step(opcodes.STEP_UNIFORM, key, y + 4 * first, count, seed as number, stream as number, first);
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
  const { first, count } = writer.part(length, line);
  writer.step(opcodes.STEP_COPY, from + 4 * first, to + 4 * first, 4 * count);
}

/** Four sums and two groups of four rows of up to 64 numbers (kernels/softmax.ts). */
const rowsScratchBytes = 32 + 2 * 16 * 64;

function rowsOf({ shape }: View): [rows: number, columns: number] {
  const columns = shape.at(-1) ?? 1;
  return [columns === 0 ? 0 : sizeOf(shape) / columns, columns];
}

function writeRows(opcode: number, step: OpStep, writer: ProgramWriter): void {
  const z = input(step, 0);
  const [rows, columns] = rowsOf(z);
  const { first, count } = writer.part(rows, group);
  const [from, to] = [z, step.output].map((view) => writer.address(view) + 4 * first * columns) as [number, number];
  writer.step(opcode, from, to, count, columns, writer.scratch(rowsScratchBytes));
}

/** The losses of rows, what their derivative comes to, or both at once. */
export function writeLoss(
  inputs: readonly View[],
  losses: View | undefined,
  differences: View | undefined,
  writer: ProgramWriter,
): void {
  const [z, t] = inputs as [View, View];
  const [rows, columns] = rowsOf(z);
  const { first, count } = writer.part(rows, group);
  const skipped = 4 * first * columns;
  writer.step(
    opcodes.STEP_SOFTMAX_LOSS,
    writer.address(z) + skipped,
    writer.address(t) + skipped,
    count,
    columns,
    losses === undefined ? 0 : writer.address(losses) + 4 * first,
    differences === undefined ? 0 : writer.address(differences) + skipped,
    writer.scratch(rowsScratchBytes),
  );
}

/** Reads `from` along the axes and writes in order: a copy, transposed matrices, or the general walk. */
function writeWalk(axes: readonly WalkAxis[], from: View, to: View, writer: ProgramWriter): void {
  const joined = joinAxes(axes);
  const [x, y] = [writer.address(from), writer.address(to)];
  const [rows, columns] = joined.slice(-2) as [WalkAxis, WalkAxis | undefined];
  const [matrices] = joined.slice(0, -2);
  const stacked = joined.length === 2 || (joined.length === 3 && matrices?.stride === rows.size * (columns?.size ?? 0));
  if (joined.length === 1 && rows.stride === 1) writeCopy(x, to, writer);
  else if (columns !== undefined && stacked && rows.stride === 1 && columns.stride === rows.size) {
    writeTransposition(x, y, matrices?.size ?? 1, columns.size, rows.size, writer);
  } else {
    const [outer, ...inner] = joined as [WalkAxis, ...WalkAxis[]];
    const size = inner.reduce((product, axis) => product * axis.size, 1);
    const { first, count } = writer.part(outer.size, inner.length === 0 ? line : 1);
    if (count === 0) return;
    const words = [{ size: count, stride: outer.stride }, ...inner].flatMap((axis) => [axis.size, 4 * axis.stride]);
    writer.step(opcodes.STEP_STRIDED, x + 4 * first * outer.stride, y + 4 * first * size, joined.length, ...words);
  }
}

/** Threads take whole matrices, or of a single one columns, which become rows. */
function writeTransposition(
  x: number,
  y: number,
  matrices: number,
  rows: number,
  columns: number,
  writer: ProgramWriter,
): void {
  const some = matrices > 1 ? writer.part(matrices, 1) : { first: 0, count: 1 };
  const wide = matrices > 1 ? { first: 0, count: columns } : writer.part(columns, group);
  const from = x + 4 * (some.first * rows * columns + wide.first);
  const to = y + 4 * (some.first * columns + wide.first) * rows;
  writer.step(opcodes.STEP_TRANSPOSE, from, to, some.count, rows, wide.count, 4 * columns);
}

function broadcastWalk(from: Shape, to: Shape): WalkAxis[] {
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  return to.map((size, axis) => {
    const repeated = axis < missing || from[axis - missing] === 1;
    return { size, stride: repeated ? 0 : (strides[axis - missing] as number) };
  });
}

/**
 * One fold a group of axes; results in between lie in scratch, two places in turn. Threads take outer rows of a single
 * fold, or of a single row its inner numbers: each sum is one thread's.
 */
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
    const rows = outer > 1 ? writer.part(outer, inner >= line ? 1 : line) : { first: 0, count: outer };
    const wide = outer > 1 ? { first: 0, count: inner } : writer.part(inner, line);
    writer.step(
      opcode,
      x + 4 * (rows.first * reduced * inner + wide.first),
      y + 4 * (rows.first * inner + wide.first),
      rows.count,
      reduced,
      wide.count,
      4 * inner,
      ...(by === undefined ? [] : doubleWords(by)),
    );
    x = y;
  });
}
