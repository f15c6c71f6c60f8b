export const en = {
  title: "Forward",
  lead: "One neuron, one layer, a batch, a chain: every number, and the product that made it.",
};

export type ForwardTexts = typeof en;
