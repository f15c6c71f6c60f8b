/// <reference lib="esnext.disposable" preserve="true" />
import {
  type Choice,
  chooseEngine,
  type Device,
  type Engine,
  type EngineChoice,
  EngineError,
  type EngineOptions,
  selectEngine,
} from "../engines/index.js";
import type { Network } from "../nn/index.js";
import { type Plan, planTogether, type View } from "../plan/index.js";
import { createRandom } from "../random/index.js";
import { type Tensor, UsageError } from "../tensor/index.js";
import { lastingLeaves, predictionGraph, type StepDescription, trainingGraph } from "./graphs.js";

export interface SessionOptions {
  /** Batch sizes that will be trained on; each gets a plan of its own over the same memory. */
  readonly batchSizes: readonly number[];
  /** Batch size for prediction; none when left out. */
  readonly predictBatch?: number;
  /** An engine, or a name: with `auto` the engine that suits the plan, see `choice`. */
  readonly engine: Engine | EngineChoice;
  /** Threads to use at most; left out, as many as pay for this plan with the name of an engine, and 1 with an engine itself. */
  readonly threads?: number | undefined;
  /** Fused multiply-add in the `wasm` engine where the runtime has it. */
  readonly fastMath?: boolean;
  /** Where the `onnx` engine computes. */
  readonly provider?: EngineOptions["provider"];
  /** Keep every named value readable, at the price of memory. */
  readonly keep?: "needed" | "named";
  /** Leave parameters at 0 in place of initial values: all of them will be written. */
  readonly blank?: boolean;
}

/** Where the next batch goes and where its results will be: views of the arena, written and read without copying. */
export interface BatchBuffers {
  readonly x: Float32Array | Float64Array;
  readonly t: Float32Array | Float64Array;
  readonly loss: Float32Array | Float64Array;
  readonly prediction: Float32Array | Float64Array;
}

/**
 * The one stateful thing: an arena with parameters, optimizer state, activations and gradients, and an engine to run the
 * planned steps over it. Write a batch into its buffers, call `step`, read any named value.
 */
export class Session implements Disposable {
  /** Steps taken so far. */
  steps = 0;
  readonly #device: Device;
  readonly #plans: ReadonlyMap<number, { readonly index: number; readonly plan: Plan; readonly buffers: BatchBuffers }>;
  readonly #prediction: ({ readonly index: number } & Pick<BatchBuffers, "x" | "prediction">) | undefined;
  readonly #scalars: readonly { readonly name: string; readonly at: number }[];
  readonly #stepAt: number | undefined;
  readonly #any: Plan;

