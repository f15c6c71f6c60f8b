import { applyNormalizer, type Dataset, evaluate, type Feed, input, type Loss, type Session } from "../../src/index.js";

import { predictBatchFor } from "./cost.js";

/** How the network does on a set: mean loss, and for classes the share named rightly and the confusion matrix. */
export interface Verdict {
  readonly loss: number;
  /** NaN where numbers are predicted. */
  readonly accuracy: number;
  /** Counts by true class (row) and predicted class (column); empty where numbers are predicted. */
  readonly confusion: Int32Array;
  /** Row-major, one row an example. */
  readonly outputs: Float64Array;
}

/** A set prepared once, to judge the weights of a session on again and again. */
export class Judge {
  readonly #features: Float32Array;
  readonly #target: Float64Array;
  readonly #cost: ReturnType<typeof costOf>;

  constructor(
    readonly dataset: Dataset,
    loss: Loss,
    feed: Pick<Feed, "normalizer" | "scaling">,
    /** Only the first so many examples. */
    readonly count: number,
  ) {
    const { target, outputs, inputs } = dataset;
    this.#features = applyNormalizer(feed.normalizer, dataset.features.subarray(0, count * inputs));
    const { shift, scale } = feed.scaling ?? { shift: [], scale: [] };
    this.#target =
      target.kind === "class"
        ? Float64Array.from(target.labels.subarray(0, count))
        : Float64Array.from(target.values.subarray(0, count * outputs), (value, i) => {
            const column = i % outputs;
            return (value - (shift[column] ?? 0)) / (scale[column] ?? 1);
          });
    this.#cost = costOf(loss, count, outputs);
  }

  async judge(session: Session): Promise<Verdict> {
    const { inputs, outputs: width, target } = this.dataset;
    const outputs = await predictAll(session, this.#features, inputs, width);
    const { cost, prediction, truth } = this.#cost;
    const loss = evaluate(
      cost,
      new Map([
        [prediction, outputs],
        [truth, this.#target],
      ]),
    ).item();
    if (target.kind !== "class") return { loss, accuracy: Number.NaN, confusion: new Int32Array(0), outputs };
    const confusion = new Int32Array(width * width);
    let right = 0;
    for (let i = 0; i < this.count; i++) {
      const [label, said] = [target.labels[i] as number, largest(outputs, i * width, width)];
      const at = label * width + said;
      confusion[at] = (confusion[at] as number) + 1;
      if (label === said) right++;
    }
    return { loss, accuracy: right / this.count, confusion, outputs };
  }
}

/** The loss of `count` predictions, as graph. */
function costOf(loss: Loss, count: number, outputs: number) {
  const prediction = input([count, outputs], "prediction");
  const truth = input(loss.target === "class" ? [count] : [count, outputs], "t");
  return { prediction, truth, cost: loss.apply(prediction, truth) };
}

/** The network's outputs for prepared features, in calls of as many examples as the session predicts at once. */
export async function predictAll(
  session: Session,
  features: Float32Array,
  inputs: number,
  width: number,
): Promise<Float64Array> {
  const count = features.length / inputs;
  const outputs = new Float64Array(count * width);
  const batch = predictBatchFor(session.description.network);
  for (let start = 0; start < count; start += batch) {
    const length = Math.min(batch, count - start);
    const predicted = await session.predict((x) => x.set(features.subarray(start * inputs, (start + length) * inputs)));
    outputs.set(predicted.subarray(0, length * width), start * width);
  }
  return outputs;
}

/** The position of the largest of `width` numbers from `start` on. */
export function largest(values: ArrayLike<number>, start: number, width: number): number {
  let best = 0;
  for (let j = 1; j < width; j++) if ((values[start + j] as number) > (values[start + best] as number)) best = j;
  return best;
}
