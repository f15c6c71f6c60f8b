import { applyNormalizer, type Dataset } from "../data/index.js";
import type { Evaluation } from "./evaluate-on.js";
import type { Feed } from "./feed.js";
import type { Session } from "./session.js";

/** Judges the weights as they are now on the validation data, in the session that is training them. */
export function validationOf(
  session: Session,
  validation: Dataset | undefined,
  judgeOutputs: (outputs: Float64Array) => Evaluation,
  feed: Feed,
): (() => Promise<Evaluation>) | undefined {
  if (validation === undefined) return undefined;
  const features = applyNormalizer(feed.normalizer, validation.features);
  const { inputs, count } = validation;
  return async () => {
    const width = session.description.network.outputs;
    const outputs = new Float64Array(count * width);
    const size = Math.min(256, count);
    for (let start = 0; start < count; start += size) {
      const length = Math.min(size, count - start);
      const predicted = await session.predict((x) =>
        x.set(features.subarray(start * inputs, (start + length) * inputs)),
      );
      outputs.set(predicted.subarray(0, length * width), start * width);
    }
    return judgeOutputs(outputs);
  };
}
