/// <reference lib="esnext.disposable" preserve="true" />
import { applyNormalizer, type Dataset, digits, type Preparation } from "../data/index.js";
import { wasm } from "../engines/index.js";
import {
  dense,
  type Initializer,
  type LayerLike,
  type Loss,
  type Network,
  network,
  softmaxCrossEntropy,
} from "../nn/index.js";
import { type Optimizer, sgd } from "../optim/index.js";
import { Feed } from "../train/feed.js";
import { Session } from "../train/index.js";

/** The data of all experiments that learn: 1,437 digits to learn from, 360 by other writers to be tested on. */
export const { training, test } = digits() as { readonly training: Dataset; readonly test: Dataset };

/** Dense layers of the given widths with an activation after each but the last, all weights by one rule. */
export function perceptron(widths: readonly number[], activation: LayerLike, init: Initializer): Network {
  return network(
    widths.slice(1).flatMap((width, i): LayerLike[] => {
      const layer = dense(widths[i] as number, width, { init });
      return i === widths.length - 2 ? [layer] : [layer, activation];
    }),
  );
}

export interface TrainingOptions {
  readonly network: Network;
  readonly seed: number;
  readonly optimizer?: Optimizer;
  readonly data?: Dataset;
  readonly loss?: Loss;
  readonly batch?: number;
  readonly preparation?: Preparation;
  /** Whether the test part will be asked for (true). */
  readonly tests?: boolean;
  /** Keep every named value (`A[1]`, `dZ[2]`) readable after each step. */
  readonly look?: boolean;
}

/** A network in training, one step at a time, with its values open to be read. The same seed takes the same steps. */
export class Training implements Disposable {
  #epoch = 0;
  #index = 0;
  /** Examples in the batch of the last step. */
  size = 0;

  private constructor(
    readonly session: Session,
    readonly feed: Feed,
  ) {}

  static async open(options: TrainingOptions): Promise<Training> {
    const { network, seed, optimizer = sgd(0.1), data = training, loss = softmaxCrossEntropy() } = options;
    const { batch = 32, preparation, look = false, tests = true } = options;
    const feed = new Feed(data, { batch, seed, preparation });
    const session = await Session.open(
      { network, loss, optimizer, seed },
      {
        batchSizes: feed.sizes,
        ...(tests && { predictBatch: test.count }),
        engine: wasm,
        keep: look ? "named" : "needed",
      },
    );
    return new Training(session, feed);
  }

  get steps(): number {
    return this.session.steps;
  }

  /** Takes one step on the next batch; the order is new in each epoch. Returns the batch's loss before the step. */
  step(rate = this.session.description.optimizer.rate): number {
    if (this.#index === 0) this.feed.shuffle(++this.#epoch);
    this.size = this.feed.write(this.session, this.#index);
    // The wasm engine computes here and now: there is no promise to wait for.
    void this.session.step(this.size, rate);
    this.#index = (this.#index + 1) % this.feed.batches;
    return this.session.batch(this.size).loss[0] as number;
  }

  /** A value of the last step (before any: a parameter) by its name. */
  read(name: string): Float64Array {
    return this.session.read(name, this.size || this.feed.size);
  }

  /** Share of the test part's examples named rightly. */
  async testAccuracy(): Promise<number> {
    const { features, target } = test;
    const prepared = applyNormalizer(this.feed.normalizer, features);
    const outputs = await this.session.predict((x) => x.set(prepared));
    const labels = target.kind === "class" ? target.labels : [];
    const width = outputs.length / test.count;
    let right = 0;
    for (let row = 0; row < test.count; row++) {
      let best = 0;
      for (let j = 1; j < width; j++) {
        if ((outputs[row * width + j] as number) > (outputs[row * width + best] as number)) best = j;
      }
      if (best === labels[row]) right++;
    }
    return right / test.count;
  }

  [Symbol.dispose](): void {
    this.session[Symbol.dispose]();
  }
}
