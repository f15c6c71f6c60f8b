import type { MatmulStep } from "../../plan/steps.js";
import { opcodes } from "./kernels.generated.js";
import { lower } from "./opcodes.js";
import type { ProgramWriter } from "./writer.js";

/** One panel of 4 and one of 8 columns, 256 numbers deep. */
const scratchBytes = 4 * 256 * (4 + 8);

/** Encodes a product for kernels/matmul.ts. */
export function writeProduct(step: Omit<MatmulStep, "kind">, writer: ProgramWriter): void {
  const { m, k, n, a, b, transposeA, transposeB, bias, activation, output } = step;
  const lowered = activation && lower(activation.op, activation.attributes);
  const [second = 0, third = 0] = lowered?.constants.map((value) => writer.constant(value)) ?? [];
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
    writer.scratch(scratchBytes),
    lowered?.opcode ?? 0,
    second,
    third,
  );
}
