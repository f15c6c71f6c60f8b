import { type ActivationName, activationLayer, activations, dense, type Layer } from "../../nn/index.js";
import type { Tensor } from "../../tensor/index.js";
import { FormatError, quoted } from "../error.js";
import type { ReadModel, ReadNode } from "./decode.js";
import { readActivation } from "./read-activation.js";
import { ReadGraph, transposed } from "./read-graph.js";

/** W (outputs × inputs) and b (outputs) of a dense layer, row-major. */
export interface DenseNumbers {
  readonly inputs: number;
  readonly outputs: number;
  readonly W: Float64Array;
  readonly b: Float64Array;
}

export type ReadLayer =
  | { readonly layer: Layer; readonly numbers: DenseNumbers; readonly activation?: undefined }
  | { readonly layer: Layer; readonly activation: ActivationName; readonly numbers?: undefined };

/** x·scale + shift, number by number; lists of one number hold for every feature. */
export interface Affine {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

export interface ReadLayers {
  /** What is done to the features before the first dense layer. */
  readonly first: Affine;
  readonly layers: readonly ReadLayer[];
  /** What is done to the results after a last activation. */
  readonly last: Affine;
}

const identity: Affine = { scale: [1], shift: [0] };

/** Follows the values from the only input to `output`; shifts and scales go into the dense layer before them, or else after. */
export function readLayers(model: ReadModel, output: string, source: string): ReadLayers {
  const graph = new ReadGraph(model, source);
  const layers: ReadLayer[] = [];
  let first = identity;
  let pending = identity;
  let value = model.inputs[0]?.name ?? "";
  for (let steps = 0; value !== output; steps++) {
    if (steps > model.nodes.length)
      throw new FormatError(`${source}: the nodes go round in a circle; the file is damaged`);
    const activation = readActivation(graph, value);
    if (activation !== undefined) {
      const { node, name, options } = activation;
      if (layers.length === 0 || pending !== identity) graph.refuse(node, "it follows no dense layer");
      layers.push({ layer: activationLayer(activations[name] as (x: Tensor) => Tensor, options), activation: name });
      value = activation.output;
      continue;
    }
    const [node, another] = graph.readersOf(value);
    if (node === undefined) throw new FormatError(`${source}: the output ${quoted(output)} does not come of the input`);
    if (another !== undefined) graph.refuse(another, `${quoted(value)} is used twice, so this is no row of layers`);
    const affine = affineOf(graph, node, value);
    const before = layers.at(-1)?.numbers;
    if (affine !== undefined && before !== undefined)
      layers[layers.length - 1] = denseLayer(scaledAfter(before, affine, graph, node));
    else if (affine !== undefined) pending = after(pending, affine);
    else {
      const numbers = denseOf(graph, node, value);
      if (layers.length === 0) first = checkedWidth(pending, numbers.inputs, graph, node);
      layers.push(denseLayer(layers.length === 0 ? numbers : scaledBefore(numbers, pending, graph, node)));
      pending = identity;
    }
    value = node.outputs[0] ?? "";
  }
  return { first, layers, last: pending };
}

function denseLayer(numbers: DenseNumbers): ReadLayer {
  return { layer: dense(numbers.inputs, numbers.outputs), numbers };
}

/** Nodes that shift, scale or leave alone; undefined for any other. */
function affineOf(graph: ReadGraph, node: ReadNode, value: string): Affine | undefined {
  const { op, inputs, numbers } = node;
  const keeps = op === "Identity" || op === "Dropout" || (op === "Flatten" && (numbers.get("axis") ?? 1) === 1);
  if (keeps || (op === "Cast" && numbers.get("to") === 1)) return identity;
  if (op === "BatchNormalization") return batchNormalization(graph, node);
  const constants = inputs.map((input) => graph.constant(input));
  const list = [...(constants.find((one) => one !== undefined)?.data ?? [])];
  if (list.length === 0 || inputs.length !== 2) return undefined;
  const right = inputs[0] === value;
  if (op === "Add") return { scale: [1], shift: list };
  if (op === "Mul") return { scale: list, shift: [0] };
  if (op === "Sub") return right ? { scale: [1], shift: list.map((x) => -x) } : { scale: [-1], shift: list };
  if (op === "Div" && right) return { scale: list.map((x) => 1 / x), shift: [0] };
  return undefined;
}

function batchNormalization(graph: ReadGraph, node: ReadNode): Affine {
  const [gamma, beta, mean, variance] = node.inputs.slice(1).map((input) => graph.constant(input)?.data);
  if (!gamma || !beta || !mean || !variance) return graph.refuse(node, "its numbers are not in the file");
  const epsilon = node.numbers.get("epsilon") ?? 1e-5;
  const scale = Array.from(gamma, (one, i) => one / Math.sqrt((variance[i] as number) + epsilon));
  return { scale, shift: scale.map((one, i) => (beta[i] as number) - one * (mean[i] as number)) };
}

const at = (list: readonly number[], i: number): number => list[list.length === 1 ? 0 : i] as number;

function after(first: Affine, then: Affine): Affine {
  const length = Math.max(first.scale.length, first.shift.length, then.scale.length, then.shift.length);
  if (then === identity) return first;
  const each = Array.from({ length }, (_, i) => i);
  return {
    scale: each.map((i) => at(first.scale, i) * at(then.scale, i)),
    shift: each.map((i) => at(first.shift, i) * at(then.scale, i) + at(then.shift, i)),
  };
}

/** The same with as many numbers as there are features, or one. */
function checkedWidth(affine: Affine, width: number, graph: ReadGraph, node: ReadNode): Affine {
  const fits = [affine.scale, affine.shift].every(({ length }) => length === 1 || length === width);
  return fits ? affine : graph.refuse(node, `before it are numbers that do not fit ${width} features`);
}

/** W·(x·scale + shift) + b as a dense layer of x. */
function scaledBefore(
  { inputs, outputs, W, b }: DenseNumbers,
  affine: Affine,
  graph: ReadGraph,
  node: ReadNode,
): DenseNumbers {
  const { scale, shift } = checkedWidth(affine, inputs, graph, node);
  const moved = b.map((one, i) => {
    let sum = one;
    for (let j = 0; j < inputs; j++) sum += (W[i * inputs + j] as number) * at(shift, j);
    return sum;
  });
  return { inputs, outputs, W: W.map((one, i) => one * at(scale, i % inputs)), b: moved };
}

/** (W·x + b)·scale + shift as a dense layer of x. */
function scaledAfter(
  { inputs, outputs, W, b }: DenseNumbers,
  affine: Affine,
  graph: ReadGraph,
  node: ReadNode,
): DenseNumbers {
  const { scale, shift } = checkedWidth(affine, outputs, graph, node);
  return {
    inputs,
    outputs,
    W: W.map((one, i) => one * at(scale, Math.floor(i / inputs))),
    b: b.map((one, i) => one * at(scale, i) + at(shift, i)),
  };
}

/** `Gemm` and `MatMul` of the value with a matrix of the file. */
function denseOf(graph: ReadGraph, node: ReadNode, value: string): DenseNumbers {
  if (node.op !== "Gemm" && node.op !== "MatMul") graph.refuse(node);
  const stored = graph.constant(node.inputs[1]);
  const flag = (name: string) => (node.numbers.get(name) ?? 0) !== 0;
  if (node.inputs[0] !== value || stored?.shape.length !== 2 || flag("transA")) {
    return graph.refuse(node, "a dense layer multiplies its input by a matrix of the file");
  }
  const matrix = flag("transB") ? stored : transposed(stored);
  const [outputs, inputs] = matrix.shape as [number, number];
  if (outputs === 0 || inputs === 0) graph.refuse(node, "its matrix is empty");
  const biases = node.inputs[2] ? graph.constant(node.inputs[2]) : { data: Float64Array.of(0) };
  if (biases === undefined || (biases.data.length !== 1 && biases.data.length !== outputs)) {
    return graph.refuse(node, `its bias does not fit ${outputs} outputs`);
  }
  const [alpha, beta] = [node.numbers.get("alpha") ?? 1, node.numbers.get("beta") ?? 1];
  const b = Float64Array.from(
    { length: outputs },
    (_, i) => beta * (biases.data[biases.data.length === 1 ? 0 : i] as number),
  );
  return { inputs, outputs, W: matrix.data.map((one) => alpha * one), b };
}
