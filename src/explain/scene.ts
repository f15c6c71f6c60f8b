import { evaluateAll, gradients } from "../autodiff/index.js";
import type { Layer } from "../nn/index.js";
import { constant } from "../ops/constant.js";
import { input } from "../ops/leaves.js";
import { oneHotOp } from "../ops/one-hot.js";
import { reshapeOp } from "../ops/reshape.js";
import { inOrder, type Shape, type Tensor, TensorValue } from "../tensor/index.js";
import { Differences } from "./differences.js";
import type { ExplainedElement, ExplainedStep, Factor, Piece } from "./explanation.js";
import { Arithmetic, joined, written } from "./numbers.js";
import type { Subject } from "./options.js";
import { statisticsOf } from "./statistics.js";
import { entry, factor, symbolOf } from "./symbols.js";

/** One layer in its place: what came in, what went out, and the tensors it owns. */
export interface Place {
  readonly layer: Layer;
  readonly number: number;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly parts: Readonly<Record<string, Tensor>>;
}

/** One number of a value: its symbol and itself. */
export interface Entry {
  readonly symbol: ReturnType<typeof symbolOf>;
  readonly value: number;
}

/** The pass with every number computed, and the means to speak of it: the graph's own values, by node and by name. */
export class Scene {
  readonly arithmetic: Arithmetic;
  readonly x: Tensor;
  readonly t: Tensor;
  readonly loss: Tensor;
  readonly output: Tensor;
  readonly places: readonly Place[];
  readonly differences: Differences;
  /** Nodes that are computed or given in the forward pass. */
  readonly forward: ReadonlySet<Tensor>;
  readonly #gradients: ReadonlyMap<Tensor, Tensor>;
  readonly #values: ReadonlyMap<Tensor, Float64Array>;
  readonly #aliases = new Map<Tensor, string>();

