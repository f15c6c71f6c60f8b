import {
  binaryCrossEntropy,
  type Loss,
  meanSquaredError,
  type Network,
  network,
  softmaxCrossEntropy,
} from "../../nn/index.js";
import { FormatError, quoted } from "../error.js";
import type { ModelFile } from "../model-file.js";
import { parseStrictJson } from "../strict-json.js";
import { decodeOnnx, type ReadModel } from "./decode.js";
import { type Affine, type ReadLayer, readLayers } from "./read-layers.js";

export interface FromOnnxOptions {
  /** Names of the classes where the file has none: makes a classifier of a network that ends in plain logits. */
  readonly classes?: readonly string[];
  /** What messages call the file. */
  readonly source?: string;
}

/** A model whose preparation, if it has one, is a shift and a factor for each feature. */
export type ReadModelFile = ModelFile & { readonly normalizer: { readonly kind: "standardize" | "none" } };

/**
 * A network with its weights from an .onnx file that is not trusted: dense layers (`Gemm`, or `MatMul` and `Add`) in a row,
 * with activations between them. Shifts and scales before the first layer become the preparation of the features; those
 * around other layers, batch normalization included, go into their weights. A `Softmax` at the end, or a `Sigmoid` of one output,
 * makes a classifier. Nothing in the file is code, no other file is opened, and memory is bounded by the file's size.
 * @throws FormatError for a damaged file, or naming the operator and the node that no such network has.
 */
export function fromOnnx(bytes: Uint8Array, options: FromOnnxOptions = {}): ReadModelFile {
  const { source = "the file" } = options;
  try {
    return modelFrom(bytes, options, source);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError(`${source} describes a network that cannot be: ${reason}`, { cause: error });
  }
}

function modelFrom(bytes: Uint8Array, options: FromOnnxOptions, source: string): ReadModelFile {
  const model = decodeOnnx(bytes, source);
  const output = model.outputs.includes("logits") ? "logits" : model.outputs[0];
  if (model.inputs.length !== 1 || output === undefined) {
    throw new FormatError(
      `${source} has ${model.inputs.length} inputs and ${model.outputs.length} outputs; a network has one input`,
    );
  }
  const { first, layers, last } = readLayers(model, output, source);
  const ending = endingOf(layers);
  const kept = ending === undefined ? layers : layers.slice(0, -1);
  const net = network(kept.map(({ layer }) => layer));
  const classes = options.classes ?? listOf(model, "classes", source);
  const loss = lossFor(net.outputs, ending !== undefined || classes !== undefined);
  const featureNames = listOf(model, "featureNames", source);
  const facts = { source: "ONNX" };
  const described = {
    network: net,
    weights: weightsOf(net, kept),
    loss,
    normalizer: normalizerOf(first, net.inputs, source),
    ...(featureNames !== undefined && { featureNames: counted(featureNames, net.inputs, source) }),
    training: facts,
  };
  if (loss.target === "class") {
    const count = net.outputs === 1 ? 2 : net.outputs;
    if (last.scale.some((one) => one !== 1) || last.shift.some((one) => one !== 0)) {
      throw new FormatError(`${source} scales the results of its last activation, which no classifier does`);
    }
    return { ...described, classes: counted(classes ?? numbered(count, "class"), count, source) };
  }
  const targetNames = counted(
    listOf(model, "targetNames", source) ?? numbered(net.outputs, "target"),
    net.outputs,
    source,
  );
  return {
    ...described,
    targetNames,
    targetScaling: { scale: filled(last.scale, net.outputs, source), shift: filled(last.shift, net.outputs, source) },
  };
}

/** A last softmax, or a last sigmoid of a single output, is left to the loss. */
function endingOf(layers: readonly ReadLayer[]): "softmax" | "sigmoid" | undefined {
  const last = layers.at(-1)?.activation;
  const outputs = layers.findLast(({ numbers }) => numbers !== undefined)?.numbers?.outputs;
  return last === "softmax" || (last === "sigmoid" && outputs === 1) ? last : undefined;
}

function lossFor(outputs: number, classifier: boolean): Loss {
  if (!classifier) return meanSquaredError();
  return outputs === 1 ? binaryCrossEntropy() : softmaxCrossEntropy();
}

/** Weights and biases in the order of the dense layers, which is that of the network's tensors. */
function weightsOf(net: Network, layers: readonly ReadLayer[]): Map<string, Float32Array> {
  const numbers = layers.flatMap((layer) => (layer.numbers === undefined ? [] : [layer.numbers.W, layer.numbers.b]));
  return new Map(net.tensors.map(({ name }, i) => [name, Float32Array.from(numbers[i] as Float64Array)]));
}

/** x·scale + shift, as (x - shift)·factor. */
function normalizerOf({ scale, shift }: Affine, inputs: number, source: string): ReadModelFile["normalizer"] {
  const factor = filled(scale, inputs, source);
  if (factor.some((one) => one === 0))
    throw new FormatError(`${source} multiplies a feature by 0; leave that feature out`);
  const moved = filled(shift, inputs, source).map((one, i) =>
    one === 0 ? 0 : Math.fround(-one / (factor[i] as number)),
  );
  if (![...factor, ...moved].every(Number.isFinite))
    throw new FormatError(`${source} prepares its features with numbers that are not finite`);
  const changes = factor.some((one) => one !== 1) || moved.some((one) => one !== 0);
  return { kind: changes ? "standardize" : "none", shift: moved, factor: factor.map(Math.fround) };
}

function filled(list: readonly number[], length: number, source: string): number[] {
  if (list.length !== 1 && list.length !== length)
    throw new FormatError(`${source} scales ${list.length} numbers where there are ${length}`);
  return Array.from({ length }, (_, i) => list[list.length === 1 ? 0 : i] as number);
}

/** Names that `toOnnx` left in the metadata. */
function listOf({ metadata }: ReadModel, key: string, source: string): readonly string[] | undefined {
  const entry = metadata.get(key);
  if (entry === undefined) return undefined;
  const list = parseStrictJson(entry, `${source}: the metadata ${quoted(key)}`);
  if (Array.isArray(list) && list.every((one) => typeof one === "string")) return list as string[];
  throw new FormatError(`${source}: the metadata ${quoted(key)} is no list of names; the file is damaged`);
}

function counted(names: readonly string[], count: number, source: string): readonly string[] {
  if (names.length === count) return names;
  throw new FormatError(`${source}: ${names.length} names were given for ${count} numbers; give one for each`);
}

const numbered = (count: number, what: string): string[] => Array.from({ length: count }, (_, i) => `${what} ${i + 1}`);
