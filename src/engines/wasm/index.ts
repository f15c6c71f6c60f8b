import type { Plan } from "../../plan/steps.js";
import { type Device, type Engine, EngineError } from "../contract.js";
import { layOut, takeMemory } from "./layout.js";
import { compileKernels, instantiateKernels, tableOf } from "./module.js";
import { encode } from "./program.js";

/**
 * The default engine: float32 kernels in WebAssembly SIMD (`kernels/`). Each plan is encoded once as a program in the same
 * memory as the arena, cheap elementwise steps are compiled to functions of their own; running a plan is one call, whatever
 * the number of steps. Same seed, same bits on every machine.
 */
export const wasm: Engine = {
  name: "wasm",
  precision: "float32",
  open: async (plans) => openDevice(await compileKernels(), plans),
};

/** Memory for a module to be asked its first free address, before the real memory is taken. */
const probeMemory = () => new WebAssembly.Memory({ initial: 1 });

async function openDevice(module: WebAssembly.Module, plans: readonly Plan[]): Promise<Device> {
  const measured = encode(plans, { scratch: 0, constants: 0, arena: 0 });
  const layout = layOut({
    base: instantiateKernels(module, probeMemory()).base(),
    scratchBytes: measured.scratchBytes,
    constantBytes: 16 * measured.constants.length,
    programBytes: 4 * measured.words.length,
    arenaLength: Math.max(0, ...plans.map((plan) => plan.length)),
  });
  const programs = encode(plans, layout);
  const memory = takeMemory(layout.pages);
  const words = new Int32Array(memory.buffer);
  words.set(programs.words, layout.programs / 4);
  programs.constants.forEach((pattern, i) => {
    words.fill(pattern, layout.constants / 4 + 4 * i, layout.constants / 4 + 4 * i + 4);
  });
  const length = Math.max(0, ...plans.map((plan) => plan.length));
  const addresses = programs.starts.map((start) => layout.programs + 4 * start);
  const table = await tableOf(programs.functions, memory);
  const { run } = instantiateKernels(module, memory, table);
  return device(new Float32Array(memory.buffer, layout.arena, length), addresses, run);
}

function device(arena: Float32Array, addresses: readonly number[], run: (program: number) => void): Device {
  let open: { arena: Float32Array; run: (program: number) => void } | undefined = { arena, run };
  const use = () => {
    if (open === undefined) throw new EngineError("this wasm device is closed; open the plans again");
    return open;
  };
  return {
    get arena() {
      return use().arena;
    },
    run: (plan) => {
      const address = addresses[plan];
      if (address === undefined) {
        const count = addresses.length;
        throw new EngineError(`this device has ${count} ${count === 1 ? "plan" : "plans"}, and none at ${plan}`);
      }
      use().run(address);
    },
    close: () => {
      open = undefined;
    },
  };
}
