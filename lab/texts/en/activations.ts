export const en = {
  title: "Activations",
  lead: "The curves, their derivatives, and where each one fails.",
};

export type ActivationsTexts = typeof en;
