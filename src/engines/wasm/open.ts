import type { Plan } from "../../plan/steps.js";
import type { Device } from "../contract.js";
import type { Build } from "./builds.js";
import { deviceOf } from "./device.js";
import { compileFunctions, compileKernels, instantiateKernels, tableOf } from "./module.js";
import { type PreparedThread, prepare } from "./prepare.js";
import type { Patience } from "./program.js";
import { type Schedule, scheduleOf } from "./schedule.js";
import { maySleep } from "./threads.js";

/** How long threads wait for each other; a look takes about a nanosecond. */
const patience = {
  /** The first thread leaves a barrier after a while to see whether another has died. */
  first: (sleeps: boolean): Patience =>
    sleeps ? { looks: 30_000, milliseconds: 50 } : { looks: 20_000_000, milliseconds: 0 },
  other: { looks: 30_000, milliseconds: -1 },
};

/** Opens plans on this thread alone; `reason`: why it is not more, when more were asked for. */
export async function openAlone(plans: readonly Plan[], build: Build, reason?: string): Promise<Device> {
  const module = await compileKernels(build, false);
  const schedules = plans.map((plan) => scheduleOf(plan, 1));
  const { memory, arena, threads } = prepare(module, plans, schedules, [patience.first(true)], false);
  const [{ functions, addresses }] = threads as [PreparedThread];
  const { run } = instantiateKernels(module, memory, await tableOf(functions, memory));
  return deviceOf({ arena, addresses, run, build, threads: 1, ...(reason !== undefined && { reason }) });
}

/**
 * Opens plans on this thread and workers, over shared memory.
 * @throws NoWorkers when a worker cannot be started.
 */
export async function openTogether(
  plans: readonly Plan[],
  schedules: readonly Schedule[],
  build: Build,
  reason?: string,
): Promise<Device> {
  const count = Math.max(...schedules.map((schedule) => schedule.threads));
  const { startWorkers } = await import("./workers.js");
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
