import type { Plan } from "../../plan/steps.js";
import type { Device, Engine, EngineOptions } from "../contract.js";
import { whyNoFastMath } from "./builds.js";
import { openAlone, openTogether } from "./open.js";
import { type Division, scheduleOf } from "./schedule.js";
import { coresHere, whyNoThreads } from "./threads.js";

/** For tests: how steps are divided, and more threads than the machine has cores. */
export interface Tuning {
  readonly division?: Division;
  readonly beyondCores?: boolean;
}

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

/**
 * Threads beyond the first are workers, started only when a plan has enough work for them and the runtime lets them share
 * memory; else the plans run on one thread, and the device says why.
 */
async function openDevice(
  plans: readonly Plan[],
  { threads = 1, fastMath = false }: EngineOptions = {},
  { division, beyondCores = false }: Tuning,
): Promise<Device> {
  const build = fastMath && whyNoFastMath() === undefined ? "relaxed" : "portable";
  if (threads <= 1) return openAlone(plans, build);
  const cores = coresHere();
  const useful = beyondCores ? threads : Math.min(threads, cores);
  if (useful === 1) return openAlone(plans, build, "there is only one processor core");
  const schedules = plans.map((plan) => scheduleOf(plan, useful, division));
  if (schedules.every((schedule) => schedule.threads === 1)) {
    return openAlone(plans, build, "the step is too small to be faster on several threads");
  }
  const reason = whyNoThreads();
  if (reason !== undefined) return openAlone(plans, build, reason);
  try {
    return await openTogether(
      plans,
      schedules,
      build,
      useful < threads ? `there are only ${cores} processor cores` : undefined,
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === "NoWorkers")) throw error;
    return openAlone(plans, build, error.message);
  }
}
