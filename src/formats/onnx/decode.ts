/** Reads .onnx files that are not trusted: structure and sizes here, meaning in `from-onnx.ts`. */

import { FormatError, quoted } from "../error.js";
import { byteSize } from "../safetensors-dtype.js";
import { readFields, readIntegers, type WireField } from "./wire-reader.js";

/** Numbers of a file: as float64, whatever they were stored as. */
export interface ReadTensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export interface ReadNode {
  readonly op: string;
  /** What messages call it: its name, or its output. */
  readonly title: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly texts: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, ReadTensor>;
}

export interface ReadModel {
  readonly opset: number;
  readonly nodes: readonly ReadNode[];
  readonly tensors: ReadonlyMap<string, ReadTensor>;
  /** Inputs that are no tensors of the file; a size is undefined where the file leaves it open. */
  readonly inputs: readonly { readonly name: string; readonly shape: readonly (number | undefined)[] }[];
  readonly outputs: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** @throws FormatError and nothing else. */
export function decodeOnnx(bytes: Uint8Array, source: string): ReadModel {
  let opset = 0;
  let graph: Uint8Array | undefined;
  const metadata = new Map<string, string>();
  for (const { number, value } of readFields(bytes, source)) {
    if (number === 7) graph = message(value, `${source}: the graph`);
    if (number === 8) {
      const { 1: domain, 2: version } = lastFields(message(value, source), `${source}: the operators`);
      if (domain === undefined || text(domain, source) === "") opset = Number(version ?? 0);
    }
    if (number === 14) {
      const { 1: key, 2: entry } = lastFields(message(value, source), `${source}: the metadata`);
      if (key !== undefined && entry !== undefined) metadata.set(text(key, source), text(entry, source));
    }
  }
  if (graph === undefined) throw new FormatError(`${source} is no ONNX file: it has no graph`);
  return { opset, metadata, ...decodeGraph(graph, source) };
}

function decodeGraph(bytes: Uint8Array, source: string): Pick<ReadModel, "nodes" | "tensors" | "inputs" | "outputs"> {
  const nodes: ReadNode[] = [];
  const tensors = new Map<string, ReadTensor>();
  const inputs: { name: string; shape: (number | undefined)[] }[] = [];
  const outputs: string[] = [];
  for (const { number, value } of readFields(bytes, `${source}: the graph`)) {
    if (number === 1) nodes.push(decodeNode(message(value, source), source));
    if (number === 5) {
      const { name, tensor } = decodeTensor(message(value, source), source);
      tensors.set(name, tensor);
    }
    if (number === 11) inputs.push(decodeValue(message(value, source), source));
    if (number === 12) outputs.push(decodeValue(message(value, source), source).name);
    if (number === 15)
      throw new FormatError(`${source} has sparse tensors, which are not read; export it with dense ones`);
  }
  return { nodes, tensors, inputs: inputs.filter(({ name }) => !tensors.has(name)), outputs };
}

function decodeNode(bytes: Uint8Array, source: string): ReadNode {
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const attributes: Uint8Array[] = [];
  let [op, name, domain] = ["", "", ""];
  for (const { number, value } of readFields(bytes, `${source}: a node`)) {
    if (number === 1) inputs.push(text(value, source));
    if (number === 2) outputs.push(text(value, source));
    if (number === 3) name = text(value, source);
    if (number === 4) op = text(value, source);
    if (number === 5) attributes.push(message(value, source));
    if (number === 7) domain = text(value, source);
  }
  const title = quoted(name || outputs[0] || "");
  if (domain !== "" && domain !== "ai.onnx") {
    throw new FormatError(
      `${source}: the node ${title} is of ${quoted(domain)}, and only ONNX's own operators are read`,
    );
  }
  const numbers = new Map<string, number>();
  const texts = new Map<string, string>();
  const tensors = new Map<string, ReadTensor>();
  for (const attribute of attributes) {
    const where = `${source}: the node ${title}`;
    const fields = lastFields(attribute, where);
    const key = fields[1] === undefined ? "" : text(fields[1], where);
    if (fields[2] !== undefined) numbers.set(key, Number(fields[2]));
    if (fields[3] !== undefined) numbers.set(key, Number(fields[3]));
    if (fields[4] !== undefined) texts.set(key, text(fields[4], where));
    if (fields[5] !== undefined) tensors.set(key, decodeTensor(message(fields[5], where), source).tensor);
  }
  return { op, title, inputs, outputs, numbers, texts, tensors };
}

/** Name and shape of an input or output. */
function decodeValue(bytes: Uint8Array, source: string): { name: string; shape: (number | undefined)[] } {
  const where = `${source}: an input or output`;
  const { 1: name, 2: type } = lastFields(bytes, where);
  const shape: (number | undefined)[] = [];
  const tensor = type && lastFields(message(type, where), where)[1];
  const sizes = tensor && lastFields(message(tensor, where), where)[2];
  if (sizes !== undefined) {
    for (const { number, value } of readFields(message(sizes, where), where)) {
      const size = number === 1 ? lastFields(message(value, where), where)[1] : undefined;
      if (number === 1) shape.push(typeof size === "bigint" ? Number(size) : undefined);
    }
  }
  return { name: name === undefined ? "" : text(name, where), shape };
}

const [float32, int32, int64, float64] = [1, 6, 7, 11];

/** Numbers that lie in the file; ones that lie elsewhere are refused, for their place would be a path. */
function decodeTensor(bytes: Uint8Array, source: string): { name: string; tensor: ReadTensor } {
  const shape: number[] = [];
  let [name, type] = ["", 0];
  let raw: Uint8Array | undefined;
  const chunks: { readonly field: number; readonly value: WireField["value"] }[] = [];
  for (const { number, value } of readFields(bytes, `${source}: a tensor`)) {
    if (number === 1) {
      for (const size of value instanceof Uint8Array ? readIntegers(value, source) : [value]) shape.push(Number(size));
    }
    if (number === 2) type = Number(value);
    if (number === 8) name = text(value, source);
    if (number === 9) raw = message(value, source);
    if (number === 13 || (number === 14 && value !== 0n)) {
      throw new FormatError(
        `${source}: the tensor ${quoted(name)} lies in another file, which is never opened; save the model as one file`,
      );
    }
    if (number === 4 || number === 5 || number === 7 || number === 10) chunks.push({ field: number, value });
  }
  const where = `${source}: the tensor ${quoted(name)}`;
  const bytesNeeded = byteSize("U8", shape);
  if (bytesNeeded === undefined || shape.some((size) => size < 0)) {
    throw new FormatError(`${where} has the shape [${shape.join(", ")}]; the file is damaged`);
  }
  const data = raw === undefined ? fromFields(chunks, type, where) : fromRaw(raw, type, where);
  if (data.length !== bytesNeeded) {
    throw new FormatError(
      `${where} has ${data.length} numbers, but its shape is [${shape.join(", ")}]; the file is damaged`,
    );
  }
  return { name, tensor: { shape, data } };
}

function fromRaw(raw: Uint8Array, type: number, where: string): Float64Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const list = (size: number, read: (at: number) => number) => {
    if (raw.length % size !== 0)
      throw new FormatError(`${where} has ${raw.length} bytes for numbers of ${size}; the file is damaged`);
    return Float64Array.from({ length: raw.length / size }, (_, i) => read(i * size));
  };
  if (type === float32) return list(4, (at) => view.getFloat32(at, true));
  if (type === float64) return list(8, (at) => view.getFloat64(at, true));
  if (type === int32) return list(4, (at) => view.getInt32(at, true));
  if (type === int64) return list(8, (at) => Number(view.getBigInt64(at, true)));
  throw unread(type, where);
}

