import { mul } from "../ops/mul.js";
import { step as isPositive } from "../ops/step.js";
import { sub } from "../ops/sub.js";
import { uniform } from "../ops/uniform.js";
import { UsageError } from "../tensor/index.js";
import type { Layer } from "./layer.js";

/**
 * In training each number is set to 0 with probability `rate`, and the rest are scaled by 1 / (1 - rate) so that the mean
 * stays the same; in prediction nothing happens (Srivastava et al. 2014, inverted form).
 */
export function dropout(rate: number): Layer<number, number, "dropout"> {
  if (!(rate >= 0 && rate < 1)) throw new UsageError(`dropout: the rate is from 0 to below 1, got ${rate}`);
  return {
    kind: "dropout",
    options: { rate },
    inputs: undefined,
    outputs: undefined,
    parts: {},
    result: "D",
    forward: (x, _, { training, step, seed, stream }) => {
      if (!training || rate === 0) return { output: x };
      const kept = isPositive(sub(uniform(x.shape, step, seed, stream), rate));
      return { output: mul(x, mul(kept, 1 / (1 - rate))) };
    },
  };
}
