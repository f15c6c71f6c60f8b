import {
  activations,
  batchNorm,
  dense,
  type Initializer,
  initializers,
  type Layer,
  layerNorm,
  type Network,
  network as networkOf,
  zeros,
} from "../../nn/index.js";
import { UsageError } from "../../tensor/index.js";
import { call, changed, literal, type Names } from "./code.js";

/** The layers of a network as code, one a line. Initializers are named where they are not those that `sequential` picks. */
export function layersCode(network: Network, names: Names): string[] {
  const usual = networkOf(
    network.layers.map((layer) =>
      layer.kind === "dense"
        ? dense(layer.inputs as number, layer.outputs as number, { bias: layer.options["bias"] !== false })
        : layer,
    ),
  );
  return network.layers.map((layer, i) => layerCode(layer, usual.layers[i] as Layer, i, names));
}

function layerCode(layer: Layer, usual: Layer, index: number, names: Names): string {
  const { kind, options } = layer;
  switch (kind) {
    case "dense":
      return denseCode(layer, usual, names);
    case "activation": {
      const { name, ...own } = options;
      if (typeof name !== "string" || !Object.hasOwn(activations, name)) {
        throw new UsageError(
          `layer ${index + 1} is a function of your own, which a program cannot name; use one of ${Object.keys(activations).join(", ")}`,
        );
      }
      const code = names.use(name);
      return Object.keys(own).length === 0 ? code : `${names.use("activation")}(${code}, ${literal(own)})`;
    }
    case "dropout":
      return call(names.use("dropout"), literal(options["rate"]));
    case "batchNorm":
    case "layerNorm": {
      const { features, ...own } = options;
      const made = kind === "batchNorm" ? batchNorm(features as number) : layerNorm(features as number);
      const { features: _, ...before } = made.options;
      return call(names.use(kind), literal(features), changed(own, before));
    }
  }
}

function denseCode(layer: Layer, usual: Layer, names: Names): string {
  const init = layer.parts["W"]?.initializer as Initializer;
  const biasInit = layer.parts["b"]?.initializer;
  const own = [
    ...(same(init, usual.parts["W"]?.initializer) ? [] : [`init: ${initializerCode(init, names)}`]),
    ...(biasInit === undefined || same(biasInit, zeros()) ? [] : [`biasInit: ${initializerCode(biasInit, names)}`]),
    ...(layer.options["bias"] === false ? ["bias: false"] : []),
  ];
  const sizes = `${layer.inputs}, ${layer.outputs}`;
  return `${names.use("dense")}(${sizes}${own.length === 0 ? "" : `, { ${own.join(", ")} }`})`;
}

function same(a: Initializer, b: Initializer | undefined): boolean {
  return b !== undefined && a.name === b.name && JSON.stringify(a.options) === JSON.stringify(b.options);
}

function initializerCode({ name, options }: Initializer, names: Names): string {
  if (name === "constant") return call(names.use(name), literal(options["value"]));
  const usual = initializers[name as keyof typeof initializers]().options;
  return call(names.use(name), changed(options, usual));
}
