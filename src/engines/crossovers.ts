/**
 * Written by `node bench/crossovers.mjs`; do not edit. From how many multiplications and additions a step on (`plan.flops`) a
 * second thread of the wasm engine is `times` as fast as one, and the onnx engine as the wasm engine; without `from`, nowhere in
 * the table (docs/bench/crossovers.md).
 * Measured on 2026-11-25: AMD EPYC, 2 cores, Node 20.20.2.
 */
export type Crossovers = Readonly<Record<"threads" | "onnx", { readonly times: number; readonly from?: number }>>;

export const crossovers: Crossovers = {
  threads: { times: 1.2, from: 9891058 },
  onnx: { times: 1.5 },
};
