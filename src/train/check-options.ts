import { DataError, type Dataset } from "../data/index.js";
import type { Network } from "../nn/index.js";
import { UsageError } from "../tensor/index.js";
import type { TrainOptions } from "./run.js";

/** Everything that can be known to be wrong before training starts. */
export function checkTraining(network: Network, dataset: Dataset, options: TrainOptions): void {
  const { loss, epochs = 30, batch = 32, seed = 1, patience, validation, clip } = options;
  checkWhole(epochs, 1, "epochs");
  checkWhole(batch, 1, "batch");
  checkWhole(seed, 0, "seed");
  if (patience !== undefined) checkWhole(patience, 1, "patience");
  if (clip !== undefined && !(clip > 0)) throw new UsageError(`train: clip must be a number above 0, got ${clip}`);
  if (patience !== undefined && validation === undefined) {
    throw new UsageError("train: patience needs validation data to watch; give validation as well");
  }
  if (dataset.count === 0) throw new DataError(`data "${dataset.name}" has no examples to train on`);
  checkFit(network, dataset, loss);
  if (validation === undefined) return;
  checkFit(network, validation, loss);
  checkSameClasses(dataset, validation);
}

/** A label means the same class in both. */
function checkSameClasses({ target }: Dataset, { name, target: watched }: Dataset): void {
  if (target.kind !== "class" || watched.kind !== "class") return;
  if (watched.classes.some((one, i) => one !== target.classes[i])) {
    throw new DataError(
      `validation data "${name}" has the classes ${watched.classes.join(", ")}, the training data ${target.classes.join(", ")}; give both the same list`,
    );
  }
}

function checkFit(network: Network, { name, inputs, outputs, target }: Dataset, loss: TrainOptions["loss"]): void {
  if (inputs !== network.inputs) {
    throw new DataError(
      `data "${name}" has ${inputs} features an example, but the network takes ${network.inputs}; start the network with dense(${inputs}, …)`,
    );
  }
  const kind = loss.target;
  if (target.kind !== kind) {
    throw new DataError(
      `data "${name}" has ${target.kind === "class" ? "classes" : "numbers"} as targets, but the loss ${loss.name} is for ${kind === "class" ? "classes" : "numbers"}; use ${target.kind === "class" ? "softmaxCrossEntropy()" : "meanSquaredError()"}`,
    );
  }
  const wanted = loss.outputs === "logit" ? 1 : outputs;
  if (loss.outputs === "logit" && outputs > 2) {
    throw new DataError(
      `data "${name}" has ${outputs} classes, but binaryCrossEntropy is for two; use softmaxCrossEntropy()`,
    );
  }
  if (network.outputs !== wanted) {
    const why =
      loss.outputs === "logit"
        ? `the loss ${loss.name} takes one output`
        : `data "${name}" has ${outputs} ${target.kind === "class" ? "classes" : "targets"}`;
    throw new DataError(`${why}, but the network gives ${network.outputs}; end the network with dense(…, ${wanted})`);
  }
}

function checkWhole(value: number, least: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`train: ${what} is a whole number from ${least}, got ${value}`);
  }
}
