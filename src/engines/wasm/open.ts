import type { Plan } from "../../plan/steps.js";
import type { Device } from "../contract.js";
import { deviceOf } from "./device.js";
import { type Layout, layOut, type ThreadLayout, takeMemory } from "./layout.js";
import { compileFunctions, compileKernels, instantiateKernels, tableOf } from "./module.js";
import { encode, type Patience, type Programs } from "./program.js";
import { type Schedule, scheduleOf } from "./schedule.js";
import { maySleep } from "./threads.js";

/** Opens plans on this thread alone; `reason`: why it is not more, when more were asked for. */
export async function openAlone(plans: readonly Plan[], reason?: string): Promise<Device> {
  const module = await compileKernels(false);
  const schedules = plans.map((plan) => scheduleOf(plan, 1));
  const { layout, programs, memory } = writeAll(module, plans, schedules, [patience.first(true)]);
  const [own] = programs as [Programs];
  const { run } = instantiateKernels(module, memory, await tableOf(own.functions, memory));
  const device = { arena: arenaOf(plans, layout, memory), addresses: addressesOf(own, first(layout)), run };
  return deviceOf({ ...device, threads: 1, ...(reason !== undefined && { reason }) });
}

/**
 * Opens plans on this thread and workers, over shared memory.
 * @throws NoWorkers when a worker cannot be started.
 */
export async function openTogether(
  plans: readonly Plan[],
  schedules: readonly Schedule[],
  threads: number,
): Promise<Device> {
  const { startWorkers } = await import("./workers.js");
  const module = await compileKernels(true);
  const patiences = Array.from({ length: threads }, (_, thread) =>
    thread === 0 ? patience.first(maySleep()) : patience.other,
  );
  const { layout, programs, memory } = writeAll(module, plans, schedules, patiences);
  const [own, ...others] = programs as [Programs, ...Programs[]];
  const assignments = others.map(async ({ functions }, i) => {
    const { programs: gate, list, cell } = layout.threads[i + 1] as ThreadLayout;
    const compiled = functions.length === 0 ? undefined : await compileFunctions(functions, true);
    return { kernels: module, functions: compiled, memory, gate, programs: list, cell };
  });
  const workers = await startWorkers(await Promise.all(assignments));
  const { run } = instantiateKernels(module, memory, await tableOf(own.functions, memory));
  const plan = new Int32Array(memory.buffer, layout.counter + 128, 1);
  return deviceOf({
    arena: arenaOf(plans, layout, memory),
    addresses: addressesOf(own, first(layout)),
    run,
    threads,
    together: { workers, plan },
  });
}

/** How long threads wait for each other; a look takes about 1.5 ns. */
const patience = {
  /** The first one leaves a barrier after a while to see whether another has died. */
  first: (sleeps: boolean): Patience =>
    sleeps ? { looks: 30_000, milliseconds: 50 } : { looks: 20_000_000, milliseconds: 0 },
  other: { looks: 30_000, milliseconds: -1 },
};

/** Encodes every thread's programs, once to measure them and once to place them, and writes them into a memory. */
function writeAll(
  module: WebAssembly.Module,
  plans: readonly Plan[],
  schedules: readonly Schedule[],
  patiences: readonly Patience[],
) {
  const nowhere = { scratch: 0, constants: 0, arena: 0, counter: 0 };
  const measured = patiences.map((own, thread) => encode(schedules, nowhere, { thread, patience: own }));
  const shared = patiences.length > 1;
  const layout = layOut(
    instantiateKernels(module, takeMemory(1, shared)).base(),
    measured.map(({ scratchBytes, constants, words }) => ({
      scratchBytes,
      constantBytes: 16 * constants.length,
      listBytes: 4 * plans.length,
      programBytes: 4 * words.length,
    })),
    longest(plans),
  );
  const memory = takeMemory(layout.pages, shared);
  const programs = layout.threads.map((place, thread) => {
    const bases = { ...place, arena: layout.arena, counter: layout.counter };
    const own = encode(schedules, bases, { thread, patience: patiences[thread] as Patience });
    writePrograms(own, place, memory);
    return own;
  });
  return { layout, programs, memory };
}

function writePrograms(own: Programs, place: ThreadLayout, memory: WebAssembly.Memory): void {
  const words = new Int32Array(memory.buffer);
  words.set(own.words, place.programs / 4);
  words.set(addressesOf(own, place), place.list / 4);
  own.constants.forEach((pattern, i) => {
    words.fill(pattern, place.constants / 4 + 4 * i, place.constants / 4 + 4 * i + 4);
  });
}

/** Where each plan's program lies; 0 where the thread has no part in it. */
function addressesOf({ starts }: Programs, { programs }: ThreadLayout): number[] {
  return starts.map((start) => (start === undefined ? 0 : programs + 4 * start));
}

function longest(plans: readonly Plan[]): number {
  return Math.max(0, ...plans.map(({ length }) => length));
}

function arenaOf(plans: readonly Plan[], layout: Layout, memory: WebAssembly.Memory): Float32Array {
  return new Float32Array(memory.buffer, layout.arena, longest(plans));
}

function first({ threads }: Layout): ThreadLayout {
  return threads[0] as ThreadLayout;
}
