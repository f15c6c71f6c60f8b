import { sizeOf } from "../../tensor/index.js";
import type { GraphBuilder } from "./graph-builder.js";
import type { Lowering } from "./lowering.js";

/** The version of the operators that has exclusive-or on whole numbers. */
export const bitwiseOpset = 18;

/**
 * Counter-based random numbers (`src/ops/uniform.ts`), bit for bit: shifts and exclusive-or on uint32, products and sums on
 * int32, which wrap the same way and which ONNX Runtime has for no unsigned type.
 */
export const uniform: Lowering = (graph, [step], { attributes: { seed, stream }, shape }) => {
  const word = (value: number) => graph.numbers([], Uint32Array.of(value >>> 0));
  const counter = graph.cast(step?.name as string, "uint32");
  const xor = (a: string, b: string) => graph.node("BitwiseXor", [a, b]);
  const inner = mix(graph, xor(word(stream as number), mix(graph, counter)));
  const key = mix(graph, xor(word(seed as number), inner));
  const index = graph.numbers(
    shape,
    Uint32Array.from({ length: sizeOf(shape) }, (_, i) => i),
  );
  const once = mix(graph, xor(index, key));
  const twice = mix(graph, signed(graph, "Add", once, key));
  const top = graph.cast(shifted(graph, twice, 8), "float32");
  return graph.node("Mul", [top, graph.number(2 ** -24)]);
};

/** "lowbias32" of every number. */
function mix(graph: GraphBuilder, x: string): string {
  const step = (h: string, shift: number) => graph.node("BitwiseXor", [h, shifted(graph, h, shift)]);
  const times = (h: string, factor: number) => signed(graph, "Mul", h, graph.numbers([], Uint32Array.of(factor)));
  return step(times(step(times(step(x, 16), 0x7feb352d), 15), 0x846ca68b), 16);
}

function shifted(graph: GraphBuilder, x: string, by: number): string {
  const distance = graph.numbers([], Uint32Array.of(by));
  return graph.node("BitShift", [x, distance], { direction: { text: "RIGHT" } });
}

function signed(graph: GraphBuilder, op: "Add" | "Mul", a: string, b: string): string {
  return graph.cast(graph.node(op, [graph.cast(a, "int32"), graph.cast(b, "int32")]), "uint32");
}
