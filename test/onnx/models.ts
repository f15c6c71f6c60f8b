import {
  activation,
  batchNorm,
  binaryCrossEntropy,
  crossEntropy,
  dense,
  dropout,
  type LayerLike,
  type Loss,
  layerNorm,
  meanSquaredError,
  network,
  softmaxCrossEntropy,
} from "../../src/nn/index.js";
import { elu } from "../../src/ops/elu.js";
import { gelu } from "../../src/ops/gelu.js";
import { leakyRelu } from "../../src/ops/leaky-relu.js";
import { relu } from "../../src/ops/relu.js";
import { sigmoid } from "../../src/ops/sigmoid.js";
import { softmax } from "../../src/ops/softmax.js";
import { tanh } from "../../src/ops/tanh.js";
import { sizeOf } from "../../src/tensor/index.js";
import type { Model } from "../../src/train/index.js";
import { randomFrom } from "../kernels/random.js";

/** A model as training would leave it, with random numbers; running variances are above 0. */
export function modelOf(layers: readonly LayerLike[], loss: Loss, rest: Partial<Model> = {}): Model {
  const uniform = randomFrom(4);
  const net = network(layers);
  const weights = new Map(
    net.tensors.map(({ name, tensor }) => {
      const least = name.startsWith("runningVariance") ? 0.5 : -0.8;
      return [name, Float32Array.from({ length: sizeOf(tensor.shape) }, () => least + 1.6 * uniform())];
    }),
  );
  const column = (make: () => number) => Array.from({ length: net.inputs }, () => Math.fround(make()));
  return {
    network: net,
    weights,
    loss,
    normalizer: { kind: "standardize", shift: column(() => 4 * uniform() - 2), factor: column(() => 0.5 + uniform()) },
    training: {},
    ...rest,
  };
}

const classes = ["ant", "bee", "crab"];

/** One model of every kind that a file can hold. */
export const models: Readonly<Record<string, Model>> = {
  classifier: modelOf([dense(4, 6), relu, dense(6, 3)], softmaxCrossEntropy(), {
    classes,
    featureNames: ["a", "b", "c", "d"],
  }),
  "classifier with a softmax layer": modelOf([dense(4, 6), tanh, dense(6, 3), softmax], crossEntropy(), { classes }),
  "yes or no": modelOf([dense(4, 6), sigmoid, dense(6, 1)], binaryCrossEntropy(), { classes: ["no", "yes"] }),
  numbers: modelOf([dense(4, 6), activation(leakyRelu, { slope: 0.1 }), dense(6, 2)], meanSquaredError(), {
    targetNames: ["height", "weight"],
    targetScaling: { shift: [170, 70], scale: [10, 12.5] },
  }),
  "every kind of layer": modelOf(
    [
      layerNorm(4),
      dense(4, 8, { bias: false }),
      batchNorm(8),
      gelu,
      dropout(0.3),
      dense(8, 8),
      activation(elu, { alpha: 0.5 }),
      dense(8, 3),
    ],
    softmaxCrossEntropy(),
    { classes },
  ),
  "no preparation": modelOf([dense(2, 2)], meanSquaredError(), {
    normalizer: { kind: "none", shift: [0, 0], factor: [1, 1] },
  }),
};
