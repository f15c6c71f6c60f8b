export const en = {
  title: "Playground",
  lead: "Build a network by hand, watch it learn, and take it away.",
};

export type PlaygroundTexts = typeof en;
