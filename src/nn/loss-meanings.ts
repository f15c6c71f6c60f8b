import type { Loss, LossName } from "./losses.js";

/** What a network's outputs mean under each loss: all that prediction needs to know of it. */
export const lossMeanings = {
  softmaxCrossEntropy: "logits",
  crossEntropy: "probabilities",
  binaryCrossEntropy: "logit",
  meanSquaredError: "numbers",
  meanAbsoluteError: "numbers",
  huber: "numbers",
} as const satisfies Readonly<Record<LossName, Loss["outputs"]>>;
