import type { Plan } from "../../plan/steps.js";
import type { Code } from "./assembler.js";
import { layOut, type ThreadLayout, takeMemory } from "./layout.js";
import { instantiateKernels } from "./module.js";
import { encode, type Patience, type Programs } from "./program.js";
import type { Schedule } from "./schedule.js";

/** A memory with every thread's programs in it, and the arena. */
export interface Prepared {
  readonly memory: WebAssembly.Memory;
  readonly arena: Float32Array;
  /** Where threads meet (kernels/barrier.ts). */
  readonly counter: number;
  readonly threads: readonly PreparedThread[];
}

export interface PreparedThread {
  readonly place: ThreadLayout;
  /** Where each plan's program lies; 0 where the thread has no part in it. */
  readonly addresses: readonly number[];
  readonly functions: readonly Code[];
}

/** Encodes every thread's programs, once to measure them and once to place them, and writes them into a memory. */
export function prepare(
  module: WebAssembly.Module,
  plans: readonly Plan[],
  schedules: readonly Schedule[],
  patiences: readonly Patience[],
  shared: boolean,
): Prepared {
  const nowhere = { scratch: 0, constants: 0, arena: 0, counter: 0, tickets: 0 };
  const measured = patiences.map((patience, thread) => encode(schedules, nowhere, { thread, patience }));
  const length = Math.max(0, ...plans.map((plan) => plan.length));
  const base = instantiateKernels(module, takeMemory(1, shared)).base();
  const tickets = Math.max(0, ...measured.map((one) => one.tickets));
  const layout = layOut(base, tickets, measured.map(needsOf), length);
  const memory = takeMemory(layout.pages, shared);
  const threads = patiences.map((patience, thread) => {
    const place = layout.threads[thread] as ThreadLayout;
    const bases = { ...place, arena: layout.arena, counter: layout.counter, tickets: layout.tickets };
    const programs = encode(schedules, bases, { thread, patience });
    const addresses = programs.starts.map((start) => (start === undefined ? 0 : place.programs + 4 * start));
    write(programs, addresses, place, memory);
    return { place, addresses, functions: programs.functions };
  });
  const arena = new Float32Array(memory.buffer, layout.arena, length);
  return { memory, arena, counter: layout.counter, threads };
}

function needsOf({ scratchBytes, constants, starts, words }: Programs) {
  const [constantBytes, listBytes, programBytes] = [16 * constants.length, 4 * starts.length, 4 * words.length];
  return { scratchBytes, constantBytes, listBytes, programBytes };
}

function write(
  { words, constants }: Programs,
  addresses: readonly number[],
  place: ThreadLayout,
  memory: WebAssembly.Memory,
): void {
  const all = new Int32Array(memory.buffer);
  all.set(words, place.programs / 4);
  all.set(addresses, place.list / 4);
  constants.forEach((pattern, i) => {
    all.fill(pattern, place.constants / 4 + 4 * i, place.constants / 4 + 4 * i + 4);
  });
}
