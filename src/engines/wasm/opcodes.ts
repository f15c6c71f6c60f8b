import type { Attributes, ElementwiseName, ElementwiseOp } from "../../plan/index.js";
import { EngineError } from "../contract.js";
import * as opcodes from "./opcodes.generated.js";

/** How the kernels know an elementwise op: its opcode, and what its attributes become, operands like any other. */
export interface Lowered {
  readonly opcode: number;
  readonly constants: readonly number[];
}

type Lowering = (attributes: Attributes) => Lowered;

const plain =
  (opcode: number): Lowering =>
  () => ({ opcode, constants: [] });

/** Every elementwise op: one that is forgotten here does not compile. */
export const elementwiseLowerings: { readonly [Name in ElementwiseName]: Lowering } = {
  add: plain(opcodes.OP_ADD),
  sub: plain(opcodes.OP_SUB),
  mul: plain(opcodes.OP_MUL),
  div: plain(opcodes.OP_DIV),
  neg: plain(opcodes.OP_NEG),
  exp: plain(opcodes.OP_EXP),
  log: plain(opcodes.OP_LOG),
  sqrt: plain(opcodes.OP_SQRT),
  pow: plain(opcodes.OP_POW),
  abs: plain(opcodes.OP_ABS),
  sign: plain(opcodes.OP_SIGN),
  step: plain(opcodes.OP_STEP),
  equal: plain(opcodes.OP_EQUAL),
  where: plain(opcodes.OP_WHERE),
  minimum: plain(opcodes.OP_MINIMUM),
  maximum: plain(opcodes.OP_MAXIMUM),
  sigmoid: plain(opcodes.OP_SIGMOID),
  tanh: plain(opcodes.OP_TANH),
  relu: plain(opcodes.OP_RELU),
  leakyRelu: ({ slope }) => ({ opcode: opcodes.OP_LEAKY_RELU, constants: [slope as number] }),
  elu: ({ alpha }) => ({ opcode: opcodes.OP_ELU, constants: [alpha as number, 1] }),
  selu: ({ alpha, scale }) => ({ opcode: opcodes.OP_ELU, constants: [alpha as number, scale as number] }),
  gelu: plain(opcodes.OP_GELU),
  normalCdf: plain(opcodes.OP_NORMAL_CDF),
  silu: plain(opcodes.OP_SILU),
  softplus: ({ beta }) =>
    beta === 1
      ? { opcode: opcodes.OP_SOFTPLUS, constants: [] }
      : {
          opcode: opcodes.OP_SOFTPLUS_BETA,
          constants: [beta as number, (beta as number) - Math.fround(beta as number)],
        },
  softsign: plain(opcodes.OP_SOFTSIGN),
  hardtanh: ({ min, max }) => ({ opcode: opcodes.OP_HARDTANH, constants: [min as number, max as number] }),
  mish: plain(opcodes.OP_MISH),
  crossEntropy: plain(opcodes.OP_CROSS_ENTROPY),
  binaryCrossEntropy: ({ positiveWeight }) => ({
    opcode: opcodes.OP_BINARY_CROSS_ENTROPY,
    constants: [positiveWeight as number],
  }),
};

/** @throws EngineError when the op is not in the table. */
export function lower(op: ElementwiseOp, attributes: Attributes): Lowered {
  const lowering: Lowering | undefined = elementwiseLowerings[op.name as ElementwiseName];
  if (lowering === undefined) throw new EngineError(`the wasm engine has no kernel for the op ${op.name}`);
  return lowering(attributes);
}
