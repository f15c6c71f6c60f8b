import type { StructuralName } from "../../ops/index.js";
import type { Shape } from "../../tensor/index.js";
import type { GraphBuilder } from "./graph-builder.js";
import type { Lowering, Operand } from "./lowering.js";
import { uniform } from "./uniform-lowering.js";

const last = { axis: { int: -1 } };

/** Ops in which numbers meet, as ONNX operators. */
export const structuralLowerings: { readonly [Name in StructuralName]: Lowering } = {
  matmul: (graph, [a, b]) => graph.node("MatMul", [a?.name as string, b?.name as string]),
  transpose: (graph, [x], { attributes }) =>
    graph.node("Transpose", [x?.name as string], { perm: { ints: attributes.axes as readonly number[] } }),
  reshape: (graph, [x], { shape }) => reshape(graph, x as Operand, shape),
  broadcast: (graph, [x], { shape }) => graph.node("Expand", [x?.name as string, sizes(graph, shape)]),
  sum: reduction("ReduceSum"),
  mean: reduction("ReduceMean"),
  max: reduction("ReduceMax"),
  softmax: (graph, [z]) => graph.node("Softmax", [z?.name as string], last),
  logSoftmax: (graph, [z]) => graph.node("LogSoftmax", [z?.name as string], last),
  softmaxCrossEntropy: (graph, [z, t]) => {
    const products = graph.node("Mul", [t?.name as string, graph.node("LogSoftmax", [z?.name as string], last)]);
    return graph.node("Neg", [
      reduce(graph, "ReduceSum", { name: products, shape: (z as Operand).shape }, [-1], false),
    ]);
  },
  softmaxMinusTarget: (graph, [z, t]) => {
    const total = reduce(graph, "ReduceSum", t as Operand, [-1], true);
    const scaled = graph.node("Mul", [graph.node("Softmax", [z?.name as string], last), total]);
    return graph.node("Sub", [scaled, t?.name as string]);
  },
  // Compared with every class, since ONNX's OneHot counts a label of -1 from the end.
  oneHot: (graph, [labels], { shape }) => {
    const [count, classes] = shape as [number, number];
    const column = reshape(graph, labels as Operand, [count, 1]);
    const all = graph.numbers(
      [classes],
      Float32Array.from({ length: classes }, (_, i) => i),
    );
    return graph.fromBoolean(graph.node("Equal", [column, all]));
  },
  uniform,
  stack: (graph, inputs) => {
    const parts = inputs.map((input) => reshape(graph, input, [1, ...input.shape]));
    return graph.node("Concat", parts, { axis: { int: 0 } });
  },
  slice: (graph, [x], { attributes }) => {
    const index = graph.numbers([], BigInt64Array.of(BigInt(attributes.index as number)));
    return graph.node("Gather", [x?.name as string, index], { axis: { int: 0 } });
  },
};

/**
 * The same numbers under another shape. Where only axes of size 1 come or go no other size is written down, so that the
 * number of examples may stay open.
 */
export function reshape(graph: GraphBuilder, x: Operand, shape: Shape): string {
  if (x.shape.length === shape.length && x.shape.every((size, axis) => size === shape[axis])) return x.name;
  const axes = onesPutIn(x.shape, shape);
  if (axes !== undefined) return graph.node("Unsqueeze", [x.name, sizes(graph, axes)]);
  const gone = onesPutIn(shape, x.shape);
  if (gone !== undefined) return graph.node("Squeeze", [x.name, sizes(graph, gone)]);
  return graph.node("Reshape", [x.name, sizes(graph, shape)]);
}

/** Axes of `to` that are 1 and, left out, give `from`; undefined when there are none such. */
function onesPutIn(from: Shape, to: Shape): number[] | undefined {
  const axes: number[] = [];
  let at = 0;
  to.forEach((size, axis) => {
    if (at < from.length && size === from[at]) at++;
    else axes.push(axis);
  });
  return at === from.length && axes.every((axis) => to[axis] === 1) ? axes : undefined;
}

function reduction(op: ReductionOp): Lowering {
  return (graph, [x], { attributes }) =>
    reduce(graph, op, x as Operand, attributes.axes as readonly number[], attributes.keepDims as boolean);
}

type ReductionOp = "ReduceSum" | "ReduceMean" | "ReduceMax";

/** Axes are an attribute of the mean and the maximum before version 18 of the operators, and an input since. */
function reduce(graph: GraphBuilder, op: ReductionOp, x: Operand, axes: readonly number[], keepDims: boolean): string {
  if (axes.length === 0) return x.name;
  const keepdims = { int: keepDims ? 1 : 0 };
  if (op === "ReduceSum" || graph.opset >= 18) return graph.node(op, [x.name, sizes(graph, axes)], { keepdims });
  return graph.node(op, [x.name], { axes: { ints: axes }, keepdims });
}

function sizes(graph: GraphBuilder, shape: Shape): string {
  return graph.numbers([shape.length], BigInt64Array.from(shape, BigInt));
}
