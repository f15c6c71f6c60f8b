import { assemble, code, f32x4, opcode, v128 } from "./assembler.js";
import { portable } from "./kernels.generated.js";

/**
 * The two builds of the kernels. `portable` rounds every product and every sum, so the same seed gives the same bits on every
 * machine; `relaxed` uses the machine's fused multiply-add, which is faster and rounds once.
 */
export type Build = "portable" | "relaxed";

/**
 * Why the relaxed build cannot run here, as a sentence; undefined where it can. Asked of the runtime itself, by a module of
 * one relaxed instruction.
 */
export function whyNoFastMath(): string | undefined {
  const probe = code([0], v128.zero, v128.zero, v128.zero, f32x4.relaxedMadd, opcode.drop, opcode.end);
  if (WebAssembly.validate(assemble([probe], false))) return undefined;
  return (
    "this runtime has no fused multiply-add in WebAssembly (relaxed SIMD), so the portable build runs; " +
    "use Node 22 or later, Node 20 with --experimental-wasm-relaxed-simd, or a recent browser"
  );
}

/** A build's bytes, deflated, as base64; the relaxed ones are loaded only here. */
export async function bytesOf(build: Build): Promise<string> {
  return build === "portable" ? portable : (await import("./kernels-relaxed.generated.js")).relaxed;
}
