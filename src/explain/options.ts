import { applyNormalizer } from "../data/index.js";
import { type Loss, meanSquaredError, type Network, softmaxCrossEntropy } from "../nn/index.js";
import type { Optimizer } from "../optim/index.js";
import { createRandom, type Random } from "../random/index.js";
import { flatten, formatShape, type Nested, type Shape, ShapeError, sizeOf, UsageError } from "../tensor/index.js";
import { scaleTargets } from "../train/evaluate-on.js";
import type { Model } from "../train/index.js";
import { initialValues } from "../train/session.js";
import type { Convention } from "./explanation.js";

export interface ExplainOptions {
  /** The batch, one row an example. Of a model: raw features, which the model prepares itself. Drawn when left out. */
  readonly x?: Nested;
  /** Targets: class numbers (m) or rows (m × k). Drawn when left out. */
  readonly t?: Nested;
  /** Weights by name, as `session.write` takes them or nested; what is left out keeps the model's, or is drawn. */
  readonly weights?: ReadonlyMap<string, ArrayLike<number>> | Readonly<Record<string, Nested>>;
  /** softmaxCrossEntropy; meanSquaredError for one output; the model's own. */
  readonly loss?: Loss;
  /** With one, the update is told as well. */
  readonly optimizer?: Optimizer;
  /** Examples, when x is drawn (2). */
  readonly batch?: number;
  readonly seed?: number;
  readonly convention?: Convention;
  /** As training passes (dropout on, batch statistics), or as prediction does. Of a network: true; of a model: false. */
  readonly training?: boolean;
  /** Significant digits of the numbers filled into formulas (4). */
  readonly digits?: number;
}

/** What is to be told, with every number in place. */
export interface Subject {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: Optimizer | undefined;
  readonly batch: number;
  readonly x: Float64Array;
  readonly t: Float64Array;
  readonly targetShape: Shape;
  readonly weights: ReadonlyMap<string, Float64Array>;
  readonly seed: number;
  readonly convention: Convention;
  readonly training: boolean;
  readonly digits: number;
  readonly model: Model | undefined;
}

/** Options completed: what was not given is drawn, and what was given is checked. */
export function subjectOf(what: Network | Model, options: ExplainOptions): Subject {
  const model = "network" in what ? what : undefined;
  const network = "network" in what ? what.network : what;
  const { optimizer, seed = 1, convention = "row", training = model === undefined, digits = 4 } = options;
  const loss = options.loss ?? model?.loss ?? (network.outputs === 1 ? meanSquaredError() : softmaxCrossEntropy());
  if (loss.options["reduction"] === "none") {
    throw new UsageError('explain: a loss with reduction "none" is no single number; use "mean" or "sum"');
  }
  const random = createRandom(seed).stream("explain");
  const raw = options.x === undefined ? drawBatch(network, options.batch ?? 2, random) : flatten(options.x, "x");
  const [batch, width] = raw.shape;
  if (raw.shape.length !== 2 || width !== network.inputs || batch === 0) {
    throw new ShapeError(
      `explain: x has shape ${formatShape(raw.shape)}, the network takes [examples, ${network.inputs}]; give one row of ${network.inputs} numbers for each example`,
    );
  }
  const x = model === undefined ? raw.data : prepared(model, raw.data);
  const count = batch as number;
  const { data: t, shape: targetShape } =
    options.t === undefined
      ? drawTargets(network, loss, count, random)
      : scaled(checkedTargets(options.t, network, loss, count), model, loss);
  const weights = weightsFor(network, model, options.weights, seed);
  return {
    network,
    loss,
    optimizer,
    batch: count,
    x,
    t,
    targetShape,
    weights,
    seed,
    convention,
    training,
    digits,
    model,
  };
}

function prepared(model: Model, raw: Float64Array): Float64Array {
  return Float64Array.from(applyNormalizer(model.normalizer, Float32Array.from(raw)));
}

/** Numbers to predict, as the model learned them: in the scale of training. */
function scaled({ shape, data }: { shape: Shape; data: Float64Array }, model: Model | undefined, loss: Loss) {
  if (model === undefined || loss.target === "class") return { shape, data };
  return { shape, data: scaleTargets(Float32Array.from(data), model.network.outputs, model.targetScaling) };
}

