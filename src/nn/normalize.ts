import { add } from "../ops/add.js";
import { div } from "../ops/div.js";
import { mean } from "../ops/mean.js";
import { mul } from "../ops/mul.js";
import { sqrt } from "../ops/sqrt.js";
import { sub } from "../ops/sub.js";
import type { Tensor } from "../tensor/index.js";
import { checkFeatures } from "./features.js";
import { constant, zeros } from "./initializers.js";
import type { Layer, Part } from "./layer.js";

/**
 * Batch normalization (Ioffe & Szegedy 2015): each feature to mean 0 and variance 1 over the batch, then γ·x̂ + β.
 * Training also keeps running averages, new = (1 - momentum)·old + momentum·batch, which prediction uses instead.
 * The running variance is the unbiased one, as in PyTorch.
 */
export function batchNorm<F extends number>(
  features: F,
  options: { momentum?: number; epsilon?: number } = {},
): Layer<F, F, "batchNorm"> {
  checkFeatures(features, "batchNorm: features");
  const { momentum = 0.1, epsilon = 1e-5 } = options;
  return {
    kind: "batchNorm",
    options: { features, momentum, epsilon },
    inputs: features,
    outputs: features,
    parts: {
      ...scaleAndShift(features),
      runningMean: { role: "state", shape: [features], initializer: zeros() },
      runningVariance: { role: "state", shape: [features], initializer: constant(1) },
    },
    result: "N",
    forward: (x, parts, { training }) => {
      const [runningMean, runningVariance] = [parts.runningMean as Tensor, parts.runningVariance as Tensor];
      if (!training) return { output: normalized(x, runningMean, runningVariance, epsilon, parts) };
      const count = x.shape[0] as number;
      const average = mean(x, { axis: 0 });
      const variance = varianceAround(x, average, 0);
      const unbiased = mul(variance, count / Math.max(1, count - 1));
      const blend = (old: Tensor, batch: Tensor) => add(mul(old, 1 - momentum), mul(batch, momentum));
      return {
        output: normalized(x, average, variance, epsilon, parts),
        updates: [
          { target: runningMean, value: blend(runningMean, average) },
          { target: runningVariance, value: blend(runningVariance, unbiased) },
        ],
      };
    },
  };
}

/** Layer normalization (Ba et al. 2016): each example to mean 0 and variance 1 over its features, then γ·x̂ + β. */
export function layerNorm<F extends number>(features: F, options: { epsilon?: number } = {}): Layer<F, F, "layerNorm"> {
  checkFeatures(features, "layerNorm: features");
  const { epsilon = 1e-5 } = options;
  return {
    kind: "layerNorm",
    options: { features, epsilon },
    inputs: features,
    outputs: features,
    parts: scaleAndShift(features),
    result: "N",
    forward: (x, parts) => {
      const average = mean(x, { axis: 1, keepDims: true });
      return { output: normalized(x, average, varianceAround(x, average, 1), epsilon, parts) };
    },
  };
}

function scaleAndShift(features: number): Record<string, Part> {
  return {
    gamma: { role: "parameter", shape: [features], initializer: constant(1) },
    beta: { role: "parameter", shape: [features], initializer: zeros() },
  };
}

function varianceAround(x: Tensor, average: Tensor, axis: number): Tensor {
  const centered = sub(x, average);
  return mean(mul(centered, centered), { axis, keepDims: average.shape.length === 2 });
}

function normalized(
  x: Tensor,
  average: Tensor,
  variance: Tensor,
  epsilon: number,
  parts: Readonly<Record<string, Tensor>>,
): Tensor {
  const standard = div(sub(x, average), sqrt(add(variance, epsilon)));
  return add(mul(standard, parts.gamma as Tensor), parts.beta as Tensor);
}
