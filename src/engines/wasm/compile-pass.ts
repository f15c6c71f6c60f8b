import type { ElementwiseStep, View } from "../../plan/steps.js";
import { type Code, code, i32, local, opcode, unsigned, v128 } from "./assembler.js";
import * as opcodes from "./opcodes.generated.js";
import type { Operand } from "./operands.js";
import type { Lowering, Operation, Source } from "./registers.js";
import { type Emit, simpleOperations } from "./simple-operations.js";
import type { ProgramWriter } from "./writer.js";

/** A single operation is as fast in the kernels' own loops. */
const fewestOperations = 2;

/** Locals of a compiled pass: its parameters, the index of its first number and how many it has … */
const first = 0;
const count = 1;
/** … bytes from the step's first number on, where whole vectors end, then where blocks and rows begin, then vectors. */
const offset = 2;
const end = 3;

/**
 * A function compiled for one step: a single loop that reads, computes in registers and writes (update rules run 2 to 4
 * times as fast as by blocks). Only for operations that are an instruction or two; results are the same to the bit.
 * @returns Its index in the table of functions, or undefined when the step is not of that kind.
 */
export function compilePass(
  step: ElementwiseStep,
  { operations, outputs }: Lowering,
  inputs: readonly Operand[],
  writer: ProgramWriter,
): number | undefined {
  if (operations.length < fewestOperations || operations.some((one) => !(one.opcode in simpleOperations)))
    return undefined;
  const inBlocks = inputs.filter(({ mode }) => mode === opcodes.OPERAND_BLOCK || mode === opcodes.OPERAND_POINTER);
  const firstVector = end + 1 + inBlocks.length;
  let vectors = 0;
  const newVector = () => firstVector + vectors++;

  // Before the loop: numbers that are the same for every index, and where index 0 of a block or a row would lie.
  const splat = (place: number, register: number): Code => code(i32.const(place), v128.load(0), local.set(register));
  const begin = ({ mode, place }: Operand, register: number): Code => {
    const here = mode === opcodes.OPERAND_POINTER ? code(i32.const(place), i32.load) : i32.const(place);
    return code(here, local.get(first), i32.const(2), i32.shl, i32.sub, local.set(register));
  };
  const splats = new Map(
    inputs.filter(({ mode }) => mode === opcodes.OPERAND_SPLAT).map((input) => [input, newVector()]),
  );
  const begins = new Map(inBlocks.map((input, i) => [input, end + 1 + i]));
  const sources = [...outputs, ...operations.flatMap(({ operands }) => operands)];
  const numbers = new Set([1, ...sources.flatMap((source) => (source.kind === "constant" ? [source.value] : []))]);
  const constants = new Map([...numbers].map((value) => [value, newVector()]));
  const one = local.get(constants.get(1) as number);
  const prologue = code(
    ...[...splats].map(([{ place }, register]) => splat(place, register)),
    ...[...constants].map(([value, register]) => splat(writer.constant(value), register)),
    ...[...begins].map(([input, register]) => begin(input, register)),
  );

  /** Every input read, every operation, every output stored: one turn of the loop. */
  const turn = (store: (view: View, register: number) => Code): Code => {
    const body: Code[] = [];
    const keep = (value: Code): number => {
      const register = newVector();
      body.push(value, local.set(register));
      return register;
    };
    const read = inputs.map((input) => {
      const beginning = begins.get(input);
      if (beginning !== undefined) return keep(code(local.get(beginning), local.get(offset), i32.add, v128.load(0)));
      return splats.get(input) ?? keep(code(local.get(offset), v128.load(input.place)));
    });
    const results = new Map<Operation, number>();
    const registerOf = (source: Source): number => {
      if (source.kind === "input") return read[source.index] as number;
      return (source.kind === "constant" ? constants.get(source.value) : results.get(source.operation)) as number;
    };
    for (const operation of operations) {
      const emit = simpleOperations[operation.opcode] as Emit;
      const [a = [], b = [], c = []] = operation.operands.map((source) => local.get(registerOf(source)));
      results.set(operation, keep(emit(one, a, b, c)));
    }
    const stores = outputs.map((source, i) => {
      const { view } = step.outputs[i] as ElementwiseStep["outputs"][number];
      return store(view, registerOf(source));
    });
    return code(...body, ...stores);
  };

  const whole = turn((view, register) =>
    code(local.get(offset), local.get(register), v128.store(writer.address(view))),
  );
  const part = turn((view, register) => storePart(writer.address(view), register));
  return writer.compiled(
    code(
      [2, ...unsigned(firstVector - offset), i32.type, ...unsigned(vectors), v128.type],
      prologue,
      code(local.get(first), i32.const(2), i32.shl, local.set(offset)),
      code(local.get(count), i32.const(-4), i32.and, i32.const(2), i32.shl, local.get(offset), i32.add, local.set(end)),
      code(opcode.block, opcode.loop),
      code(local.get(offset), local.get(end), i32.geU, opcode.brIf(1)),
      whole,
      code(local.get(offset), i32.const(16), i32.add, local.set(offset), opcode.br(0)),
      code(opcode.end, opcode.end),
      code(local.get(count), i32.const(3), i32.and, opcode.if, part, opcode.end),
      opcode.end,
    ),
  );
}

/** Stores the first one, two or three numbers of a vector. */
function storePart(address: number, register: number): Code {
  const [at, vector] = [local.get(offset), local.get(register)];
  return code(
    code(local.get(count), i32.const(2), i32.and, opcode.if),
    code(at, vector, v128.store64Lane(address, 0)),
    code(local.get(count), i32.const(1), i32.and, opcode.if),
    code(at, vector, v128.store32Lane(address + 8, 2)),
    code(opcode.end, opcode.else),
    code(at, vector, v128.store32Lane(address, 0)),
    opcode.end,
  );
}
