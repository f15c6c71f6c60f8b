import { type LoweredPlan, lowerPlan, type Port } from "../../formats/onnx/lower-plan.js";
import { encodeOnnx } from "../../formats/onnx/proto.js";
import type { Plan } from "../../plan/index.js";
import { type Device, EngineError, type EngineOptions } from "../contract.js";
import {
  type Provider,
  type Runtime,
  type RuntimeSession,
  type RuntimeTensor,
  reasonOf,
  type Tensors,
} from "./runtime.js";
import { type Slot, Slots } from "./slots.js";

/** One plan, ready to run: what it reads and writes under the names of its graph. */
interface Program {
  /** None where nothing is computed: every output is a view of an input. */
  readonly session: RuntimeSession | undefined;
  readonly feeds: Tensors;
  readonly fetches: Tensors;
  readonly reads: readonly { readonly name: string; readonly slot: Slot }[];
  readonly writes: readonly { readonly name: string; readonly slot: Slot }[];
}

/** @throws EngineError when ONNX Runtime cannot do what was asked, with its reason. */
export async function openDevice(runtime: Runtime, plans: readonly Plan[], options: EngineOptions): Promise<Device> {
  const arena = takeMemory(Math.max(0, ...plans.map((plan) => plan.length)));
  const slots = new Slots(runtime, arena);
  const programs: Program[] = [];
  try {
    for (const plan of plans) {
      const lowered = lowerPlan(plan, { name: "step", precise: true });
      programs.push(await openProgram(runtime, lowered, arena, slots, options));
    }
  } catch (error) {
    release(programs);
    throw error;
  }
  return new OnnxDevice(arena, slots, programs);
}

function takeMemory(length: number): Float32Array {
  try {
    return new Float32Array(length);
  } catch (error) {
    const size = `${(length / 2 ** 28).toFixed(1)} GiB`;
    throw new EngineError(`there is no memory for the ${size} of this plan; use a smaller batch or network`, {
      cause: error,
    });
  }
}

async function openProgram(
  runtime: Runtime,
  { model, inputs, results, updates }: LoweredPlan,
  arena: Float32Array,
  slots: Slots,
  { threads = 1, provider = "cpu" }: EngineOptions,
): Promise<Program> {
  const session =
    model.outputs.length === 0 ? undefined : await openSession(runtime, encodeOnnx(model), provider, threads);
  const view = ({ buffer, shape }: Port): RuntimeTensor =>
    new runtime.Tensor("float32", arena.subarray(buffer.offset, buffer.offset + buffer.length), shape);
  const named = (ports: readonly Port[]) => Object.fromEntries(ports.map((port) => [port.name, view(port)]));
  const slotted = (ports: readonly Port[]) => ports.map(({ name, buffer }) => ({ name, slot: slots.add(buffer) }));
  const lasts = ({ buffer: { role } }: Port) => role === "parameter" || role === "state";
  return {
    session,
    feeds: named(inputs.filter((port) => !lasts(port))),
    fetches: named(results),
    reads: slotted(inputs.filter(lasts)),
    writes: slotted(updates),
  };
}

async function openSession(
  runtime: Runtime,
  model: Uint8Array,
  provider: Provider,
  threads: number,
): Promise<RuntimeSession> {
  try {
    return await runtime.InferenceSession.create(model, {
      executionProviders: [provider],
      graphOptimizationLevel: "all",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (error) {
    const elsewhere = provider === "cpu" ? "use the wasm engine" : 'use the provider "cpu"';
    throw new EngineError(`ONNX Runtime cannot prepare this plan for ${provider}: ${reasonOf(error)}; ${elsewhere}`, {
      cause: error,
    });
  }
}

class OnnxDevice implements Device {
  #arena: Float32Array | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    arena: Float32Array,
    private readonly slots: Slots,
    private readonly programs: readonly Program[],
  ) {
    this.#arena = arena;
  }

  get arena(): Float32Array {
    if (this.#arena === undefined) throw new EngineError("this onnx device is closed; open the plans again");
    return this.#arena;
  }

  run(plan: number): Promise<void> {
    const program = this.programs[plan];
    if (program === undefined)
      throw new EngineError(`this device has ${this.programs.length} plans, and none at ${plan}`);
    if (this.#arena === undefined) throw new EngineError("this onnx device is closed; open the plans again");
    this.#running = runProgram(program);
    return this.#running;
  }

  pull(): void {
    this.slots.pull();
  }

  push(): void {
    this.slots.push();
  }

  /** A run under way comes to its end first: its memory is in use. */
  close(): void {
    this.#arena = undefined;
    this.#running.then(
      () => release(this.programs),
      () => release(this.programs),
    );
  }
}

async function runProgram({ session, feeds, fetches, reads, writes }: Program): Promise<void> {
  for (const { name, slot } of reads) feeds[name] = slot.tensors[slot.side];
  for (const { name, slot } of writes) fetches[name] = slot.tensors[slot.side === 0 ? 1 : 0];
  try {
    await session?.run(feeds, fetches);
  } catch (error) {
    throw new EngineError(`ONNX Runtime could not run the step: ${reasonOf(error)}`, { cause: error });
  }
  for (const { slot } of writes) slot.side = slot.side === 0 ? 1 : 0;
}

/** Gives memory back; a session that cannot be released has none left to give. */
function release(programs: readonly Program[]): void {
  for (const { session } of programs) session?.release().catch(() => {});
}
