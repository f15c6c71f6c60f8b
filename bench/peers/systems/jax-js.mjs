/** jax-js as its readme has it: one `jit` function for loss, gradients and the new weights; the user counts references. */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

/** @typedef {import("@jax-js/jax").Array} Matrix */

/** @param {import("../../cases.mjs").CaseData} data */
export async function open(data) {
  await init("wasm");
  defaultDevice("wasm");
  const { batch, rate } = data.case;
  const classes = /** @type {number} */ (data.case.sizes.at(-1));
  /** @type {{ W: Matrix, b: Matrix }[]} */
  let weights = data.layers.map(({ out, in: width, W, b }) => ({
    W: np.array(W).reshape([out, width]),
    b: np.array(b),
  }));
  const batches = data.batches.map(({ x, oneHot }) => ({
    x: np.array(x).reshape([batch, x.length / batch]),
    t: np.array(oneHot).reshape([batch, classes]),
  }));
  /** @param {{ W: Matrix, b: Matrix }[]} layers @param {Matrix} x @param {Matrix} t */
  const cost = (layers, x, t) => {
    let a = x;
    layers.forEach(({ W, b }, i) => {
      const z = np.matmul(a, W.transpose()).add(b);
      a = i === layers.length - 1 ? z : nn.relu(z);
    });
    return nn
      .logSoftmax(a, -1)
      .mul(t)
      .sum()
      .mul(-1 / batch);
  };
  /** @param {{ W: Matrix, b: Matrix }[]} layers @param {Matrix} x @param {Matrix} t */
  const oneStep = (layers, x, t) => {
    const [loss, gradients] = valueAndGrad(cost)(
      layers.map(({ W, b }) => ({ W: W.ref, b: b.ref })),
      x,
      t,
    );
    const next = layers.map(({ W, b }, i) => {
      const gradient = /** @type {{ W: Matrix, b: Matrix }} */ (gradients[i]);
      return { W: W.sub(gradient.W.mul(rate)), b: b.sub(gradient.b.mul(rate)) };
    });
    return { loss, next };
  };
  const compiled = jit(oneStep);
  /** @type {Matrix | undefined} */
  let loss;
  return {
    version: "0.1.25",
    /** @param {number} index */
    async step(index) {
      const { x, t } = /** @type {typeof batches[number]} */ (batches[index]);
      loss?.dispose();
      const result = compiled(weights, x.ref, t.ref);
      ({ loss, next: weights } = result);
      await blockUntilReady(result);
    },
    loss: () => /** @type {Matrix} */ (loss).ref.dataSync()[0],
  };
}
