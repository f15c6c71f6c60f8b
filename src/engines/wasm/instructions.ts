import type { Buffer, ElementwiseInput, ElementwiseStep, View } from "../../plan/steps.js";
import { overlap } from "./buffers.js";
import * as opcodes from "./opcodes.generated.js";
import type { Operand, Scratch } from "./operands.js";
import type { Lowering, Operation, Source } from "./registers.js";
import type { ProgramWriter } from "./writer.js";

const nothing: Operand = { mode: opcodes.OPERAND_SPLAT, place: 0 };

/** Words of one instruction (kernels/elementwise.ts). */
export const instructionWords = 6;

/** Registers for results that are still needed; a result goes straight to its output where nothing reads that memory later. */
export function writeInstructions(
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
