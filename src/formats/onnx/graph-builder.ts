import type { Shape } from "../../tensor/index.js";
import { type ElementType, elementTypes, type OnnxAttribute, type OnnxNode, type OnnxTensor } from "./proto.js";

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** Collects nodes and constants of an ONNX graph. What is computed twice is written once. */
export class GraphBuilder {
  readonly #nodes: OnnxNode[] = [];
  readonly #initializers = new Map<string, OnnxTensor>();
  /** Names by what they stand for: a node with its inputs and attributes, or a constant with its numbers. */
  readonly #known = new Map<string, string>();
  readonly #producers = new Map<string, OnnxNode>();
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(
    /** Version of the operators the nodes are written for. */
    readonly opset: number,
    /**
     * Forms that are exact to a few units in the last place of float32 wherever ONNX Runtime's own kernel is not (the
     * tails of the sigmoid), instead of the one operator by which tools know an activation.
     */
    readonly precise: boolean,
  ) {}

  /** The output of an operator. */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const [first = ""] = inputs;
    const before = this.#producers.get(first);
    if (op === "Neg" && before?.op === "Neg") return before.inputs[0] as string;
    const key = `${op}(${inputs.join()})${JSON.stringify(attributes)}`;
    return this.#once(key, () => this.#add({ op, inputs, output: this.#fresh(), attributes }));
  }

  /** A value of its own with the same numbers, for an output that would otherwise share its name with another value. */
  copy(x: string): string {
    return this.#add({ op: "Identity", inputs: [x], output: this.#fresh(), attributes: {} });
  }

  /** One number. */
  number(value: number): string {
    return this.numbers([], Float32Array.of(value));
  }

  /** A constant: the same numbers are kept once. */
  numbers(shape: Shape, data: OnnxTensor["data"]): string {
    const kind = data.constructor.name;
    const text = Array.from(data as ArrayLike<number | bigint>, (value) => (Object.is(value, -0) ? "-0" : value));
    return this.#once(`${kind}[${shape}](${text.join()})`, () => this.tensor(this.#fresh(), shape, data));
  }

  /** Weights and other numbers that have a name. */
  tensor(name: string, shape: Shape, data: OnnxTensor["data"]): string {
    this.#initializers.set(name, { name, shape, data });
    return name;
  }

  /** 0 and 1 in float32 for what a comparison gives. */
  fromBoolean(condition: string): string {
    return this.cast(condition, "float32");
  }

  /** The condition x ≠ 0; what `fromBoolean` made goes back to what it was made of. */
  toBoolean(x: string): string {
    const before = this.#producers.get(x);
    const comparisons = ["Greater", "Equal"];
    const source = before?.op === "Cast" ? (before.inputs[0] as string) : "";
    return comparisons.includes(this.#producers.get(source)?.op ?? "") ? source : this.cast(x, "bool");
  }

  cast(x: string, to: ElementType): string {
    return this.node("Cast", [x], { to: { int: elementTypes[to] } });
  }

  /** Whether a name is computed by a node (and not given, nor a constant). */
  isComputed(name: string): boolean {
    return this.#producers.has(name);
  }

  /** Calls a value `wanted` in the finished graph, unless it has been given a name already. */
  rename(name: string, wanted: string): void {
    if (!this.#names.has(name)) this.#names.set(name, wanted);
  }

  /** The final name of a value. */
  nameOf(name: string): string {
    return this.#names.get(name) ?? name;
  }

  /** What the given outputs need, under final names, in the order in which it was written. */
  finish(outputs: readonly string[]): { nodes: OnnxNode[]; initializers: OnnxTensor[]; used: ReadonlySet<string> } {
    const used = new Set(outputs);
    const needed = this.#nodes
      .slice()
      .reverse()
      .filter(({ output, inputs }) => {
        if (!used.has(output)) return false;
        for (const input of inputs) used.add(input);
        return true;
      })
      .reverse();
    return {
      nodes: needed.map((node) => ({
        ...node,
        inputs: node.inputs.map((input) => this.nameOf(input)),
        output: this.nameOf(node.output),
      })),
      initializers: [...this.#initializers.values()]
        .filter(({ name }) => used.has(name))
        .map((tensor) => ({ ...tensor, name: this.nameOf(tensor.name) })),
      used,
    };
  }

  #add(node: OnnxNode): string {
    this.#nodes.push(node);
    this.#producers.set(node.output, node);
    return node.output;
  }

  #once(key: string, make: () => string): string {
    const name = this.#known.get(key) ?? make();
    this.#known.set(key, name);
    return name;
  }

  #fresh(): string {
    return `v${++this.#count}`;
  }
}
