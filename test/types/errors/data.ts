// Data that does not fit a network. Lines marked ✗ must not compile; the others must.
import {
  adagrad,
  binaryCrossEntropy,
  createDataset,
  dense,
  digits,
  relu,
  sequential,
  softmaxCrossEntropy,
  synthetic,
  train,
} from "../../../src/index.js";

const options = { loss: softmaxCrossEntropy(), optimizer: adagrad(0.05) };
const network = sequential(dense(64, 64), relu, dense(64, 10));
const { training, test } = digits();

export const right = train(network, training, options);
export const wrongFeatures = train(network, synthetic.spiral().training, options); // ✗
export const wrongClasses = train(sequential(dense(64, 5)), training, options); // ✗
export const oneFeature = train(sequential(dense(1, 2)), synthetic.moons().training, options); // ✗
export const oneOutput = train(sequential(dense(2, 1)), synthetic.moons().training, {
  ...options,
  loss: binaryCrossEntropy(),
});

declare const rows: number[][];
declare const labels: number[];
const read = createDataset({
  name: "read",
  inputs: rows.length,
  features: rows,
  target: { kind: "class", labels, classes: ["a", "b"] },
});
export const rightAtRunTime = train(network, read, options);

export const judged = right.then((run) => run.evaluateOn(test));
export const judgedWithOneOutput = oneOutput.then((run) => run.evaluateOn(synthetic.moons().test));
export const judgedWrong = right.then((run) => run.evaluateOn(synthetic.moons().test)); // ✗
