import {
  activationLayer,
  activations,
  batchNorm,
  dense,
  dropout,
  type Layer,
  layerNorm,
  network,
} from "../nn/index.js";
import { constant } from "../ops/constant.js";
import { inputOp } from "../ops/leaves.js";
import { randomSize, randomValue } from "../ops/samples.js";
import { Tensor } from "../tensor/index.js";
import type { GradientCase } from "./gradcheck.js";

type Build = (features: number, uniform: () => number) => Layer[];

const layers: Readonly<Record<string, Build>> = {
  dense: (features, uniform) => [dense(features, randomSize(uniform))],
  "dense without bias": (features, uniform) => [dense(features, randomSize(uniform), { bias: false })],
  activation: (features, uniform) => [dense(features, features), activationLayer(smoothActivation(uniform))],
  dropout: (features, uniform) => [dense(features, features), dropout(0.5 * uniform())],
  batchNorm: (features) => [batchNorm(features)],
  layerNorm: (features) => [layerNorm(features)],
  sequential: (features, uniform) => {
    const [hidden, outputs] = [1 + randomSize(uniform), randomSize(uniform)];
    return [
      dense(features, hidden),
      batchNorm(hidden),
      activationLayer(smoothActivation(uniform)),
      dropout(0.2),
      dense(hidden, outputs),
      activationLayer(smoothActivation(uniform)),
    ];
  },
};

export const layerNames: readonly string[] = Object.keys(layers);

/** A random layer between random sizes, on a batch of 3 to 6: differentiated by the batch and by every parameter. */
export function layerCase(name: string, uniform: () => number): GradientCase {
  const features = 1 + randomSize(uniform, 3);
  const net = network((layers[name] as Build)(features, uniform));
  const batch = 2 + randomSize(uniform);
  const x = new Tensor(inputOp, [], {}, { shape: [batch, features] as const, name: "X" });
  const { output } = net.forward(x, { training: true, step: constant(1 + Math.floor(uniform() * 100)), seed: 7 });
  const parameters = net.parameters.map(({ tensor }) => tensor);
  const xs = [x, ...parameters];
  const feeds = new Map(
    xs.map((leaf) => [leaf as Tensor, randomValue(uniform, leaf.shape, { from: -1.5, to: 1.5 }).data]),
  );
  for (const { tensor } of net.states) feeds.set(tensor, randomValue(uniform, tensor.shape, { from: 0.5, to: 2 }).data);
  // Numbers of one feature, or of one example, keep their distance: normalization has no derivative at variance 0.
  feeds.set(
    x,
    (feeds.get(x) as Float64Array).map((value, i) => 0.2 * value + ((i * 7) % 5) - 2),
  );
  return { y: output, xs, feeds };
}

function smoothActivation(uniform: () => number): (x: Tensor) => Tensor {
  const smooth = [
    activations.tanh,
    activations.sigmoid,
    activations.gelu,
    activations.silu,
    activations.softplus,
    activations.mish,
  ];
  return smooth[Math.floor(uniform() * smooth.length)] as (x: Tensor) => Tensor;
}
