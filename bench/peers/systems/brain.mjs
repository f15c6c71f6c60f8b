/**
 * brain.js in its CPU mode, timed for the record only: it learns from one example at a time against a squared error, so a
 * "step" here is one pass over the batch's examples and its loss is another quantity.
 */
import brain from "brain.js";

/** @param {import("../../cases.mjs").CaseData} data */
export async function open(data) {
  const { sizes, batch, rate } = data.case;
  const classes = /** @type {number} */ (sizes.at(-1));
  const net = new brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation: "relu", learningRate: rate });
  net.sizes = [...sizes];
  net.initialize();
  data.layers.forEach(({ out, in: width, W, b }, i) => {
    for (let j = 0; j < out; j++) {
      net.weights[i + 1][j] = W.slice(j * width, (j + 1) * width);
      net.biases[i + 1][j] = b[j];
    }
  });
  const batches = data.batches.map(({ x, oneHot }) =>
    Array.from({ length: batch }, (_, row) => ({
      input: x.slice(row * sizes[0], (row + 1) * sizes[0]),
      output: oneHot.slice(row * classes, (row + 1) * classes),
    })),
  );
  let loss = Number.NaN;
  return {
    version: "1.6.1",
    note: "one example at a time, squared error: another quantity, never counted",
    /** @param {number} index */
    step(index) {
      loss = 0;
      for (const { input, output } of batches[index]) loss += net.trainPattern({ input, output }, true) ?? 0;
      loss /= batch;
    },
    loss: () => loss,
  };
}
