import { type Attributes, UsageError } from "../tensor/index.js";
import { activationLayer, activations } from "./activation.js";
import { dense } from "./dense.js";
import { dropout } from "./dropout.js";
import { type Initializer, initializers } from "./initializers.js";
import type { Layer } from "./layer.js";
import { type Loss, losses } from "./losses.js";
import type { Network } from "./network.js";
import { batchNorm, layerNorm } from "./normalize.js";

/** A layer or a loss as plain data. */
export interface Description {
  readonly kind: string;
  readonly options: Attributes;
}

/**
 * What a network is, as plain data: enough for `layerFrom` to build it again.
 * @throws UsageError when a layer is a function of your own, which no file can hold.
 */
export function describeNetwork(network: Network): Description[] {
  return network.layers.map(({ kind, options }, i) => {
    if (kind === "activation" && options.name === undefined) {
      throw new UsageError(
        `layer ${i + 1} is a function of your own, which a model file cannot hold; use one of ${Object.keys(activations).join(", ")}`,
      );
    }
    return { kind, options };
  });
}

type InitializerOf = (name: Attributes[string] | undefined) => Initializer | undefined;

const kinds: Readonly<Record<Layer["kind"], (options: Attributes, initializerOf: InitializerOf) => Layer>> = {
  dense: ({ inputs, outputs, bias, init }, initializerOf) => {
    const initializer = initializerOf(init);
    return dense(inputs as number, outputs as number, {
      bias: bias !== false,
      ...(initializer !== undefined && { init: initializer }),
    });
  },
  activation: ({ name, ...options }) => {
    const apply = Object.hasOwn(activations, name as string)
      ? activations[name as keyof typeof activations]
      : undefined;
    if (apply === undefined) throw new UsageError(`there is no activation ${JSON.stringify(name)}`);
    return activationLayer(apply as Parameters<typeof activationLayer>[0], options);
  },
  dropout: ({ rate }) => dropout(rate as number),
  batchNorm: ({ features, ...options }) => batchNorm(features as number, options),
  layerNorm: ({ features, ...options }) => layerNorm(features as number, options),
};

/** A layer from its description. Throws UsageError for a kind or a name there is not. */
export function layerFrom(description: Description): Layer {
  return layerWith((name) => initializers[name as keyof typeof initializers]?.(), description);
}

/** The same for prediction alone, where it does not matter how weights would start. */
export const layerToPredict = (description: Description): Layer => layerWith(() => undefined, description);

function layerWith(initializerOf: InitializerOf, { kind, options }: Description): Layer {
  if (!Object.hasOwn(kinds, kind)) throw new UsageError(`there is no layer of kind ${JSON.stringify(kind)}`);
  return kinds[kind as Layer["kind"]](options, initializerOf);
}

/** A loss from its description. Throws UsageError for a name there is not. */
export function lossFrom({ kind, options }: Description): Loss {
  if (!Object.hasOwn(losses, kind)) throw new UsageError(`there is no loss ${JSON.stringify(kind)}`);
  return losses[kind as keyof typeof losses](options as object);
}
