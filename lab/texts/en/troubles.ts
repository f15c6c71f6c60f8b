export const en = {
  title: "What goes wrong",
  lead: "Vanishing and exploding gradients, dead units, zigzag paths: each one seen, measured and cured.",
};

export type TroublesTexts = typeof en;
