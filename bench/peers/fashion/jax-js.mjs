/** Fashion-MNIST with jax-js: one jit function for the step, batches gathered in JavaScript, the test part judged after each epoch. */
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { gunzipSync } from "node:zlib";
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { generator } from "../../cases.mjs";

/** @typedef {import("@jax-js/jax").Array} Matrix @typedef {{ W: Matrix, b: Matrix }[]} Weights */

const { folder, epochs, rate, batch, target } = JSON.parse(/** @type {string} */ (argv[2]));
const since = (/** @type {number} */ from) => (performance.now() - from) / 1000;
const start = performance.now();
await init("wasm");
defaultDevice("wasm");

/** @param {string} name @param {number} axes */
const body = (name, axes) => gunzipSync(readFileSync(`${folder}/${name}.gz`)).subarray(4 + 4 * axes);
/** @param {Uint8Array} pixels */
function scaled(pixels) {
  const x = new Float32Array(pixels);
  for (let i = 0; i < x.length; i++) x[i] = Number(x[i]) / 255;
  return x;
}
/** @param {"train" | "t10k"} part */
const load = (part) => ({
  x: scaled(body(`${part}-images-idx3-ubyte`, 3)),
  labels: Int32Array.from(body(`${part}-labels-idx1-ubyte`, 1)),
});
const [training, test] = [load("train"), load("t10k")];
const read = since(start);

const uniform = generator(1);
const normal = () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
/** @returns {Weights} */
const initial = () =>
  [
    [784, 128],
    [128, 10],
  ].map(([from = 0, to = 0]) => ({
    W: np.array(Float32Array.from({ length: from * to }, () => Math.sqrt(2 / from) * normal())).reshape([to, from]),
    b: np.array(new Float32Array(to)),
  }));

/** @param {Weights} layers @param {Matrix} x */
const forward = ([first, second], x) =>
  np.matmul(nn.relu(np.matmul(x, first.W.transpose()).add(first.b)), second.W.transpose()).add(second.b);
const makeStep = (/** @type {number} */ size) =>
  jit((/** @type {Weights} */ layers, /** @type {Matrix} */ x, /** @type {Matrix} */ t) => {
    const [loss, gradients] = valueAndGrad(
      (/** @type {Weights} */ w, /** @type {Matrix} */ xs, /** @type {Matrix} */ ts) =>
        nn
          .logSoftmax(forward(w, xs), -1)
          .mul(ts)
          .sum()
          .mul(-1 / size),
    )(
      layers.map(({ W, b }) => ({ W: W.ref, b: b.ref })),
      x,
      t,
    );
    const next = layers.map(({ W, b }, i) => ({
      W: W.sub(gradients[i].W.mul(rate)),
      b: b.sub(gradients[i].b.mul(rate)),
    }));
    return { loss, next };
  });
/** @type {Map<number, ReturnType<typeof makeStep>>} */
const steps = new Map();

/** @param {Weights} weights @param {Int32Array} order */
async function epoch(weights, order) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [Number(order[j]), Number(order[i])];
  }
  let now = weights;
  for (let at = 0; at < order.length; at += batch) {
    const size = Math.min(batch, order.length - at);
    const x = new Float32Array(size * 784);
    const t = new Float32Array(size * 10);
    for (let row = 0; row < size; row++) {
      const example = Number(order[at + row]);
      x.set(training.x.subarray(example * 784, (example + 1) * 784), row * 784);
      t[row * 10 + Number(training.labels[example])] = 1;
    }
    if (!steps.has(size)) steps.set(size, makeStep(size));
    const { loss, next } = steps.get(size)(now, np.array(x).reshape([size, 784]), np.array(t).reshape([size, 10]));
    await blockUntilReady(next);
    loss.dispose();
    now = next;
  }
  return now;
}

const judge = jit((/** @type {Weights} */ layers, /** @type {Matrix} */ x) => np.argmax(forward(layers, x), 1));
/** @param {Weights} weights */
function accuracyOf(weights) {
  const count = test.labels.length;
  let right = 0;
  for (let at = 0; at < count; at += 1000) {
    const x = np.array(test.x.slice(at * 784, (at + 1000) * 784)).reshape([1000, 784]);
    const guesses = judge(
      weights.map(({ W, b }) => ({ W: W.ref, b: b.ref })),
      x,
    ).dataSync();
    for (let row = 0; row < 1000; row++) if (guesses[row] === test.labels[at + row]) right++;
  }
  return right / count;
}

const order = Int32Array.from(training.labels, (_, i) => i);
const seconds = [];
let weights = initial();
for (let i = 0; i < 4; i++) {
  const begun = performance.now();
  weights = await epoch(weights, order);
  seconds.push(since(begun));
}
const firstEpoch = seconds.shift();

const again = performance.now();
const accuracies = [];
let reached;
weights = initial();
for (let i = 0; i < epochs && reached === undefined; i++) {
  weights = await epoch(weights, order);
  accuracies.push(accuracyOf(weights));
  if (Number(accuracies.at(-1)) >= target) reached = since(again);
}
stdout.write(
  `${JSON.stringify({ read, firstEpoch, seconds, toTarget: reached === undefined ? undefined : read + reached, accuracies })}\n`,
);
process.exit(0);
