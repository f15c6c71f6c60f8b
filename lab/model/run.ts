import {
  activations,
  type Dataset,
  dense,
  digits,
  dropout,
  initializers,
  type LayerLike,
  type Loss,
  meanSquaredError,
  type Network,
  network,
  type Optimizer,
  optimizers,
  type Split,
  softmaxCrossEntropy,
  synthetic,
} from "../../src/index.js";
import type { RunSettings } from "./playground-state.js";

/** Settings as the library's own things. */
export interface Recipe {
  readonly split: Split;
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
}

/** @param own the reader's own data, for `data: "own"`. */
export function recipeOf(settings: RunSettings, own?: Split): Recipe {
  const split = dataOf(settings, own);
  const loss = split.training.target.kind === "class" ? softmaxCrossEntropy() : meanSquaredError();
  return { split, loss, network: networkOf(settings, split.training), optimizer: optimizerOf(settings) };
}

export function dataOf({ data, classes, noise, count, seed }: RunSettings, own?: Split): Split {
  switch (data) {
    case "spiral":
      return synthetic.spiral({ classes, noise, count, seed }) as Split;
    case "blobs":
      return synthetic.blobs({ classes, noise, count, seed }) as Split;
    case "moons":
    case "circles":
    case "xor":
      return synthetic[data]({ noise, count, seed }) as Split;
    case "digits":
      return digits() as Split;
    case "own":
      // Until the data is there, the playground shows something that works.
      return own ?? (synthetic.moons({ seed }) as Split);
  }
}

/** Dense layers with the activation, and dropout if asked for, after each but the last. */
export function networkOf(
  { layers, activation, init, dropout: rate }: RunSettings,
  data: Dataset,
  drop = true,
): Network {
  const widths = [data.inputs, ...layers, data.outputs];
  const options = init === "auto" ? {} : { init: initializers[init]() };
  return network(
    widths.slice(1).flatMap((width, i): LayerLike[] => {
      const layer = dense(widths[i] as number, width, options);
      if (i === layers.length) return [layer];
      return rate > 0 && drop ? [layer, activations[activation], dropout(rate)] : [layer, activations[activation]];
    }),
  );
}

function optimizerOf({ optimizer, rate, decay }: RunSettings): Optimizer {
  return optimizers[optimizer](rate, { weightDecay: decay });
}
