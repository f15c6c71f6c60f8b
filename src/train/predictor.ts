/// <reference lib="esnext.disposable" preserve="true" />
import { DataError } from "../data/index.js";
import { type Device, type EngineChoice, selectEngine } from "../engines/index.js";
import { type Plan, planGraph } from "../plan/index.js";
import { predictionGraph } from "./graphs.js";
import type { Model } from "./model.js";

export interface PredictorOptions {
  /** Most examples predicted by one call of the engine (1). */
  readonly batch?: number;
  readonly engine?: EngineChoice;
}

/**
 * A model opened once, to predict again and again: it owns an arena with the weights and an engine, and a call allocates
 * nothing. `predict` is the comfortable way for a few calls; this one is for thousands a second.
 */
export class Predictor implements Disposable {
  readonly #device: Device;
  readonly #x: Float32Array | Float64Array;
  readonly #y: Float32Array | Float64Array;
  readonly #shift: Float32Array;
  readonly #factor: Float32Array;

  private constructor(
    readonly model: Model,
    /** Most examples in one call. */
    readonly batch: number,
    device: Device,
    plan: Plan,
  ) {
    this.#device = device;
    const view = (name: string) => {
      const buffer = plan.readable.get(name)?.buffer;
      if (buffer === undefined) throw new Error(`the plan has no value ${name}`);
      return device.arena.subarray(buffer.offset, buffer.offset + buffer.length);
    };
    this.#x = view("X");
    this.#y = view("prediction");
    this.#shift = Float32Array.from(model.normalizer.shift);
    this.#factor = Float32Array.from(model.normalizer.factor);
  }

  static async open<In extends number, Out extends number>(
    model: Model<In, Out>,
    { batch = 1, engine }: PredictorOptions = {},
  ): Promise<Predictor> {
    const plan = planGraph(predictionGraph(model.network as Model["network"], batch));
    const device = await selectEngine(engine).open([plan]);
    for (const { name, role, offset } of plan.buffers) {
      const values = role === "parameter" || role === "state" ? model.weights.get(name) : plan.initial.get(name);
      if (values !== undefined) device.arena.set(values, offset);
    }
    device.push?.();
    return new Predictor(model as Model, batch, device, plan);
  }

  /**
   * The network's outputs for raw features (row-major, at most `batch` examples), `network.outputs` numbers an example: a view
   * that holds until the next call. With an engine that computes elsewhere it is a promise of that view.
   * @throws DataError when there are more examples than `batch`, or a row is incomplete.
   */
  outputs(features: ArrayLike<number>): Float32Array | Float64Array | Promise<Float32Array | Float64Array> {
    const { inputs } = this.model.network;
    if (features.length > this.#x.length || features.length % inputs !== 0) {
      throw new DataError(
        `this predictor takes up to ${this.batch} examples of ${inputs} features, got ${features.length} numbers`,
      );
    }
    for (let start = 0; start < features.length; start += inputs) {
      for (let j = 0; j < inputs; j++) {
        const centered = Math.fround((features[start + j] as number) - (this.#shift[j] as number));
        this.#x[start + j] = Math.fround(centered * (this.#factor[j] as number));
      }
    }
    const running = this.#device.run(0);
    return running === undefined ? this.#y : running.then(() => this.#y);
  }

  [Symbol.dispose](): void {
    this.#device.close();
  }
}
