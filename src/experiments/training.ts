/// <reference lib="esnext.disposable" preserve="true" />
import { applyNormalizer, type Dataset, digits, type Preparation, takeRows } from "../data/index.js";
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

const sample = takeRows(
  training,
  Int32Array.from({ length: test.count }, (_, i) => i),
  "some of the digits learned from",
);

/** Digits under other names: d is called d + shift, and 9 is followed by 0. */
export function renamed(shift: number): Dataset {
  const { target } = training;
  if (target.kind !== "class") return training;
  return { ...training, target: { ...target, labels: target.labels.map((label) => (label + shift) % 10) } };
}

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
    private source: Feed,
  ) {}

  get feed(): Feed {
    return this.source;
  }

  /** Goes on with other examples of the same shape, from the beginning of an epoch. */
  learnFrom(feed: Feed): void {
    this.source = feed;
    this.#index = 0;
  }

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
  testAccuracy(): Promise<number> {
    return this.#accuracy(test, 0);
  }

  /** The same for as many of the examples learned from (always the same ones). With `shift`, digit d is to be called d + shift. */
  trainingAccuracy(shift = 0): Promise<number> {
    return this.#accuracy(sample, shift);
  }

  async #accuracy({ features, target, count }: Dataset, shift: number): Promise<number> {
    const prepared = applyNormalizer(this.feed.normalizer, features);
    const outputs = await this.session.predict((x) => x.set(prepared));
    const labels = target.kind === "class" ? target.labels : new Int32Array();
    const width = outputs.length / count;
    let right = 0;
    for (let row = 0; row < count; row++) {
      let best = 0;
      for (let j = 1; j < width; j++) {
        if ((outputs[row * width + j] as number) > (outputs[row * width + best] as number)) best = j;
      }
      if (best === ((labels[row] as number) + shift) % width) right++;
    }
    return right / count;
  }

  [Symbol.dispose](): void {
    this.session[Symbol.dispose]();
  }
}
