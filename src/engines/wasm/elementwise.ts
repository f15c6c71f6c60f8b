import type { Buffer, ElementwiseInput, ElementwiseStep, View } from "../../plan/steps.js";
import { opcodes } from "./kernels.generated.js";
import { type Lowering, lowerStep, type Operation, type Source } from "./registers.js";
import type { ProgramWriter } from "./writer.js";

/** Numbers in a register block: a few dozen registers fit in the first-level cache. */
const blockLength = 512;
const blockBytes = 4 * blockLength;

/** A row of up to this many numbers is written out into a block once a step; a longer one is read where it is. */
const longestRepeatedRow = 256;
/** A column number repeated at least this often is splatted, and blocks end where it changes. */
const shortestSplatRun = 64;

/** An operand as an instruction names it: a mode and an address. */
interface Operand {
  readonly mode: number;
  readonly place: number;
}

interface Preparation {
  readonly kind: number;
  readonly place: number;
  readonly source: number;
  readonly period: number;
}

const nothing: Operand = { mode: opcodes.OPERAND_SPLAT, place: 0 };

/** Encodes a fused elementwise step for kernels/elementwise.ts. */
export function writeElementwise(step: ElementwiseStep, writer: ProgramWriter): void {
  const lowering = lowerStep(step);
  const scratch = new Scratch(writer);
  const prepared = prepareInputs(step, writer, scratch);
  const instructions = writeInstructions(step, lowering, prepared.operands, writer, scratch);
  const inOneGo = !scratch.usesBlocks && !prepared.cutsBlocks;
  writer.step(
    opcodes.STEP_ELEMENTWISE,
    step.length,
    inOneGo ? step.length : prepared.block,
    prepared.preparations.length,
    instructions.length / 6,
    ...prepared.preparations.flatMap(({ kind, place, source, period }) => [kind, place, source, period]),
    ...instructions,
  );
}

/** Blocks of numbers and 16-byte cells in the step's scratch; blocks are used again once given back. */
class Scratch {
  private bytes = 0;
  private readonly free: number[] = [];
  usesBlocks = false;

  constructor(private readonly writer: ProgramWriter) {}

  cell(): number {
    return this.take(16);
  }

  block(): number {
    this.usesBlocks = true;
    return this.free.pop() ?? this.take(blockBytes);
  }

  giveBack(block: number): void {
    this.free.push(block);
  }

  private take(bytes: number): number {
    const place = this.writer.scratch(this.bytes + bytes) + this.bytes;
    this.bytes += bytes;
    return place;
  }
}

/** Decides how each input is read, and how long blocks are so that repeated rows start anew with each of them. */
function prepareInputs(step: ElementwiseStep, writer: ProgramWriter, scratch: Scratch) {
  const preparations: Preparation[] = [];
  const periods = (kind: "row" | "column", from: number, to: number) =>
    step.inputs
      .filter(({ broadcasting, period }) => broadcasting === kind && period >= from && period <= to)
      .map(({ period }) => period);
  const cuts = [...periods("row", longestRepeatedRow + 1, Infinity), ...periods("column", shortestSplatRun, Infinity)];
  const rows = periods("row", 1, longestRepeatedRow).reduce(leastCommonMultiple, 1);
  const rowsStartBlocks = rows <= blockLength && cuts.every((cut) => cut % rows === 0);
  const block = rowsStartBlocks ? blockLength - (blockLength % rows) : blockLength;

  const operands = step.inputs.map(({ view, broadcasting, period }: ElementwiseInput): Operand => {
    const source = writer.address(view);
    const prepare = (kind: number, mode: number, place: number): Operand => {
      preparations.push({ kind, place, source, period });
      return { mode, place };
    };
    if (broadcasting === "same") return { mode: opcodes.OPERAND_STREAM, place: source };
    if (broadcasting === "scalar") return prepare(opcodes.PREPARE_SPLAT, opcodes.OPERAND_SPLAT, scratch.cell());
    if (broadcasting === "row" && period > longestRepeatedRow) {
      return prepare(opcodes.PREPARE_ROW_POINTER, opcodes.OPERAND_POINTER, scratch.cell());
    }
    if (broadcasting === "row") {
      const kind = rowsStartBlocks ? opcodes.PREPARE_ROW : opcodes.PREPARE_ROW_EACH_BLOCK;
      return prepare(kind, opcodes.OPERAND_BLOCK, scratch.block());
    }
    return period >= shortestSplatRun
      ? prepare(opcodes.PREPARE_COLUMN_SPLAT, opcodes.OPERAND_SPLAT, scratch.cell())
      : prepare(opcodes.PREPARE_COLUMN_EACH_BLOCK, opcodes.OPERAND_BLOCK, scratch.block());
  });
  return { operands, preparations, block, cutsBlocks: cuts.length > 0 };
}

