/**
 * ONNX models as plain data, and as the bytes of a file: the part of the ONNX schema (onnx.proto, IR version 8) that a
 * network needs. Tensors lie inside the file; there are no paths, no code and no external data.
 */
import { WireMessage } from "./wire-writer.js";

/** Numbers of `TensorProto.DataType`. */
export const elementTypes = { float32: 1, int32: 6, int64: 7, bool: 9, uint32: 12 } as const;
export type ElementType = keyof typeof elementTypes;

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string };

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** Numbers in the model: weights and constants, row-major. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array | Uint32Array;
}

/** An input or output; a size may be a name, such as `batch`, for one that is only known when the model runs. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxModel {
  /** Version of the operators: what the nodes mean. */
  readonly opset: number;
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Facts for people and programs that use the model: names of classes and features. */
  readonly metadata: Readonly<Record<string, string>>;
}

const irVersion = 8;

/** The bytes of an .onnx file. The same model gives the same bytes. */
export function encodeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const graph = new WireMessage();
  for (const node of model.nodes) graph.message(1, encodeNode(node));
  graph.text(2, model.name);
  for (const tensor of model.initializers) graph.message(5, encodeTensor(tensor));
  for (const value of model.inputs) graph.message(11, encodeValue(value));
  for (const value of model.outputs) graph.message(12, encodeValue(value));
  const file = new WireMessage().integer(1, irVersion).text(2, "retrograd").message(7, graph);
  file.message(8, new WireMessage().text(1, "").integer(2, model.opset));
  for (const [key, value] of Object.entries(model.metadata)) {
    file.message(14, new WireMessage().text(1, key).text(2, value));
  }
  return file.toBytes();
}

/** Nodes are named after what they compute, so that tools and error messages can point at them. */
function encodeNode({ op, inputs, output, attributes }: OnnxNode): WireMessage {
  const node = new WireMessage();
  for (const input of inputs) node.text(1, input);
  node.text(2, output).text(3, output).text(4, op);
  for (const [name, attribute] of Object.entries(attributes)) node.message(5, encodeAttribute(name, attribute));
  return node;
}

function encodeAttribute(name: string, attribute: OnnxAttribute): WireMessage {
  const message = new WireMessage().text(1, name);
  if ("float" in attribute) return message.float(2, attribute.float).integer(20, 1);
  if ("int" in attribute) return message.integer(3, attribute.int).integer(20, 2);
  if ("text" in attribute) return message.text(4, attribute.text).integer(20, 3);
  return message.integers(8, attribute.ints).integer(20, 7);
}

function encodeTensor({ name, shape, data }: OnnxTensor): WireMessage {
  const type = data instanceof Float32Array ? "float32" : data instanceof BigInt64Array ? "int64" : "uint32";
  return new WireMessage()
    .integers(1, shape)
    .integer(2, elementTypes[type])
    .text(8, name)
    .bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function encodeValue({ name, type, shape }: OnnxValue): WireMessage {
  const sizes = new WireMessage();
  for (const size of shape) {
    const axis = new WireMessage();
    sizes.message(1, typeof size === "number" ? axis.integer(1, size) : axis.text(2, size));
  }
  const tensor = new WireMessage().integer(1, elementTypes[type]).message(2, sizes);
  return new WireMessage().text(1, name).message(2, new WireMessage().message(1, tensor));
}
