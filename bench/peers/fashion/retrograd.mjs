/** Fashion-MNIST as a user of retrograd trains on it: `idx`, `train`, the test part judged after each epoch. */
import { argv, stdout } from "node:process";
import { library } from "../../library.mjs";

const { folder, epochs, rate, batch, target, engine, threads, fastMath } = JSON.parse(/** @type {string} */ (argv[2]));
const start = performance.now();
const since = (/** @type {number} */ from) => (performance.now() - from) / 1000;
const { dense, idx, relu, sequential, sgd, softmaxCrossEntropy, train } = await library();
const { training, test } = await idx(folder);
const read = since(start);

const begun = performance.now();
const network = sequential(dense(784, 128), relu, dense(128, 10));
const options = {
  loss: softmaxCrossEntropy(),
  optimizer: sgd(rate),
  batch,
  seed: 1,
  engine,
  threads,
  ...(fastMath === true && { fastMath }),
};
// Pure training first, so that the time of an epoch holds no judging of test data.
await train(network, training, { ...options, epochs: 1 });
const firstEpoch = since(begun);
/** @type {number[]} */
const ends = [];
await train(network, training, { ...options, epochs: 3, onEpoch: ({ seconds }) => ends.push(seconds) });
const seconds = ends.map((end, i) => end - Number(ends[i - 1] ?? 0));

const again = performance.now();
/** @type {number[]} */
const accuracies = [];
/** @type {number | undefined} */
let reached;
const stop = new AbortController();
await train(network, training, {
  ...options,
  epochs,
  validation: test,
  signal: stop.signal,
  onEpoch: ({ validation }) => {
    // The signal is seen a step later, and the epoch it breaks off is reported too.
    if (reached !== undefined) return;
    accuracies.push(validation?.accuracy ?? 0);
    if ((validation?.accuracy ?? 0) < target) return;
    reached = since(again);
    stop.abort();
  },
});
const result = { read, firstEpoch, seconds, toTarget: reached === undefined ? undefined : read + reached, accuracies };
stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
