import {
  type Description,
  describeNetwork,
  type Layer,
  type Loss,
  layerFrom,
  lossFrom,
  type Network,
  network,
} from "../nn/index.js";
import { type Attributes, formatShape, sameShape } from "../tensor/index.js";
import { FormatError, quoted } from "./error.js";
import { JsonReader } from "./json-reader.js";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "./safetensors.js";
import { type JsonValue, parseStrictJson } from "./strict-json.js";
import { readTable, type TableDescription } from "./table-description.js";

/** A trained network with all that using it takes; see `Model`. */
export interface ModelFile {
  readonly network: Network;
  readonly weights: ReadonlyMap<string, Float32Array | Float64Array>;
  readonly loss: Loss;
  readonly normalizer: { readonly kind: string; readonly shift: readonly number[]; readonly factor: readonly number[] };
  readonly classes?: readonly string[];
  readonly targetNames?: readonly string[];
  readonly targetScaling?: { readonly shift: readonly number[]; readonly scale: readonly number[] };
  readonly featureNames?: readonly string[];
  readonly table?: TableDescription;
  readonly training: Readonly<Record<string, string | number>>;
}

/** The metadata entry that makes a safetensors file a retrograd model, and its version. */
const entry = "retrograd";
const version = 1;

/**
 * A model as the bytes of a safetensors file: tensors by name, and a JSON description in the metadata. The same model gives
 * the same bytes. No code, no paths.
 * @throws UsageError when a layer is a function of your own.
 */
export function encodeModel(model: ModelFile): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(storedTensors(model), { [entry]: JSON.stringify(describeModel(model)) });
}

/** The weights alone as a safetensors file, for programs that know nothing of retrograd: W is (out, in), b is (out). */
export function encodeWeights(model: Pick<ModelFile, "network" | "weights">): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(storedTensors(model), {});
}

/** A model as JSON for people and programs: its description, and every tensor with its shape, numbers with all their digits. */
export function modelToJson(model: ModelFile): string {
  const tensors = [...storedTensors(model)].map(([name, { shape, dtype, data }]) => [
    name,
    { shape, dtype, data: Array.from(data as Float32Array) },
  ]);
  return `${JSON.stringify({ retrograd: describeModel(model), tensors: Object.fromEntries(tensors) })}\n`;
}

function storedTensors({ network: net, weights }: Pick<ModelFile, "network" | "weights">): Map<string, StoredTensor> {
  return new Map<string, StoredTensor>(
    net.tensors.map(({ name, tensor }) => {
      const data = weights.get(name);
      if (data === undefined) throw new FormatError(`the model has no numbers for ${name}`);
      const stored = { shape: tensor.shape };
      return [
        name,
        data instanceof Float32Array ? { ...stored, dtype: "F32", data } : { ...stored, dtype: "F64", data },
      ];
    }),
  );
}

function describeModel(model: ModelFile): object {
  const { network: net, loss, normalizer, classes, targetNames, targetScaling, featureNames, table, training } = model;
  return {
    version,
    layers: describeNetwork(net),
    loss: { kind: loss.name, options: loss.options },
    normalizer,
    ...(classes !== undefined && { classes }),
    ...(targetNames !== undefined && { targetNames }),
    ...(targetScaling !== undefined && { targetScaling }),
    ...(featureNames !== undefined && { featureNames }),
    ...(table !== undefined && { table }),
    training,
  };
}

/**
 * Reads a model from bytes that are not trusted. Every size is checked against what the file really holds.
 * @param source What messages call the file.
 * @throws FormatError and nothing else.
 */
export function decodeModel(bytes: Uint8Array, source = "the file"): ModelFile {
  return decodeModelWith({ layerFrom, lossFrom }, bytes, source);
}

/** The same with layers and loss as the reader makes them: prediction alone needs less of them (`retrograd/predict`). */
export function decodeModelWith(
  make: { layerFrom(description: Description): Layer; lossFrom(description: Description): Loss },
  bytes: Uint8Array,
  source: string,
): ModelFile {
  const { tensors, metadata } = decodeSafetensors(bytes, source);
  const text = Object.hasOwn(metadata, entry) ? metadata[entry] : undefined;
  if (text === undefined) {
    throw new FormatError(
      `${source} is a safetensors file, but not a retrograd model: its metadata has no entry "${entry}"`,
    );
  }
  const read = new JsonReader(parseStrictJson(text, `${source}: the description`), `${source}: the description`);
  const found = read.number("version");
  if (found !== version) {
    throw new FormatError(`${source} has model version ${found}, this is for version ${version}; update retrograd`);
  }
  const net = attempt(source, () =>
    network(read.list("layers").map((one, i) => make.layerFrom(descriptionOf(one, `${source}: layer ${i + 1}`)))),
  );
  const weights = new Map(
    net.tensors.map(({ name, tensor }) => [name, numbersOf(tensors.get(name), name, tensor.shape, source)]),
  );
  for (const name of tensors.keys()) {
    if (!weights.has(name))
      throw new FormatError(`${source} holds a tensor ${quoted(name)} that no layer of the network has`);
  }
  const loss = attempt(source, () => make.lossFrom(descriptionOf(read.value("loss"), `${source}: the loss`)));
  const normalizer = read.object("normalizer");
  const scaling = read.has("targetScaling") ? read.object("targetScaling") : undefined;
  const outputs = loss.outputs === "logit" ? 2 : net.outputs;
  return {
    network: net,
    weights,
    loss,
    normalizer: {
      kind: normalizer.string("kind"),
      shift: normalizer.numbers("shift", net.inputs),
      factor: normalizer.numbers("factor", net.inputs),
    },
    ...(read.has("classes") && { classes: read.strings("classes", outputs) }),
    ...(read.has("targetNames") && { targetNames: read.strings("targetNames", net.outputs) }),
    ...(scaling && {
      targetScaling: { shift: scaling.numbers("shift", net.outputs), scale: scaling.numbers("scale", net.outputs) },
    }),
    ...(read.has("featureNames") && { featureNames: read.strings("featureNames", net.inputs) }),
    ...(read.has("table") && { table: readTable(read.object("table"), net.inputs) }),
    training: read.object("training").facts(),
  };
}

function numbersOf(
  stored: StoredTensor | undefined,
  name: string,
  shape: readonly number[],
  source: string,
): Float32Array | Float64Array {
  if (stored === undefined) throw new FormatError(`${source} lacks the tensor ${name} of the network it describes`);
  if (!sameShape(stored.shape, shape)) {
    throw new FormatError(
      `${source}: ${name} has shape ${formatShape(stored.shape)}, the network it describes needs ${formatShape(shape)}`,
    );
  }
  if (stored.dtype !== "F32" && stored.dtype !== "F64") {
    throw new FormatError(`${source}: ${name} has numbers of type ${stored.dtype}; a model's are F32 or F64`);
  }
  return stored.data.slice();
}

function descriptionOf(value: JsonValue, where: string): Description {
  const read = new JsonReader(value, where);
  const options = read
    .object("options")
    .entries()
    .map(([key, option]) => [key, optionOf(option, `${where}, ${quoted(key)}`)] as const);
  return { kind: read.string("kind"), options: Object.fromEntries(options) as Attributes };
}

function optionOf(value: JsonValue, where: string): Attributes[string] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "number")) return value as number[];
  throw new FormatError(
    `${where} is neither text, a number, true or false, nor a list of numbers; the file is damaged`,
  );
}

/** Turns any complaint about sizes, names and options into one about the file. */
function attempt<T>(source: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(
      `${source} describes a network that cannot be: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
