import type { MatmulStep } from "../../plan/steps.js";
import { opcodes } from "./kernels.generated.js";
import { lower } from "./opcodes.js";
import type { ProgramWriter } from "./writer.js";

// The blocking of kernels/matmul.ts: how much of A and B is packed at a time.
const stretch = 512;
const columns = 512;
const rows = 64;

/** Bytes for a packed part of A, in rows of 4, and of B, in panels of 8 columns. */
function scratchFor({ m, k, n }: { m: number; k: number; n: number }): [a: number, b: number] {
  const depth = Math.min(k, stretch);
  const roundUp = (size: number, unit: number) => Math.ceil(size / unit) * unit;
  return [4 * depth * roundUp(Math.min(m, rows), 16), 4 * depth * roundUp(Math.min(n, columns), 8)];
}

/** Encodes a product for kernels/matmul.ts. */
export function writeProduct(step: Omit<MatmulStep, "kind">, writer: ProgramWriter): void {
  const { m, k, n, a, b, transposeA, transposeB, bias, activation, output } = step;
  const lowered = activation && lower(activation.op, activation.attributes);
  const [second = 0, third = 0] = lowered?.constants.map((value) => writer.constant(value)) ?? [];
  const [scratchA, scratchB] = scratchFor(step);
  const scratch = writer.scratch(scratchA + scratchB);
  writer.step(
    opcodes.STEP_MATMUL,
    m,
    k,
    n,
    writer.address(a),
    writer.address(b),
    writer.address(output),
    transposeA ? 1 : 0,
    transposeB ? 1 : 0,
    bias === undefined ? 0 : writer.address(bias),
    scratch,
    lowered?.opcode ?? 0,
    second,
    third,
    scratch + scratchA,
  );
}
