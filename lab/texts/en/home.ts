export const en = {
  title: "See a network think.\nSee it learn.",
  lead: "A neural network is a long sum of products, and its learning is the chain rule, applied backward. Here you can touch every number of both.",
  start: "Start with one neuron",
  play: "Or go straight to the playground",
  cards: {
    forward: "One neuron, one layer, a batch, a chain. Point at any number to see the product that made it.",
    activations: "The curves, their derivatives, and where each one fails.",
    softmax: "From logits to probabilities to a loss, and why its gradient is simply y − t.",
    backward: "Every gradient, in order, with its shape, formula and numbers. Nudge a weight and check.",
    troubles: "Vanishing and exploding gradients, dead units, zigzag paths: seen, measured, cured.",
    playground: "Build a network, train it on data of your own, draw a digit, take the model away.",
  },
  pictureLabel:
    "Two inputs feed three hidden units and one output. Blue lines are positive weights, orange ones negative; the numbers flow forward in blue, the gradients back in orange.",
};

export type HomeTexts = typeof en;
