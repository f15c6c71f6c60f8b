/**
 * The five cases every system is timed on, as data: networks with ReLU between dense layers, softmax cross-entropy, SGD.
 * Initial weights and batches come from one seeded generator that uses only exact arithmetic, so that every system, in
 * every runtime, starts from the same float32 numbers. Runs in Node and in a page.
 */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {readonly number[]} sizes features, hidden units, classes
 * @property {number} batch examples a step
 * @property {number} rate learning rate
 *
 * @typedef {object} CaseData
 * @property {Case} case
 * @property {{ out: number, in: number, W: Float32Array, b: Float32Array }[]} layers W is (out, in), row-major
 * @property {{ x: Float32Array, labels: Int32Array, oneHot: Float32Array }[]} batches visited in turn
 */

/** @type {readonly Case[]} */
export const cases = [
  { name: "S", sizes: [2, 8, 8, 2], batch: 32, rate: 0.1 },
  { name: "D", sizes: [64, 64, 10], batch: 32, rate: 0.05 },
  { name: "M", sizes: [784, 128, 10], batch: 64, rate: 0.02 },
  { name: "L", sizes: [784, 512, 512, 10], batch: 128, rate: 0.02 },
  { name: "XL", sizes: [1024, 2048, 2048, 1000], batch: 256, rate: 0.02 },
];

/** Steps after which every system's loss must agree with the float64 reference's, and by how much. */
export const agreement = { steps: 20, tolerance: 1e-3 };

/** Batches a case has: the check visits them in turn, the clock runs on the first, already in memory. */
const batchCount = 4;

/** @param {string} name */
export function caseNamed(name) {
  const found = cases.find((one) => one.name === name);
  if (found === undefined)
    throw new Error(`there is no case ${name}; choose ${cases.map((one) => one.name).join(", ")}`);
  return found;
}

/** Multiplications and additions of a step's matrix products: the first layer's inputs need no gradient. @param {Case} one */
export function flopsOf({ sizes, batch }) {
  const products = sizes.slice(1).map((out, i) => 2 * batch * out * /** @type {number} */ (sizes[i]));
  return products.reduce((total, product, i) => total + product * (i === 0 ? 2 : 3), 0);
}

/** @param {Case} one */
export function parametersOf({ sizes }) {
  return sizes.slice(1).reduce((total, out, i) => total + out * /** @type {number} */ (sizes[i] + 1), 0);
}

/**
 * Mulberry32: 32-bit integers only, so the same numbers everywhere.
 * @param {number} seed
 * @returns {() => number} uniform in [0, 1)
 */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Mean 0, deviation 1, nearly normal: four uniform numbers added, exact in float64. @param {() => number} uniform */
const nearlyNormal = (uniform) => (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508075688772;

/** @param {Case} one @returns {CaseData} */
export function dataOf(one) {
  const { sizes, batch } = one;
  const [inputs, classes] = /** @type {[number, number]} */ ([sizes[0], sizes.at(-1)]);
  const weights = generator(1);
  const layers = sizes.slice(1).map((out, i) => {
    const width = /** @type {number} */ (sizes[i]);
    const deviation = Math.sqrt(2 / width);
    const W = Float32Array.from({ length: out * width }, () => deviation * nearlyNormal(weights));
    return { out, in: width, W, b: new Float32Array(out) };
  });
  const examples = generator(2);
  const batches = Array.from({ length: batchCount }, () => {
    const x = Float32Array.from({ length: batch * inputs }, () => nearlyNormal(examples));
    const labels = Int32Array.from({ length: batch }, () => Math.floor(examples() * classes));
    const oneHot = new Float32Array(batch * classes);
    labels.forEach((label, row) => {
      oneHot[row * classes + label] = 1;
    });
    return { x, labels, oneHot };
  });
  return { case: one, layers, batches };
}