/** Registers for results that are still needed; a result goes straight to its output where nothing reads that memory later. */
function writeInstructions(
  step: ElementwiseStep,
  { operations, outputs }: Lowering,
  inputs: readonly Operand[],
  writer: ProgramWriter,
  scratch: Scratch,
): number[] {
  const words: number[] = [];
  const placed = new Map<Operation, Operand>();
  const blocks = new Map<Operation, number>();
  const lastUse = new Map<Operation, number>();
  operations.forEach(({ operands }, i) => {
    for (const source of operands) if (source.kind === "result") lastUse.set(source.operation, i);
  });
  const moves = new Set(outputs.keys());

  const operandOf = (source: Source): Operand => {
    if (source.kind === "input") return inputs[source.index] as Operand;
    if (source.kind === "constant") return { mode: opcodes.OPERAND_SPLAT, place: writer.constant(source.value) };
    return placed.get(source.operation) as Operand;
  };
  const write = (opcode: number, to: Operand, operands: readonly Operand[]): void => {
    const [a = nothing, b = nothing, c = nothing] = operands;
    const modes = to.mode | (a.mode << 8) | (b.mode << 16) | (c.mode << 24);
    words.push(opcode, modes, to.place, a.place, b.place, c.place);
  };
  /** The inputs that operations from `from` on, and moves at the end, still read. */
  const readFrom = (from: number): Buffer[] => {
    const sources = [
      ...operations.slice(from).flatMap(({ operands }) => operands),
      ...[...moves].map((output) => outputs[output] as Source),
    ];
    return sources.flatMap((source) => (source.kind === "input" ? [bufferOf(step, source.index)] : []));
  };
  const streamOf = (view: View): Operand => ({ mode: opcodes.OPERAND_STREAM, place: writer.address(view) });

  operations.forEach((operation, i) => {
    const operands = operation.operands.map(operandOf);
    for (const source of operation.operands) {
      if (source.kind !== "result" || lastUse.get(source.operation) !== i || stillMoved(source.operation)) continue;
      const block = blocks.get(source.operation);
      if (block === undefined) continue;
      blocks.delete(source.operation);
      scratch.giveBack(block);
    }
    const direct = outputs.findIndex((source, output) => {
      if (source.kind !== "result" || source.operation !== operation) return false;
      const { buffer } = (step.outputs[output] as ElementwiseStep["outputs"][number]).view;
      return !readFrom(i + 1).some((input) => overlap(input, buffer));
    });
    if (direct >= 0) {
      moves.delete(direct);
      placed.set(operation, streamOf((step.outputs[direct] as ElementwiseStep["outputs"][number]).view));
    } else {
      const block = scratch.block();
      blocks.set(operation, block);
      placed.set(operation, { mode: opcodes.OPERAND_BLOCK, place: block });
    }
    write(operation.opcode, placed.get(operation) as Operand, operands);
  });

  function stillMoved(operation: Operation): boolean {
    return [...moves].some((output) => {
      const source = outputs[output] as Source;
      return source.kind === "result" && source.operation === operation;
    });
  }

  for (const output of moves) {
    const { view } = step.outputs[output] as ElementwiseStep["outputs"][number];
    write(opcodes.OP_MOVE, streamOf(view), [operandOf(outputs[output] as Source)]);
  }
  return words;
}

function bufferOf(step: ElementwiseStep, input: number): Buffer {
  return (step.inputs[input] as ElementwiseInput).view.buffer;
}

function overlap(a: Buffer, b: Buffer): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
