import type { Plan } from "../../plan/steps.js";
import type { Device, Engine, EngineOptions } from "../contract.js";
import { whyNoFastMath } from "./builds.js";
import { openAlone } from "./open-alone.js";
import type { Tuning } from "./open-together.js";

/**
 * The default engine: float32 kernels in WebAssembly SIMD (`kernels/`). Each plan is encoded once as a program in the same
 * memory as the arena, cheap elementwise steps are compiled to functions of their own; running a plan is one call, whatever
 * the number of steps. Same seed, same bits on every machine and with any number of threads; with `fastMath`, where the runtime
 * has it, fused multiply-add instead of that promise.
 */
export const wasm: Engine = wasmEngine();

export function wasmEngine(tuning: Tuning = {}): Engine {
  return {
    name: "wasm",
    precision: "float32",
    open: (plans, options) => openDevice(plans, options, tuning),
  };
}

/** What several threads need is loaded when they are asked for. */
async function openDevice(
  plans: readonly Plan[],
  { threads = 1, fastMath = false }: EngineOptions = {},
  tuning: Tuning,
): Promise<Device> {
  const build = fastMath && whyNoFastMath() === undefined ? "relaxed" : "portable";
  if (threads <= 1) return openAlone(plans, build);
  const { openOnThreads } = await import("./open-together.js");
  return openOnThreads(plans, build, threads, tuning);
}
