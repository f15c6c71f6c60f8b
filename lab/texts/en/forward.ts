import type { ForwardMatrix, ForwardScene } from "../../model/forward-state.js";

const kinds = { X: "an input", W: "a weight", b: "a bias" };

export const en = {
  title: "Forward",
  lead: "A layer weighs its inputs, adds a bias, and bends the result: $z = w \\cdot x + b$, $a = g(z)$. The rest is bookkeeping, and matrices do it.",
  scene: "Shown",
  scenes: {
    neuron: {
      name: "One neuron",
      text: "A neuron weighs each input, adds the products and its bias: that is $z$. The activation $g$ turns $z$ into the output $a$.",
    },
    layer: {
      name: "One layer",
      text: "Three neurons look at the same two inputs, each with weights of its own. Their weights are the rows of $W$, and one product of matrices computes all three.",
    },
    batch: {
      name: "A batch",
      text: "Four examples at once, one row (or one column) each. The weights are the same for all of them, so the product grows only on the side of the examples.",
    },
    chain: {
      name: "A chain",
      text: "The output of a layer is the input of the next. That is all there is to a deep network: $Z, A, Z, A$, until the prediction.",
    },
  } satisfies Record<ForwardScene, { name: string; text: string }>,
  convention: "Examples in",
  conventions: { row: "rows", column: "columns" },
  activation: "Activation g",
  given: (matrix: ForwardMatrix) =>
    `is ${kinds[matrix[0] as keyof typeof kinds]}: it was given, not computed. Lit beside it: the results it goes into.`,
  hint: "Point at a number, or move with the arrow keys. Inputs, weights and biases can be changed.",
  reset: "First numbers again",
  value: "Value",
  shapesTitle: "Which shape, and why",
  shapesLead:
    "Two conventions are in use. They hold the same numbers: in one, every batch stands transposed. The weights never do.",
  shapesNote:
    "Inner sizes must meet, outer sizes remain: $(m \\times n_0)(n_0 \\times n_1)$ gives $(m \\times n_1)$. The lecture notes change from columns to rows midway; from there on they, like this library, keep examples in rows.",
  cacheTitle: "What is kept for the way back",
  cacheLead:
    "The backward pass needs some values of the forward pass again: z, as the lecture notes say (or a, where g′ follows from it), and the input of each layer as well. They are kept, and that is where training spends its memory.",
  cacheValue: "Kept",
  cacheShape: "Shape",
  cacheBytes: "Bytes",
  cacheUse: "Used by",
  cacheTotal: (bytes: number) => `${bytes} bytes in float32 for a batch of 4. Twice the batch, twice the cache.`,
};

export type ForwardTexts = typeof en;
