export const en = {
  title: "Backward, step by step",
  lead: "The chain rule at work: every gradient with its shape, its formula and its numbers.",
};

export type BackwardTexts = typeof en;