  constructor(readonly subject: Subject) {
    const { network, batch, targetShape, weights, training, seed } = subject;
    this.arithmetic = new Arithmetic(subject.digits);
    this.x = input([batch, network.inputs], "X");
    this.t = input(targetShape, "t");
    const step = constant(1);
    const { output, results } = network.forward(this.x, { training, step, seed });
    this.output = output;
    this.loss = subject.loss.apply(output, this.t).named("loss");
    this.places = placesOf(subject, this.x, results);
    const parameters = network.parameters.map(({ tensor }) => tensor);
    const targets = [...new Set([...results, ...parameters, this.x])];
    const byTarget = gradients(this.loss, targets);
    this.#gradients = new Map(targets.map((target, i) => [target, byTarget[i] as Tensor]));
    const feeds = new Map<Tensor, Float64Array>([
      [this.x, subject.x],
      [this.t, subject.t],
      ...network.tensors.map(({ name, tensor }) => [tensor, weights.get(name) as Float64Array] as const),
    ]);
    const nodes = inOrder([this.loss, ...byTarget]);
    const values = evaluateAll(nodes, feeds);
    this.#values = new Map(nodes.map((node, i) => [node, (values[i] as TensorValue).data]));
    for (const [node, data] of feeds)
      if (!this.#values.has(node)) (this.#values as Map<Tensor, Float64Array>).set(node, data);
    this.forward = new Set(inOrder([this.loss]));
    this.differences = new Differences(this.loss, this.#values);
    for (const node of this.forward) if (node.op === oneHotOp) this.#aliases.set(node, "T");
  }

  get isRow(): boolean {
    return this.subject.convention === "row";
  }

  /** Gives an unnamed node of the graph a name in this account: the mask of a dropout is `M[1]`. */
  call(node: Tensor, name: string): void {
    this.#aliases.set(node, name);
  }

  /** A node's own name; what has none is named after the value it is computed for: `N[1].mean`, `loss.sub`. */
  nameOf(node: Tensor): string {
    if (node.op === reshapeOp && node.inputs[0] === this.t) return "t";
    const own = this.#aliases.get(node) ?? node.name;
    if (own !== undefined) return own;
    const order = [...this.forward];
    const user = order.find((other) => other.inputs.includes(node));
    const whole = user === undefined ? "" : this.nameOf(user).split(".")[0];
    let name = `${whole}.${node.op.name}`;
    while ([...this.#aliases.values()].includes(name)) name += "'";
    this.#aliases.set(node, name);
    return name;
  }

  valueOf(node: Tensor): Float64Array {
    return this.#values.get(node) as Float64Array;
  }

  /** Of a value that is not in the pass's own graph but built on it, such as the softmax inside a loss. */
  evaluate(node: Tensor): Float64Array {
    return evaluateAll([node], this.#values)[0]?.data as Float64Array;
  }

  gradientOf(node: Tensor): Tensor {
    return this.#gradients.get(node) as Tensor;
  }

  isGradient(node: Tensor): boolean {
    return [...this.#gradients.values()].includes(node);
  }

  /** A batch's value as a factor of a formula: examples in rows, or in columns. */
  batchFactor(name: string, shape: Shape): Factor {
    return factor(symbolOf(name), this.isRow ? shape : [...shape].reverse());
  }

  /** Entry of a batch's value for an example and a feature, from 0; written in the order of the convention. */
  batchEntry(name: string, data: Float64Array, width: number, example: number, feature: number): Entry {
    const at = this.isRow ? [example + 1, feature + 1] : [feature + 1, example + 1];
    return { symbol: entry(symbolOf(name), ...at), value: data[example * width + feature] as number };
  }

  /** `X[1,k]`: a batch's entry with letters for places. */
  batchSymbol(name: string, example: number | string, feature: number | string): ReturnType<typeof symbolOf> {
    return entry(symbolOf(name), ...(this.isRow ? [example, feature] : [feature, example]));
  }

  /** A step of this account: value as it is shown in the convention, statistics, formula from its pieces. */
  step(options: {
    readonly name: string;
    readonly phase: ExplainedStep["phase"];
    readonly kind: string;
    readonly layer?: number;
    /** Shape in rows, and the numbers. */
    readonly shape: Shape;
    readonly data: Float64Array;
    /** Whether the value has one row an example. */
    readonly perExample: boolean;
    readonly pieces: readonly Piece[];
    /** What stands at the left of the formula, when it is not the name. */
    readonly left?: Piece;
    /** A new value for an old name is written with an arrow. */
    readonly assigned?: boolean;
    readonly rule?: ExplainedStep["rule"];
    readonly element?: Omit<ExplainedElement, "value"> & { readonly value: number };
    readonly cached?: readonly string[];
    readonly check?: ExplainedStep["check"];
    readonly says: ExplainedStep["says"];
  }): ExplainedStep {
    const {
      name,
      phase,
      kind,
      layer,
      shape,
      data,
      perExample,
      pieces,
      rule,
      element,
      cached = [],
      check,
      says,
    } = options;
    const turned = perExample && !this.isRow && shape.length === 2;
    const shown = new TensorValue(turned ? [...shape].reverse() : shape, turned ? transposedData(shape, data) : data);
    const left = options.left ?? symbolOf(name);
    const right = joined(pieces, "", " ");
    return {
      name,
      phase,
      ...(layer !== undefined && { layer }),
      kind,
      formula:
        pieces.length === 0
          ? { text: left.text, latex: left.latex }
          : written(left, options.assigned === true ? { text: " ← ", latex: " \\leftarrow " } : " = ", right),
      pieces,
      ...(rule !== undefined && { rule }),
      shape: shown.shape,
      value: shown.toArray(),
      statistics: statisticsOf(data),
      ...(element !== undefined && { element }),
      cached,
      ...(check !== undefined && { check }),
      says,
    };
  }

  /** The flat index of the entry to show: the first if it is not 0, else the largest. */
  chosen(data: Float64Array): number {
    if (data[0] !== 0) return 0;
    return data.reduce((best, value, i) => (Math.abs(value) > Math.abs(data[best] as number) ? i : best), 0);
  }
}

function transposedData([rows, columns]: Shape, data: Float64Array): Float64Array {
  const [m, n] = [rows as number, columns as number];
  return Float64Array.from({ length: data.length }, (_, i) => data[(i % m) * n + Math.floor(i / m)] as number);
}

function placesOf({ network }: Subject, x: Tensor, results: readonly Tensor[]): Place[] {
  let next = 0;
  let from = x;
  return network.layers.map((layer, i) => {
    const names = Object.keys(layer.parts);
    const own = network.tensors.slice(next, next + names.length);
    next += names.length;
    const place = {
      layer,
      number: network.numbers[i] as number,
      input: from,
      output: results[i] as Tensor,
      parts: Object.fromEntries(names.map((name, j) => [name, own[j]?.tensor as Tensor])),
    };
    from = place.output;
    return place;
  });
}

export function widthOf(node: Tensor): number {
  return node.shape.at(-1) ?? 1;
}
