import { applyNormalizer, Session, selectEngine } from "../../src/index.js";
import { networkOf } from "../model/run.js";
import { weightCount } from "./cost.js";
import { type Histogram, histogramOf } from "./histogram.js";
import type { Trainer } from "./trainer.js";
import { unitSide } from "./unit-side.js";
import { type IdleUnits, idleUnits } from "./units.js";

/** One dense layer as it is now, on the probe batch. */
export interface LayerLook extends IdleUnits {
  readonly layer: number;
  /** Of A[l], or Z[l] at the end. */
  readonly activations: Histogram;
  /** Of dW[l]. */
  readonly gradients: Histogram;
  /** The mean output of each unit. */
  readonly means: Float32Array;
}

export interface Look {
  /** Every learned tensor, and its gradient, by the name of the tensor. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly layers: readonly LayerLook[];
}

/** Examples that are looked through,. */
const probeSize = 256;

/** Learned numbers up to which units are drawn. */
const drawable = 4000;

/**
 * A second session beside the one that trains, over the same network without dropout, which keeps every named value. It is given
 * the weights as they are and takes a step of its own on the first training examples: the training does not notice.
 */
export class Scope {
  readonly #session: Session;
  readonly #size: number;
  readonly #x: Float32Array;
  readonly #t: ArrayLike<number>;
  readonly #plane: Float32Array | undefined;

  private constructor(
    readonly trainer: Trainer,
    session: Session,
    size: number,
    plane: Float32Array | undefined,
  ) {
    const { split } = trainer.recipe;
    const { inputs, outputs, features, target } = split.training;
    const { normalizer, scaling } = trainer.feed;
    this.#session = session;
    this.#size = size;
    this.#x = applyNormalizer(normalizer, features.subarray(0, size * inputs));
    this.#t =
      target.kind === "class"
        ? target.labels.subarray(0, size)
        : target.values
            .subarray(0, size * outputs)
            .map((value, i) => (value - (scaling?.shift[i % outputs] ?? 0)) / (scaling?.scale[i % outputs] ?? 1));
    this.#plane = plane && applyNormalizer(normalizer, plane);
  }

  /** @param plane Points of a square grid of `unitSide` a side, raw features, to draw units on; none for data that is not flat. */
  static async open(trainer: Trainer, plane?: Float32Array): Promise<Scope> {
    const { recipe, settings } = trainer;
    const network = networkOf(settings, recipe.split.training, false);
    const size = Math.min(probeSize, recipe.split.training.count);
    const drawn = plane !== undefined && weightCount(network) < drawable;
    const { loss, optimizer } = recipe;
    const session = await Session.open(
      { network, loss, optimizer, seed: settings.seed },
      { batchSizes: drawn ? [size, unitSide * unitSide] : [size], engine: selectEngine(), keep: "named" },
    );
    return new Scope(trainer, session, size, drawn ? plane : undefined);
  }

  /** Weights, gradients of the mean loss over the probe batch, and what each layer looks like. */
  async look(): Promise<Look> {
    const session = this.#session;
    const { recipe, settings } = this.trainer;
    const weights = new Map([...this.trainer.session.weights()].map(([name, data]) => [name, Float32Array.from(data)]));
    session.write(weights);
    const { x, t } = session.batch(this.#size);
    x.set(this.#x);
    t.set(this.#t);
    await session.step(this.#size, recipe.optimizer.rate);
    const gradients = new Map(
      [...weights.keys()].map((name) => [name, Float32Array.from(session.read(`d${name}`, this.#size))]),
    );
    const depth = settings.layers.length + 1;
    const layers = Array.from({ length: depth }, (_, i) => {
      const layer = i + 1;
      const outputs = session.read(layer < depth ? `A[${layer}]` : `Z[${layer}]`, this.#size);
      const units = outputs.length / this.#size;
      return {
        layer,
        activations: histogramOf(outputs),
        gradients: histogramOf(gradients.get(`W[${layer}]`) ?? []),
        means: meansOf(outputs, units),
        ...idleUnits(layer < depth ? settings.activation : "", outputs, units),
      };
    });
    return { weights, gradients, layers };
  }

  /** What each unit says to each point of the plane: per layer (points × units); nothing when units are not drawn. */
  async units(): Promise<Float32Array[]> {
    if (this.#plane === undefined) return [];
    const session = this.#session;
    const points = unitSide * unitSide;
    session.write(this.trainer.session.weights());
    const { x, t } = session.batch(points);
    x.set(this.#plane);
    t.fill(0);
    await session.step(points, 0);
    const depth = this.trainer.settings.layers.length + 1;
    return Array.from({ length: depth }, (_, i) =>
      Float32Array.from(session.read(i + 1 < depth ? `A[${i + 1}]` : `Z[${i + 1}]`, points)),
    );
  }

  close(): void {
    this.#session[Symbol.dispose]();
  }
}

/** The mean of each column of (rows × columns). */
function meansOf(values: Float64Array, columns: number): Float32Array {
  const means = new Float32Array(columns);
  for (let i = 0; i < values.length; i++) means[i % columns] = (means[i % columns] as number) + (values[i] as number);
  return means.map((sum) => (sum * columns) / values.length);
}