  private constructor(
    readonly description: StepDescription,
    readonly engine: Engine,
    /** Which engine and how many threads, and why. */
    readonly choice: Choice,
    device: Device,
    sizes: readonly number[],
    plans: readonly Plan[],
  ) {
    this.#device = device;
    this.#any = plans[0] as Plan;
    this.#plans = new Map(
      sizes.map((size, index) => {
        const plan = plans[index] as Plan;
        const view = (name: string) => this.#view(plan, name);
        const buffers = { x: view("X"), t: view("t"), loss: view("loss"), prediction: view("prediction") };
        return [size, { index, plan, buffers }];
      }),
    );
    const predicting = plans[sizes.length];
    this.#prediction = predicting && {
      index: sizes.length,
      x: this.#view(predicting, "X"),
      prediction: this.#view(predicting, "prediction"),
    };
    const scalarAt = (name: string) =>
      this.#any.buffers.find((buffer) => buffer.role === "scalar" && buffer.name === name)?.offset;
    this.#scalars = Object.keys(description.optimizer.scalars(1, 0)).flatMap((name) => {
      const at = scalarAt(name);
      return at === undefined ? [] : [{ name, at }];
    });
    this.#stepAt = scalarAt("step");
  }

  /** Plans the step for each batch size, takes memory, and puts initial values into parameters and states. */
  static async open(description: StepDescription, options: SessionOptions): Promise<Session> {
    const { batchSizes, predictBatch, keep = "needed", blank = false } = options;
    const sizes = [...new Set(batchSizes)];
    if (sizes.length === 0) throw new UsageError("a session needs at least one batch size");
    const leaves = lastingLeaves(description);
    const graphs = sizes.map((size) => trainingGraph(description, leaves, size));
    if (predictBatch !== undefined) graphs.push(predictionGraph(description.network, predictBatch));
    const plans = planTogether(graphs, { keep });
    const { engine, choice, device } = await openEngine(plans, options);
    const session = new Session(description, engine, choice, device, sizes, plans);
    for (const plan of plans) {
      for (const [name, values] of plan.initial) session.#viewOf(plan, name)?.set(values);
    }
    if (!blank) session.write(initialValues(description.network, description.seed));
    return session;
  }

  /** Which build of its kernels the engine runs, if it has several. */
  get build(): Device["build"] {
    return this.#device.build;
  }

  /** Threads that compute. */
  get threads(): number {
    return this.#device.threads ?? 1;
  }

  /** Why they are fewer than were asked for, as half a sentence. */
  get fewerThreadsBecause(): string | undefined {
    return this.#device.fewerThreadsBecause;
  }

  /** The arena's buffers for batches of one size. */
  batch(size: number): BatchBuffers {
    return this.#planFor(size).buffers;
  }

  /** The plan for batches of one size. */
  plan(size: number): Plan {
    return this.#planFor(size).plan;
  }

  /** One training step on the batch that has been written, at the given learning rate. Allocates nothing of size. */
  step(size: number, rate: number): void | Promise<void> {
    const { index } = this.#planFor(size);
    this.steps++;
    const { arena } = this.#device;
    const scalars = this.description.optimizer.scalars(this.steps, rate);
    for (const { name, at } of this.#scalars) arena[at] = scalars[name] as number;
    if (this.#stepAt !== undefined) arena[this.#stepAt] = this.steps % 2 ** 24;
    return this.#device.run(index);
  }

  /** Predicts a full batch: `fill` writes its rows, the returned view holds the outputs until the next run. */
  async predict(fill: (x: Float32Array | Float64Array) => void): Promise<Float32Array | Float64Array> {
    const prediction = this.#prediction;
    if (prediction === undefined) throw new UsageError("this session was opened without a batch size for prediction");
    fill(prediction.x);
    await this.#device.run(prediction.index);
    return prediction.prediction;
  }

  /**
   * A copy of a named value: `W[1]`, `dZ[2]`, `v W[1]`, `loss`. Values of a batch are those of the plan for `size`.
   * @throws UsageError when there is no such name, or its memory has been used for something else.
   */
  read(name: string, size: number = [...this.#plans.keys()][0] as number): Float64Array {
    this.#device.pull?.();
    const view = this.#viewOf(this.#planFor(size).plan, name);
    if (view === undefined) {
      const names = [...this.#planFor(size).plan.readable.keys()];
      throw new UsageError(
        `there is no readable value ${JSON.stringify(name)}; this session has ${names.join(", ")}${names.some((n) => n.startsWith("dZ")) ? "" : ' (open it with keep: "named" to read the rest)'}`,
      );
    }
    return Float64Array.from(view);
  }

  /** Puts numbers into parameters and states by name. */
  write(values: ReadonlyMap<string, ArrayLike<number>>): void {
    this.#device.pull?.();
    for (const [name, numbers] of values) {
      const view = this.#viewOf(this.#any, name);
      if (view === undefined) {
        if (this.description.network.tensors.some((own) => own.name === name)) continue;
        throw new UsageError(
          `there is no parameter or state ${JSON.stringify(name)}; this session has ${[...this.weights().keys()].join(", ")}`,
        );
      }
      if (view.length !== numbers.length) {
        throw new UsageError(`${name} holds ${view.length} numbers, got ${numbers.length}`);
      }
      view.set(numbers);
    }
    this.#device.push?.();
  }

  /** Whether every parameter and state of the network is a finite number. */
  isFinite(): boolean {
    return [...this.weights().values()].every((numbers) => numbers.every(Number.isFinite));
  }

  /** Copies of the network's parameters and states, in the engine's precision. */
  weights(): Map<string, Float32Array | Float64Array> {
    this.#device.pull?.();
    return new Map(
      this.description.network.tensors.flatMap(({ name }) => {
        const view = this.#viewOf(this.#any, name);
        return view === undefined ? [] : [[name, view.slice()] as const];
      }),
    );
  }

  /** Copies of all that lasts from step to step, by name: parameters, states and the optimizer's memories. */
  lasting(): Map<string, Float32Array | Float64Array> {
    this.#device.pull?.();
    const lasting = this.#any.buffers.filter(({ role }) => role === "parameter" || role === "state");
    return new Map(
      lasting.map(({ name, offset, length }) => [name, this.#device.arena.slice(offset, offset + length)]),
    );
  }

  /** The lasting part of the arena (parameters, optimizer state), to go back to. */
  snapshot(into?: Float32Array | Float64Array): Float32Array | Float64Array {
    this.#device.pull?.();
    const lasting = this.#device.arena.subarray(0, this.#any.persistent);
    if (into === undefined) return lasting.slice();
    into.set(lasting);
    return into;
  }

  restore(snapshot: Float32Array | Float64Array): void {
    this.#device.arena.set(snapshot, 0);
    this.#device.push?.();
  }

  [Symbol.dispose](): void {
    this.#device.close();
  }

  #planFor(size: number) {
    const planned = this.#plans.get(size);
    if (planned === undefined) {
      throw new UsageError(
        `this session was opened for batches of ${[...this.#plans.keys()].join(" and ")}, not of ${size}`,
      );
    }
    return planned;
  }

  #view(plan: Plan, name: string): Float32Array | Float64Array {
    const view = this.#viewOf(plan, name);
    if (view === undefined) throw new Error(`the plan has no value ${name}`);
    return view;
  }

  #viewOf(plan: Plan, name: string): Float32Array | Float64Array | undefined {
    const view: View | undefined = plan.readable.get(name);
    const buffer = view?.buffer ?? plan.buffers.find((other) => other.name === name && other.role !== "value");
    return buffer && this.#device.arena.subarray(buffer.offset, buffer.offset + buffer.length);
  }
}

/** The plans on the engine that was given or asked for by name. */
async function openEngine(
  plans: readonly Plan[],
  { engine: wanted, threads, fastMath = false, provider }: SessionOptions,
) {
  const open = async (engine: Engine, choice: Choice) => {
    const device = await engine.open(plans, {
      threads: choice.threads,
      fastMath,
      ...(provider !== undefined && { provider }),
    });
    const { threads: used = choice.threads, fewerThreadsBecause: reason } = device;
    const why = reason === undefined ? choice.why : `${choice.why}; not on ${choice.threads} threads: ${reason}`;
    return { engine, choice: { ...choice, threads: used, why }, device };
  };
  if (typeof wanted !== "string") {
    return open(wanted, { engine: wanted.name, threads: threads ?? 1, why: "asked for" });
  }
  const flops = Math.max(...plans.map((plan) => plan.flops));
  // Fused multiply-adds are the wasm engine's.
  const engine = wanted === "auto" && fastMath ? "wasm" : wanted;
  const choice = await chooseEngine({ flops, engine, threads, provider });
  try {
    return await open(selectEngine(choice.engine), choice);
  } catch (error) {
    // Where nobody asked for onnx, a plan it cannot run is run by the engine that can run all.
    if (wanted !== "auto" || choice.engine !== "onnx" || !(error instanceof EngineError)) throw error;
    const instead = await chooseEngine({ flops, engine: "wasm", threads });
    return open(selectEngine("wasm"), { ...instead, why: `${instead.why}; ${choice.engine} cannot: ${error.message}` });
  }
}

/** What the initializers give for a seed: each tensor draws from a stream of its own, so layers do not disturb each other. */
export function initialValues(network: Network, seed: number): Map<string, Float64Array> {
  const random = createRandom(seed).stream("initialize");
  return new Map(
    network.tensors.map(({ name, tensor, initializer }) => [
      name,
      initializer.fill((tensor as Tensor).shape, random.stream(name)),
    ]),
  );
}
