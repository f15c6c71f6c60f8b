export const en = {
  title: "Softmax and cross-entropy",
  lead: "From logits to probabilities to a loss, and why the gradient is so simple: y − t.",
};

export type SoftmaxTexts = typeof en;
