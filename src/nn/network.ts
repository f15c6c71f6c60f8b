import { constant } from "../ops/constant.js";
import { parameterOf, stateOf } from "../ops/leaves.js";
import { formatShape, type Shape, ShapeError, type ShapeText, type SizesMeet, type Tensor } from "../tensor/index.js";
import type { Initializer } from "./initializers.js";
import type { Layer, Pass, StateUpdate } from "./layer.js";

/** A tensor a network owns: `W[1]`, learned, or `runningMean[1]`, kept up by its layer. */
export interface NetworkTensor {
  readonly name: string;
  readonly role: "parameter" | "state";
  readonly tensor: Tensor;
  readonly initializer: Initializer;
}

export interface ForwardResult<M extends number = number, Out extends number = number> {
  readonly output: Tensor<[M, Out]>;
  readonly updates: readonly StateUpdate[];
  /** What each layer made of what came in, in order; a layer that changes nothing hands its input on. */
  readonly results: readonly Tensor[];
}

/** Examples in a batch of a shape. */
type RowsOf<S extends Shape> = S extends readonly [infer Rows extends number, number] ? Rows : number;

/** `unknown` when a batch fits a network of so many features, a sentence when it does not. */
type CheckBatch<S extends Shape, In extends number> = number extends S["length"]
  ? unknown
  : S extends readonly [number, infer Features extends number]
    ? SizesMeet<Features, In> extends true
      ? unknown
      : `the network takes batches of shape [examples, ${In}], got ${ShapeText<S>}`
    : `the network takes batches of shape [examples, ${In}], got ${ShapeText<S>}`;

/**
 * Layers in a row: a description without numbers. The learned numbers live in a session while training and in a model
 * afterwards; the same network can be trained many times.
 */
export class Network<In extends number = number, Out extends number = number> {
  /** Where the parts of each layer are among `tensors`. */
  readonly #parts: readonly Readonly<Record<string, Tensor>>[];

  private constructor(
    readonly layers: readonly Layer[],
    readonly inputs: In,
    readonly outputs: Out,
    readonly tensors: readonly NetworkTensor[],
    parts: readonly Readonly<Record<string, Tensor>>[],
    /** The number in `Z[l]`, `W[l]` of each layer: it goes up at every dense layer. */
    readonly numbers: readonly number[],
  ) {
    this.#parts = parts;
  }

  /** Layers that fit together; see `sequential`, which also checks it in the type. */
  static of(layers: readonly Layer[], inputs: number, outputs: number): Network {
    const tensors: NetworkTensor[] = [];
    const numbers: number[] = [];
    let number = 0;
    const parts = layers.map((layer) => {
      if (layer.kind === "dense") number++;
      numbers.push(number);
      const own: Record<string, Tensor> = {};
      for (const [short, { role, shape, initializer }] of Object.entries(layer.parts)) {
        const name = unusedName(`${short}[${number}]`, tensors);
        const tensor = role === "parameter" ? parameterOf(shape, name) : stateOf(shape, name);
        own[short] = tensor;
        tensors.push({ name, role, tensor, initializer });
      }
      return own;
    });
    return new Network(layers, inputs, outputs, tensors, parts, numbers);
  }

  /** The learned tensors: `W[1]`, `b[1]`, … */
  get parameters(): readonly NetworkTensor[] {
    return this.tensors.filter(({ role }) => role === "parameter");
  }

  /** What the layers keep up themselves: the running averages of batch normalization. */
  get states(): readonly NetworkTensor[] {
    return this.tensors.filter(({ role }) => role === "state");
  }

  /**
   * The forward pass of a batch x (m × in) to (m × out), every layer's result named (`Z[1]`, `A[1]`).
   * @throws ShapeError when the batch has another number of features.
   */
  forward<S extends Shape>(x: Tensor<S> & CheckBatch<S, In>, pass: Partial<Pass> = {}): ForwardResult<RowsOf<S>, Out> {
    const shape: Shape = x.shape;
    if (shape.length !== 2 || shape[1] !== this.inputs) {
      throw new ShapeError(
        `the network takes batches of shape [examples, ${this.inputs}], got ${formatShape(shape)}${describeFirst(this.layers, this.inputs)}`,
      );
    }
    const { training = false, step = constant(0), seed = 0 } = pass;
    const used = new Set<string>();
    const updates: StateUpdate[] = [];
    const results: Tensor[] = [];
    let output: Tensor = x;
    this.layers.forEach((layer, i) => {
      const result = layer.forward(output, this.#parts[i] ?? {}, { training, step, seed, stream: i });
      if (result.updates !== undefined) updates.push(...result.updates);
      if (result.output !== output) {
        let name = `${layer.result}[${this.numbers[i]}]`;
        while (used.has(name)) name += "'";
        used.add(name);
        output = result.output.named(name);
      }
      results.push(output);
    });
    return { output: output as Tensor as Tensor<[RowsOf<S>, Out]>, updates, results };
  }
}

function unusedName(name: string, tensors: readonly NetworkTensor[]): string {
  return tensors.some((other) => other.name === name) ? unusedName(`${name}'`, tensors) : name;
}

function describeFirst(layers: readonly Layer[], inputs: number): string {
  const first = layers.findIndex((layer) => layer.inputs !== undefined);
  const layer = layers[first];
  return layer === undefined
    ? ""
    : `: layer ${first + 1}, ${layer.kind}(${inputs}, ${layer.outputs}), expects ${inputs} features`;
}
