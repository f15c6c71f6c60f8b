import type { MatmulStep } from "../../plan/steps.js";
import * as opcodes from "./opcodes.generated.js";
import { lower } from "./opcodes.js";
import type { Update } from "./update-pairs.js";
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

/** Rows of C that are handed out together, and columns: those of a tile, or a cache line of C, lest two threads write to one. */
const rowQuantum = 4;
const columnQuantum = (n: number, threads: number): number => (n >= 32 * threads ? 16 : 8);

type Product = Omit<MatmulStep, "kind">;

/**
 * Threads take columns of C, so that each packs its own part of B alone; where there are not enough of them, rows. Rows also
 * of a product with a transposed A, as the gradient of weights is: so a thread computes the gradient of those weights that it
 * will update, and reads in the next step (elementwise steps are divided by stretches), and they stay in its cache.
 */
function dividesRows({ m, n, transposeA }: Product, threads: number): boolean {
  const [fewRows, fewColumns] = [m < 8 * threads * rowQuantum, n < 16 * threads];
  if (fewRows || fewColumns) return fewColumns && m / rowQuantum >= n / 8;
  return transposeA;
}

/** Encodes a product, or the writer's part of it, for kernels/matmul.ts; with `update`, it is subtracted from that target. */
export function writeProduct(step: Product, writer: ProgramWriter, update?: Update): void {
  const { m, k, n, a, b, transposeA, transposeB, bias, activation } = step;
  const output = update?.target ?? step.output;
  const byRows = dividesRows(step, writer.threads);
  const rows = byRows ? writer.part(m, rowQuantum) : { first: 0, count: m };
  const columns = byRows ? { first: 0, count: n } : writer.part(n, columnQuantum(n, writer.threads));
  if (rows.count === 0 || columns.count === 0) return;
  const [aStep, bStep] = [transposeA ? m : k, transposeB ? k : n];
  const lowered = activation && lower(activation.op, activation.attributes);
  const [second = 0, third = 0] = lowered?.constants.map((value) => writer.constant(value)) ?? [];
  const [scratchA, scratchB] = scratchFor({ m: rows.count, k, n: columns.count });
  const scratch = writer.scratch(scratchA + scratchB);
  writer.step(
    opcodes.STEP_MATMUL,
    rows.count,
    k,
    columns.count,
    writer.address(a) + 4 * rows.first * (transposeA ? 1 : aStep),
    writer.address(b) + 4 * columns.first * (transposeB ? bStep : 1),
    writer.address(output) + 4 * (rows.first * n + columns.first),
    transposeA ? 1 : 0,
    transposeB ? 1 : 0,
    update ? writer.address(update.rate) : bias ? writer.address(bias) + 4 * columns.first : 0,
    scratch,
    update ? opcodes.OP_MUL_SUB : (lowered?.opcode ?? 0),
    second,
    third,
    scratch + scratchA,
    4 * aStep,
    4 * bStep,
    4 * n,
  );
}