/** The same in the fields of the schema: a packed list, or one number a field. */
function fromFields(
  chunks: readonly { readonly field: number; readonly value: WireField["value"] }[],
  type: number,
  where: string,
): Float64Array {
  const field = new Map([
    [float32, 4],
    [int32, 5],
    [int64, 7],
    [float64, 10],
  ]).get(type);
  if (field === undefined) throw unread(type, where);
  const parts = chunks
    .filter((chunk) => chunk.field === field)
    .map(({ value }) => {
      if (!(value instanceof Uint8Array)) return [Number(value)];
      return field === 4 || field === 10 ? fromRaw(value, type, where) : readIntegers(value, where).map(Number);
    });
  const data = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}

const unread = (type: number, where: string) =>
  new FormatError(`${where} has numbers of ONNX type ${type}; float32, float64, int32 and int64 are read`);

/** The last value of each field, as the format asks of fields that should come once. */
function lastFields(bytes: Uint8Array, where: string): { readonly [field: number]: WireField["value"] } {
  return Object.fromEntries([...readFields(bytes, where)].map(({ number, value }) => [number, value]));
}

function message(value: WireField["value"], where: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new FormatError(`${where}: a number stands where a part should; the file is damaged`);
}

function text(value: WireField["value"], where: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(message(value, where));
  } catch {
    throw new FormatError(`${where}: a text is not well-formed; the file is damaged`);
  }
}
