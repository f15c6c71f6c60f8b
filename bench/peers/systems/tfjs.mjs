/** TensorFlow.js as its guide has it: variables, `optimizer.minimize` of a softmax cross-entropy; the backend is given. */
import * as tf from "@tensorflow/tfjs";

/** @param {import("../../cases.mjs").CaseData} data */
export function openOn(data) {
  const layers = data.layers.map(({ out, in: width, W, b }) => ({
    // (in, out), the library's own layout
    W: tf.variable(tf.tidy(() => tf.transpose(tf.tensor2d(W, [out, width])))),
    b: tf.variable(tf.tensor1d(b)),
  }));
  const variables = layers.flatMap(({ W, b }) => [W, b]);
  const classes = /** @type {number} */ (data.case.sizes.at(-1));
  const batches = data.batches.map(({ x, oneHot }) => ({
    x: tf.tensor2d(x, [data.case.batch, x.length / data.case.batch]),
    t: tf.tensor2d(oneHot, [data.case.batch, classes]),
  }));
  const optimizer = tf.train.sgd(data.case.rate);
  /** @type {tf.Scalar | undefined} */
  let loss;
  return {
    version: tf.version_core,
    /** @param {number} index */
    step(index) {
      const { x, t } = /** @type {typeof batches[number]} */ (batches[index]);
      loss?.dispose();
      loss =
        optimizer.minimize(
          () => {
            /** @type {tf.Tensor} */
            let a = x;
            layers.forEach(({ W, b }, i) => {
              const z = tf.add(tf.matMul(a, W), b);
              a = i === layers.length - 1 ? z : tf.relu(z);
            });
            return tf.losses.softmaxCrossEntropy(t, a);
          },
          true,
          variables,
        ) ?? undefined;
    },
    loss: () => /** @type {tf.Scalar} */ (loss).dataSync()[0],
  };
}
