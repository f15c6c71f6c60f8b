import type { ElementwiseInput, ElementwiseStep } from "../../plan/steps.js";
import * as opcodes from "./opcodes.generated.js";
import type { ProgramWriter } from "./writer.js";

/** Numbers in a register block: a few dozen registers fit in the first-level cache. */
const blockLength = 512;
const blockBytes = 4 * blockLength;

/** A row of up to this many numbers is written out into a block once a step; a longer one is read where it is. */
const longestRepeatedRow = 256;
/** A column number repeated at least this often is splatted, and blocks end where it changes. */
const shortestSplatRun = 64;

/** An operand as an instruction names it: a mode and an address. */
export interface Operand {
  readonly mode: number;
  readonly place: number;
}

interface Preparation {
  readonly kind: number;
  readonly place: number;
  readonly source: number;
  readonly period: number;
}

/** How a step's inputs are read, what has to be made ready for it, and how long a block may be. */
export interface Inputs {
  readonly operands: readonly Operand[];
  readonly preparations: readonly Preparation[];
  readonly block: number;
  /** Whether blocks end where a row begins anew or a column's number changes. */
  readonly cutsBlocks: boolean;
  /** A thread may begin at any multiple of this: where blocks are cut, those written out once begin with a row. */
  readonly begins: number;
}

/** Blocks of numbers and 16-byte cells in the step's scratch; blocks are used again once given back. */
export class Scratch {
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
export function prepareInputs(step: ElementwiseStep, writer: ProgramWriter, scratch: Scratch): Inputs {
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
  const cutsBlocks = cuts.length > 0;
  return { operands, preparations, block, cutsBlocks, begins: cutsBlocks && rowsStartBlocks ? rows : 1 };
}

export function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
