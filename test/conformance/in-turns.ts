import type { Engine } from "../../src/engines/index.js";
import { compileKernels, instantiateKernels, tableOf } from "../../src/engines/wasm/module.js";
import { prepare } from "../../src/engines/wasm/prepare.js";
import { scheduleOf } from "../../src/engines/wasm/schedule.js";
import { relaxed } from "../build-under-test.js";

/**
 * The wasm engine on several threads that take turns on one: each runs its own program until it waits at a barrier, the
 * last one first, in the next run the first one first. All steps are divided that can be. No workers, so it is as quick as one thread, and a barrier that is
 * missing shows in every run: a thread then reads what others have not yet written, or finds it overwritten.
 */
export function inTurns(threads: number): Engine {
  return {
    name: "wasm",
    precision: "float32",
    open: async (plans) => {
      const module = await compileKernels(relaxed ? "relaxed" : "portable", false);
      const schedules = plans.map((plan) => scheduleOf(plan, threads, "everywhere"));
      const patience = { looks: 1, milliseconds: 0 };
      const prepared = prepare(module, plans, schedules, new Array(threads).fill(patience), false);
      const runs = await Promise.all(
        prepared.threads.map(async ({ functions, addresses, place }) => {
          const table = await tableOf(functions, prepared.memory);
          const kernels = instantiateKernels(module, prepared.memory, table);
          return { run: kernels.run, addresses, gate: place.programs };
        }),
      );
      const order = runs.map((_, thread) => thread);
      return {
        arena: prepared.arena,
        run: (plan) => {
          order.reverse();
          const next = runs.map(({ gate, addresses }, thread) =>
            thread === 0 ? [addresses[plan] as number] : [gate, addresses[plan] as number],
          );
          for (let turns = 0; next.some((programs) => programs.length > 0); turns++) {
            if (turns > 10_000) throw new Error("threads wait for each other for ever");
            for (const thread of order) {
              const programs = next[thread] as number[];
              while (programs.length > 0) {
                const rest = (runs[thread] as (typeof runs)[number]).run(programs[0] as number);
                if (rest !== 0) {
                  programs[0] = rest;
                  break;
                }
                programs.shift();
              }
            }
          }
        },
        close: () => {},
      };
    },
  };
}
