import { FormatError } from "../error.js";
import type { ReadModel, ReadNode, ReadTensor } from "./decode.js";

/** Far more than a row of layers has; with the depth it bounds the time that a file can take. */
const mostNodes = 4096;

/** Operators on constants that are followed back from where a constant is used: √(variance + ε) is two. */
const deepest = 3;

/** A decoded graph to be followed from value to value. */
export class ReadGraph {
  readonly #readers = new Map<string, ReadNode[]>();
  readonly #producers = new Map<string, ReadNode>();

  constructor(
    readonly model: ReadModel,
    readonly source: string,
  ) {
    if (model.nodes.length > mostNodes) {
      throw new FormatError(`${source} has ${model.nodes.length} nodes, and at most ${mostNodes} are read`);
    }
    for (const node of model.nodes) {
      for (const input of new Set(node.inputs)) {
        const readers = this.#readers.get(input);
        if (readers === undefined) this.#readers.set(input, [node]);
        else readers.push(node);
      }
      for (const output of node.outputs) this.#producers.set(output, node);
    }
  }

  readersOf(value: string): readonly ReadNode[] {
    return this.#readers.get(value) ?? [];
  }

  /** Numbers known before the network runs: a tensor of the file, or what operators make of such tensors. */
  constant(name: string | undefined, depth = 0): ReadTensor | undefined {
    const known = this.model.tensors.get(name ?? "");
    const node = this.#producers.get(name ?? "");
    if (known !== undefined || node === undefined || depth > deepest) return known;
    if (node.op === "Constant") {
      const number = node.numbers.get("value_float") ?? node.numbers.get("value_int");
      return (
        node.tensors.get("value") ?? (number === undefined ? undefined : { shape: [], data: Float64Array.of(number) })
      );
    }
    const [a, b] = node.inputs.slice(0, 2).map((input) => this.constant(input, depth + 1));
    if (a === undefined) return undefined;
    if (node.op === "Identity") return a;
    if (node.op === "Sqrt") return { shape: a.shape, data: a.data.map(Math.sqrt) };
    if (node.op === "Transpose" && a.shape.length === 2) return transposed(a);
    const form = arithmetic[node.op];
    if (form === undefined || b === undefined || (a.data.length !== b.data.length && b.data.length !== 1))
      return undefined;
    return {
      shape: a.shape,
      data: a.data.map((value, i) => form(value, b.data[b.data.length === 1 ? 0 : i] as number)),
    };
  }

  refuse(node: ReadNode, why = "no dense network has it"): never {
    throw new FormatError(`${this.source}: the operator ${node.op} (node ${node.title}) cannot be read: ${why}`);
  }
}

const arithmetic: Readonly<Record<string, ((a: number, b: number) => number) | undefined>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/** A matrix with rows and columns exchanged. */
export function transposed({ shape, data }: ReadTensor): ReadTensor {
  const [rows, columns] = shape as [number, number];
  return {
    shape: [columns, rows],
    data: Float64Array.from(
      { length: rows * columns },
      (_, i) => data[(i % rows) * columns + Math.floor(i / rows)] as number,
    ),
  };
}
