import type { Plan } from "../../plan/steps.js";
import type { Device } from "../contract.js";
import type { Build } from "./builds.js";
import { deviceOf } from "./device.js";
import { compileKernels, instantiateKernels, tableOf } from "./module.js";
import { patience } from "./patience.js";
import { type PreparedThread, prepare } from "./prepare.js";
import type { Schedule } from "./schedule.js";
import { tasksOf } from "./tasks.js";

/** Opens plans on this thread alone; `reason`: why it is not more, when more were asked for. */
export async function openAlone(plans: readonly Plan[], build: Build, reason?: string): Promise<Device> {
  const module = await compileKernels(build, false);
  const schedules = plans.map(scheduleAlone);
  const { memory, arena, threads } = prepare(module, plans, schedules, [patience.first(true)], false);
  const [{ functions, addresses }] = threads as [PreparedThread];
  const { run } = instantiateKernels(module, memory, await tableOf(functions, memory));
  return deviceOf({ arena, addresses, run, build, threads: 1, ...(reason !== undefined && { reason }) });
}

/** One task after the other. */
export function scheduleAlone(plan: Plan): Schedule {
  return { tasks: tasksOf(plan).map((task) => ({ task, shares: [], barrier: false })), threads: 1 };
}
