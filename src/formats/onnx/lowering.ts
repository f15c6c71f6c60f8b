import type { Attributes, Shape } from "../../tensor/index.js";
import type { GraphBuilder } from "./graph-builder.js";

/** A value in the ONNX graph, with its shape. */
export interface Operand {
  readonly name: string;
  readonly shape: Shape;
}

/** What is to be computed: an op's attributes and the shape of its output. */
export interface Wanted {
  readonly attributes: Attributes;
  readonly shape: Shape;
}

/** One op as ONNX nodes; gives the name of the value that holds its output. */
export type Lowering = (graph: GraphBuilder, inputs: readonly Operand[], wanted: Wanted) => string;
