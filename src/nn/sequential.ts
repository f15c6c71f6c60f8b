import { type Tensor, UsageError } from "../tensor/index.js";
import { type Activation, activationLayer } from "./activation.js";
import { dense } from "./dense.js";
import { heNormal, type Initializer, lecunNormal, xavierUniform } from "./initializers.js";
import type { Layer } from "./layer.js";
import { Network } from "./network.js";

/** A layer, or a function that keeps the shape: an op is a layer already. */
export type LayerLike = Layer | Activation;

type InOf<L> = L extends Layer<infer In, number> ? In : number;
type OutOf<L> = L extends Layer<number, infer Out> ? Out : number;
/** Whether a layer has sizes of its own (if only known at run time), or takes what comes. */
type Sized<L> = L extends Activation | { readonly kind: "activation" | "dropout" } ? false : true;

type Meet<A extends number, B extends number> = number extends A
  ? true
  : number extends B
    ? true
    : [A] extends [B]
      ? true
      : false;

/** Each layer as it is, or a sentence where it does not fit the one before it. */
type Fitting<
  L extends readonly unknown[],
  Width extends number,
  Position extends readonly unknown[] = [0],
> = L extends readonly [infer First, ...infer Rest]
  ? Sized<First> extends true
    ? [
        Meet<Width, InOf<First>> extends true
          ? First
          : `layer ${Position["length"]} takes ${InOf<First>} features, but the layers before it give ${Width}`,
        ...Fitting<Rest, OutOf<First>, [...Position, 0]>,
      ]
    : [First, ...Fitting<Rest, Width, [...Position, 0]>]
  : [];

type FirstWidth<L extends readonly unknown[]> = L extends readonly [infer First, ...infer Rest]
  ? Sized<First> extends true
    ? InOf<First>
    : FirstWidth<Rest>
  : number;

type LastWidth<L extends readonly unknown[]> = L extends readonly [...infer Rest, infer Last]
  ? Sized<Last> extends true
    ? OutOf<Last>
    : LastWidth<Rest>
  : number;

/**
 * A network of layers in a row: `sequential(dense(64, 32), relu, dense(32, 10))`.
 * Sizes that do not meet are a compile error naming the layer, and a UsageError where sizes are only known at run time.
 *
 * A dense layer without an initializer of its own gets one that suits the activation after it: He for the ReLU family,
 * LeCun for SELU, Xavier otherwise.
 */
export function sequential<const L extends readonly LayerLike[]>(
  ...layers: L & Fitting<L, number>
): Network<FirstWidth<L>, LastWidth<L>> {
  return network(layers as readonly LayerLike[]) as Network as Network<FirstWidth<L>, LastWidth<L>>;
}

/** The same for layers only known at run time: from a command line, or a file. */
export function network(given: readonly LayerLike[]): Network {
  const layers = given.map((layer) =>
    typeof layer === "function" ? activationLayer(layer as (x: Tensor) => Tensor) : layer,
  );
  const sized = layers.filter((layer) => layer.inputs !== undefined);
  const [first] = sized;
  if (first === undefined) {
    throw new UsageError("sequential: a network needs at least one layer with sizes, such as dense(64, 10)");
  }
  let width = first.inputs as number;
  layers.forEach((layer, i) => {
    if (layer.inputs === undefined) return;
    if (layer.inputs !== width) {
      throw new UsageError(
        `sequential: layer ${i + 1}, ${describeLayer(layer)}, takes ${layer.inputs} features, but the layers before it give ${width}; make the sizes equal`,
      );
    }
    width = layer.outputs as number;
  });
  return Network.of(
    layers.map((layer, i) => withInitializer(layer, layers.slice(i + 1))),
    first.inputs as number,
    width,
  );
}

function describeLayer(layer: Layer): string {
  return layer.kind === "dense" ? `dense(${layer.inputs}, ${layer.outputs})` : `${layer.kind}(${layer.inputs ?? ""})`;
}

const heFollows = new Set(["relu", "leakyRelu", "elu", "gelu", "silu", "mish", "softplus"]);

function withInitializer(layer: Layer, after: readonly Layer[]): Layer {
  if (layer.kind !== "dense" || layer.options.init !== undefined) return layer;
  const next = after.find(({ kind }) => kind === "activation" || kind === "dense");
  const name = next?.kind === "activation" ? (next.options.name as string | undefined) : undefined;
  const init: Initializer =
    name === "selu" ? lecunNormal() : name !== undefined && heFollows.has(name) ? heNormal() : xavierUniform();
  const rebuilt = dense(layer.inputs as number, layer.outputs as number, { init, bias: layer.options.bias as boolean });
  const biases = layer.parts.b;
  return { ...rebuilt, parts: { ...rebuilt.parts, ...(biases !== undefined && { b: biases }) } };
}
