import {
  activations,
  type Dataset,
  dense,
  dropout,
  initializers,
  type LayerLike,
  type Loss,
  losses,
  type Network,
  network,
  type Optimizer,
  optimizers,
  type Schedule,
  schedules,
  softmax,
  UsageError,
} from "../index.js";
import { exponentialEnd, stepsOfStep, warmUpShare } from "./defaults.js";
import type { TrainSettings } from "./train-settings.js";

/** The loss that was asked for, or the usual one for the data. */
export function buildLoss(settings: TrainSettings, data: Dataset): Loss {
  const { kind } = data.target;
  const usual = kind === "class" ? "softmaxCrossEntropy" : "meanSquaredError";
  const loss = losses[settings.loss ?? usual]();
  if (loss.target !== kind) {
    const words = { class: "classes", value: "numbers" };
    throw new UsageError(
      `--loss ${loss.name} is for ${words[loss.target]}, but ${settings.data} has ${words[kind]}; use ${usual}`,
    );
  }
  if (loss.outputs === "logit" && data.outputs !== 2) {
    throw new UsageError(
      `--loss ${loss.name} is for two classes, but ${settings.data} has ${data.outputs}; use ${usual}`,
    );
  }
  return loss;
}

/** Dense layers with an activation (and dropout) between them; what the loss needs at the end. */
export function buildNetwork(settings: TrainSettings, data: Dataset, loss: Loss): Network {
  const { layers, activation, init, dropout: rate } = settings;
  const options = init === undefined ? {} : { init: initializers[init]() };
  const widths = [data.inputs, ...layers, loss.outputs === "logit" ? 1 : data.outputs];
  const built = widths.slice(1).flatMap((width, i): LayerLike[] => {
    const layer = dense(widths[i] ?? data.inputs, width, options);
    if (i === layers.length) return loss.outputs === "probabilities" ? [layer, softmax] : [layer];
    return rate > 0 ? [layer, activations[activation], dropout(rate)] : [layer, activations[activation]];
  });
  return network(built);
}

export function buildOptimizer({ optimizer, rate, weightDecay }: TrainSettings): Optimizer {
  return optimizers[optimizer](rate, weightDecay === undefined ? {} : { weightDecay });
}

/** Schedules stretched over the epochs of this training. */
export function buildSchedule({ schedule, epochs }: TrainSettings): Schedule | undefined {
  switch (schedule) {
    case "constant":
      return undefined;
    case "cosine":
      return schedules.cosine({ epochs });
    case "step":
      return schedules.step({ every: Math.ceil(epochs / stepsOfStep) });
    case "exponential":
      return schedules.exponential({ gamma: exponentialEnd ** (1 / epochs) });
    case "linear":
      return schedules.linear({ epochs: Math.ceil(epochs * warmUpShare) });
    case "polynomial":
      return schedules.polynomial({ epochs });
  }
}
