import type { ElementwiseStep } from "../../plan/steps.js";
import * as opcodes from "./opcodes.generated.js";
import { lower } from "./opcodes.js";

/** Where an operand comes from: an input of the step, a number known now, or the result of an earlier operation. */
export type Source =
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "result"; readonly operation: Operation };

/** One operation of the kernels on operands wherever they are. */
export interface Operation {
  readonly opcode: number;
  readonly operands: readonly Source[];
}

/** What a step computes, as operations of the kernels, inputs before users, and which source each output takes. */
export interface Lowering {
  readonly operations: readonly Operation[];
  readonly outputs: readonly Source[];
}

/** Ops with attributes become kernels with constants; two operations become one where there is a kernel for the pair. */
export function lowerStep(step: ElementwiseStep): Lowering {
  const registers: Source[] = [
    ...step.inputs.map((_, index): Source => ({ kind: "input", index })),
    ...step.constants.map((value): Source => ({ kind: "constant", value })),
  ];
  const uses = new Map<number, number>();
  const count = (register: number) => uses.set(register, (uses.get(register) ?? 0) + 1);
  for (const { operands } of step.instructions) operands.forEach(count);
  for (const { register } of step.outputs) count(register);

  const first = registers.length;
  for (const { op, attributes, operands } of step.instructions) {
    const { opcode, constants } = lower(op, attributes);
    const sources = operands.map((register) => registers[register] as Source);
    const plain: Operation = powerAsProduct(opcode, sources) ?? {
      opcode,
      operands: [...sources, ...constants.map((value): Source => ({ kind: "constant", value }))],
    };
    const usedOnce = operands.map((register) => register >= first && uses.get(register) === 1);
    registers.push({ kind: "result", operation: fused(plain, usedOnce) ?? plain });
  }
  const outputs = step.outputs.map(({ register }) => registers[register] as Source);
  return { operations: inOrder(outputs), outputs };
}

/** x² and x⁻¹ rounded once, instead of by way of a logarithm. */
function powerAsProduct(opcode: number, [x, exponent]: readonly Source[]): Operation | undefined {
  if (opcode !== opcodes.OP_POW || x === undefined || exponent?.kind !== "constant") return undefined;
  if (exponent.value === 2) return { opcode: opcodes.OP_MUL, operands: [x, x] };
  if (exponent.value === -1) return { opcode: opcodes.OP_DIV, operands: [{ kind: "constant", value: 1 }, x] };
  return undefined;
}

/** a·step(b), a + b·c and a - b·c as one operation each: the same roundings, one pass less. */
function fused({ opcode, operands }: Operation, usedOnce: readonly boolean[]): Operation | undefined {
  const [a, b] = operands as [Source, Source];
  const inside = (side: 0 | 1, wanted: number): readonly Source[] | undefined => {
    const source = operands[side];
    const found = source?.kind === "result" && usedOnce[side] === true && source.operation.opcode === wanted;
    return found ? source.operation.operands : undefined;
  };
  if (opcode === opcodes.OP_MUL) {
    const right = inside(1, opcodes.OP_STEP);
    if (right !== undefined) return { opcode: opcodes.OP_MUL_STEP, operands: [a, ...right] };
    const left = inside(0, opcodes.OP_STEP);
    if (left !== undefined) return { opcode: opcodes.OP_MUL_STEP, operands: [b, ...left] };
  }
  if (opcode === opcodes.OP_ADD) {
    const right = inside(1, opcodes.OP_MUL);
    if (right !== undefined) return { opcode: opcodes.OP_MUL_ADD, operands: [a, ...right] };
    const left = inside(0, opcodes.OP_MUL);
    if (left !== undefined) return { opcode: opcodes.OP_MUL_ADD, operands: [b, ...left] };
  }
  if (opcode === opcodes.OP_SUB) {
    const right = inside(1, opcodes.OP_MUL);
    if (right !== undefined) return { opcode: opcodes.OP_MUL_SUB, operands: [a, ...right] };
  }
  return undefined;
}

/** The operations that the outputs depend on, each once, operands first. */
function inOrder(outputs: readonly Source[]): Operation[] {
  const ordered = new Set<Operation>();
  const visit = (source: Source): void => {
    if (source.kind !== "result" || ordered.has(source.operation)) return;
    source.operation.operands.forEach(visit);
    ordered.add(source.operation);
  };
  outputs.forEach(visit);
  return [...ordered];
}
