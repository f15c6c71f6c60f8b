import { type Plan, planGraph } from "../../plan/index.js";
import { UsageError } from "../../tensor/index.js";
import type { ModelFile } from "../model-file.js";
import { inferenceGraph } from "./inference-graph.js";
import { lowerPlan } from "./lower-plan.js";
import { encodeOnnx, type OnnxModel } from "./proto.js";

export interface ToOnnxOptions {
  /** Examples in a batch, fixed; left open (any number) unless given. */
  readonly batch?: number;
}

/** Two batch sizes that no network has as a number of features: what differs between them depends on the batch. */
const [oneSize, otherSize] = [15_485_863, 15_485_867];

/**
 * An .onnx file: the same model gives the same bytes, weights included, with no paths and no external data.
 * - From a model (or a run, which has one): prediction from raw features. Input `X` (batch × features); outputs
 *   `probabilities` and `logits` of a classifier, `prediction` in the data's own unit otherwise. Names of classes, features
 *   and targets are in the file's metadata as JSON lists.
 * - From a plan, such as `plan(network)` of a whole training step: what the plan reads are inputs (batch, weights, optimizer
 *   state, learning rate), what it computes are outputs; new weights and states are called `new_…`.
 * @throws UsageError when the batch size cannot be left open.
 */
export function toOnnx(
  source: ModelFile | { readonly model: ModelFile } | Plan,
  options: ToOnnxOptions = {},
): Uint8Array<ArrayBuffer> {
  if ("steps" in source && "buffers" in source) return encodeOnnx(lowerPlan(source, { name: "step" }).model);
  const model = "model" in source ? source.model : source;
  if (options.batch !== undefined) return encodeOnnx(inferenceModel(model, checked(options.batch)));
  const open = encodeOnnx(withOpenBatch(inferenceModel(model, oneSize), oneSize));
  if (!sameBytes(open, encodeOnnx(withOpenBatch(inferenceModel(model, otherSize), otherSize)))) {
    throw new UsageError(
      "toOnnx: this network computes with the number of examples, so it cannot be left open; give one: { batch: 32 }",
    );
  }
  return open;
}

function inferenceModel(model: ModelFile, batch: number): OnnxModel {
  const { network, weights, classes, featureNames, targetNames } = model;
  for (const { name } of network.tensors) {
    if (!weights.has(name)) throw new UsageError(`toOnnx: the model has no numbers for ${name}`);
  }
  const lists = { classes, featureNames, targetNames };
  const metadata = Object.entries(lists).flatMap(([key, list]) =>
    list === undefined ? [] : [[key, JSON.stringify(list)]],
  );
  return lowerPlan(planGraph(inferenceGraph(model, batch)), {
    name: "prediction",
    values: weights,
    metadata: Object.fromEntries(metadata) as Record<string, string>,
  }).model;
}

function withOpenBatch(model: OnnxModel, size: number): OnnxModel {
  const open = (values: OnnxModel["inputs"]) =>
    values.map((value) => ({ ...value, shape: value.shape.map((one) => (one === size ? "batch" : one)) }));
  return { ...model, inputs: open(model.inputs), outputs: open(model.outputs) };
}

function checked(batch: number): number {
  if (Number.isSafeInteger(batch) && batch >= 1) return batch;
  throw new UsageError(`toOnnx: batch is a whole number from 1, got ${batch}`);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
