import {
  applyNormalizer,
  batchCount,
  batchLength,
  type Dataset,
  epochOrder,
  fitNormalizer,
  gatherLabels,
  gatherRows,
  type Normalizer,
  type Preparation,
} from "../data/index.js";
import { createRandom, type Random } from "../random/index.js";
import { scaleTargets } from "./evaluate-on.js";
import { decide } from "./metrics.js";
import type { TargetScaling } from "./model.js";
import type { Session } from "./session.js";

/** Training data prepared once and handed out in batches, in an order that depends on seed and epoch alone. */
export class Feed {
  readonly normalizer: Normalizer;
  readonly scaling: TargetScaling | undefined;
  /** Examples in a full batch, and batches in an epoch. */
  readonly size: number;
  readonly batches: number;
  readonly #features: Float32Array;
  readonly #values: Float32Array | undefined;
  readonly #order: Int32Array;
  readonly #random: Random;

  constructor(
    readonly dataset: Dataset,
    options: { batch: number; seed: number; preparation?: Preparation | undefined },
  ) {
    this.size = Math.min(options.batch, dataset.count);
    this.batches = batchCount(dataset.count, this.size);
    this.normalizer = fitNormalizer(dataset, options.preparation ?? dataset.preparation);
    this.#features = applyNormalizer(this.normalizer, dataset.features);
    const { target } = dataset;
    this.scaling = target.kind === "value" ? scalingOf(target.values, dataset.outputs) : undefined;
    this.#values =
      target.kind === "value"
        ? Float32Array.from(scaleTargets(target.values, dataset.outputs, this.scaling))
        : undefined;
    this.#order = Int32Array.from({ length: dataset.count }, (_, i) => i);
    this.#random = createRandom(options.seed).stream("shuffle");
  }

  /** Batch sizes that occur: the full one, and that of the last batch. */
  get sizes(): number[] {
    return [this.size, batchLength(this.dataset.count, this.size, this.batches - 1)];
  }

  shuffle(epoch: number): void {
    epochOrder(this.#random, epoch, this.#order);
  }

  /** Writes the index-th batch of the epoch straight into the session's memory and returns how many examples it has. */
  write(session: Session, index: number): number {
    const { count, inputs, outputs, target } = this.dataset;
    const length = batchLength(count, this.size, index);
    const start = index * this.size;
    const { x, t } = session.batch(length);
    gatherRows(this.#features, inputs, this.#order, start, length, x);
    if (target.kind === "class") gatherLabels(target.labels, this.#order, start, length, t);
    else gatherRows(this.#values as Float32Array, outputs, this.#order, start, length, t);
    return length;
  }

  /** So many examples at most, chosen once by the seed, prepared. The order of the epochs does not depend on it. */
  sample(most: number): { size: number; x: Float32Array; t: Float32Array } {
    const { count, inputs, outputs, target } = this.dataset;
    const size = Math.min(most, count);
    const rows = this.#random.stream("sample").shuffle(Int32Array.from({ length: count }, (_, i) => i));
    const x = new Float32Array(size * inputs);
    gatherRows(this.#features, inputs, rows, 0, size, x);
    const t = new Float32Array(target.kind === "class" ? size : size * outputs);
    if (target.kind === "class") gatherLabels(target.labels, rows, 0, size, t);
    else gatherRows(this.#values as Float32Array, outputs, rows, 0, size, t);
    return { size, x, t };
  }

  /** How many of the batch the session has just been trained on were named rightly (0 when the targets are numbers). */
  countRight(session: Session, index: number, length: number): number {
    const { target } = this.dataset;
    if (target.kind !== "class") return 0;
    const { prediction } = session.batch(length);
    const width = prediction.length / length;
    let right = 0;
    for (let i = 0; i < length; i++) {
      const label = target.labels[this.#order[index * this.size + i] as number];
      if (decide(prediction, i, width) === label) right++;
    }
    return right;
  }
}

/** Mean and deviation of each target; a constant one keeps its scale. */
function scalingOf(values: Float32Array, width: number): TargetScaling {
  const count = values.length / width;
  const columns = Array.from({ length: width }, (_, j) => {
    const column = Array.from({ length: count }, (_, i) => values[i * width + j] as number);
    const mean = column.reduce((a, b) => a + b, 0) / count;
    const deviation = Math.sqrt(column.reduce((total, value) => total + (value - mean) ** 2, 0) / count);
    return { mean, deviation: deviation === 0 ? 1 : deviation };
  });
  return { shift: columns.map(({ mean }) => mean), scale: columns.map(({ deviation }) => deviation) };
}
