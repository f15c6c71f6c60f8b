import type { Plan } from "../../plan/steps.js";
import type { Device } from "../contract.js";
import type { Build } from "./builds.js";
import { deviceOf } from "./device.js";
import { compileFunctions, compileKernels, instantiateKernels, tableOf } from "./module.js";
import { openAlone } from "./open-alone.js";
import { patience } from "./patience.js";
import { type PreparedThread, prepare } from "./prepare.js";
import { type Division, type Schedule, scheduleOf } from "./schedule.js";
import { coresHere, maySleep, whyNoThreads } from "./threads.js";
import { startWorkers } from "./workers.js";

/** For tests: how steps are divided, and more threads than the machine has cores. */
export interface Tuning {
  readonly division?: Division;
  readonly beyondCores?: boolean;
}

/**
 * Opens plans on up to so many threads. Those beyond the first are workers, started only when a plan has enough work for them
 * and the runtime lets them share memory; else the plans run on one thread, and the device says why.
 */
export async function openOnThreads(
  plans: readonly Plan[],
  build: Build,
  threads: number,
  { division, beyondCores = false }: Tuning,
): Promise<Device> {
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

/**
 * Opens plans on this thread and workers, over shared memory.
 * @throws NoWorkers when a worker cannot be started.
 */
async function openTogether(
  plans: readonly Plan[],
  schedules: readonly Schedule[],
  build: Build,
  reason?: string,
): Promise<Device> {
  const count = Math.max(...schedules.map((schedule) => schedule.threads));
  const others = Array.from({ length: count - 1 }, () => patience.other);
  const preparing = compileKernels(build, true).then((kernels) => ({
    kernels,
    ...prepare(kernels, plans, schedules, [patience.first(maySleep()), ...others], true),
  }));
  const assignments = preparing.then(({ kernels, memory, threads }) =>
    Promise.all(threads.slice(1).map((thread) => assignmentOf(thread, kernels, memory))),
  );
  // Workers start while kernels are compiled and programs written.
  const workers = await startWorkers(count - 1, assignments);
  const { kernels, memory, arena, counter, threads } = await preparing;
  const [{ functions, addresses }] = threads as [PreparedThread];
  const { run } = instantiateKernels(kernels, memory, await tableOf(functions, memory));
  const together = { workers, plan: new Int32Array(memory.buffer, counter + 128, 1) };
  return deviceOf({ arena, addresses, run, build, threads: count, together, ...(reason !== undefined && { reason }) });
}

async function assignmentOf(
  { functions, place }: PreparedThread,
  kernels: WebAssembly.Module,
  memory: WebAssembly.Memory,
) {
  const compiled = functions.length === 0 ? undefined : await compileFunctions(functions, true);
  return { kernels, functions: compiled, memory, gate: place.programs, programs: place.list, cell: place.cell };
}