/** Numbers short enough to follow by hand. */
function short(value: number, decimals: number): number {
  const rounded = Number(value.toFixed(decimals));
  return rounded === 0 ? 10 ** -decimals : rounded;
}

function drawBatch(network: Network, batch: number, random: Random) {
  if (!Number.isInteger(batch) || batch < 1) {
    throw new UsageError(`explain: batch is a whole number from 1, got ${batch}`);
  }
  const shape = [batch, network.inputs];
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => short(random.normal(), 1)) };
}

function drawTargets(network: Network, loss: Loss, batch: number, random: Random) {
  if (loss.target === "class") {
    const classes = loss.outputs === "logit" ? 2 : network.outputs;
    const shape = loss.outputs === "logit" && network.outputs > 1 ? [batch, network.outputs] : [batch];
    return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => random.integer(classes)) };
  }
  const shape = [batch, network.outputs];
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => short(random.normal(), 1)) };
}

function checkedTargets(t: Nested, network: Network, loss: Loss, batch: number) {
  const { shape, data } = flatten(t, "t");
  const isRows = shape.length === 2 && shape[0] === batch && shape[1] === network.outputs;
  const isList = shape.length === 1 && shape[0] === batch && (loss.target === "class" || network.outputs === 1);
  if (!isRows && !isList) {
    const list = loss.target === "class" || network.outputs === 1 ? `[${batch}] or ` : "";
    throw new ShapeError(
      `explain: t has shape ${formatShape(shape)}, but ${loss.name} on ${batch} ${batch === 1 ? "example" : "examples"} takes ${list}[${batch}, ${network.outputs}]`,
    );
  }
  const classes = loss.outputs === "logit" ? 2 : network.outputs;
  const wrong = isList && loss.target === "class" ? data.find((label) => !(label >= 0 && label < classes)) : undefined;
  if (
    wrong !== undefined ||
    (isList && loss.target === "class" && loss.outputs !== "logit" && !data.every(Number.isInteger))
  ) {
    throw new UsageError(
      `explain: t names classes by whole numbers from 0 to ${classes - 1}, got ${wrong ?? [...data].join(", ")}`,
    );
  }
  return { shape, data };
}

function weightsFor(
  network: Network,
  model: Model | undefined,
  given: ExplainOptions["weights"],
  seed: number,
): Map<string, Float64Array> {
  const weights = new Map<string, Float64Array>();
  const drawn = model === undefined ? drawWeights(network, seed) : model.weights;
  for (const [name, values] of drawn) weights.set(name, Float64Array.from(values));
  const entries: Iterable<readonly [string, Nested | ArrayLike<number>]> =
    given === undefined ? [] : isMap(given) ? given : Object.entries(given);
  for (const [name, values] of entries) {
    const tensor = network.tensors.find((own) => own.name === name)?.tensor;
    if (tensor === undefined) {
      const names = network.tensors.map((own) => own.name).join(", ");
      throw new UsageError(`explain: there is no parameter ${JSON.stringify(name)}; this network has ${names}`);
    }
    const numbers = isNumbers(values) ? Float64Array.from(values) : flatten(values, name).data;
    if (numbers.length !== sizeOf(tensor.shape)) {
      throw new ShapeError(
        `explain: ${name} has shape ${formatShape(tensor.shape)} and needs ${sizeOf(tensor.shape)} numbers, got ${numbers.length}`,
      );
    }
    weights.set(name, numbers);
  }
  return weights;
}

function isMap(given: NonNullable<ExplainOptions["weights"]>): given is ReadonlyMap<string, ArrayLike<number>> {
  return given instanceof Map;
}

function isNumbers(values: Nested | ArrayLike<number>): values is ArrayLike<number> {
  return (
    typeof values !== "number" && (ArrayBuffer.isView(values) || Array.from(values).every((v) => typeof v === "number"))
  );
}

/** What the initializers give, rounded to two decimals, and biases that are not all 0, so that there is something to see. */
function drawWeights(network: Network, seed: number): Map<string, Float64Array> {
  const random = createRandom(seed).stream("explain biases");
  return new Map(
    [...initialValues(network, seed)].map(([name, values]) => [
      name,
      /^b\[/.test(name)
        ? values.map(() => short(0.3 * random.normal(), 1))
        : values.map((value) => (Number.isInteger(value) ? value : short(value, 2))),
    ]),
  );
}
