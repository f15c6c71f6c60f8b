/** Our own figures through the public API alone; what runs is given, so this works on any bundle, in Node and in a page. */
import { cases, dataOf, flopsOf, parametersOf } from "./cases.mjs";
import { median } from "./statistics.mjs";

/** @typedef {typeof import("../src/index.js")} Library */

/** The network, loss and optimizer of a case. @param {Library} library @param {import("./cases.mjs").Case} one */
export function descriptionOf({ dense, relu, sequential, sgd, softmaxCrossEntropy }, { sizes, rate }) {
  const layers = sizes
    .slice(1)
    .flatMap((out, i) => [dense(/** @type {number} */ (sizes[i]), out), ...(i < sizes.length - 2 ? [relu] : [])]);
  return { network: sequential(...layers), loss: softmaxCrossEntropy(), optimizer: sgd(rate), seed: 1 };
}

/**
 * A session on a case, its first batch in memory.
 * @param {Library} library @param {import("./cases.mjs").Case} one @param {{ engine: string, threads: number, predictBatch?: number }} options
 */
export async function openCase(library, one, { engine, threads, predictBatch }) {
  const data = dataOf(one);
  const session = await library.Session.open(descriptionOf(library, one), {
    batchSizes: [one.batch],
    engine: library.selectEngine(/** @type {"wasm"} */ (engine)),
    threads,
    ...(predictBatch !== undefined && { predictBatch }),
  });
  session.write(
    new Map(
      data.layers.flatMap(({ W, b }, i) => [
        [`W[${i + 1}]`, W],
        [`b[${i + 1}]`, b],
      ]),
    ),
  );
  const buffers = session.batch(one.batch);
  buffers.x.set(data.batches[0]?.x ?? []);
  buffers.t.set(data.batches[0]?.labels ?? []);
  return { session, data, buffers };
}

/**
 * Time of a training step, case by case.
 * @param {Library} library
 * @param {{ cases?: readonly string[], engines?: readonly string[], threads?: readonly number[], milliseconds?: number }} options
 */
export async function* measureSteps(library, options) {
  const { engines = ["wasm"], threads = [1], milliseconds = 2000 } = options;
  const names = options.cases ?? cases.map(({ name }) => name);
  for (const one of cases.filter(({ name }) => names.includes(name))) {
    for (const engine of engines) {
      for (const count of engine === "reference" ? [1] : threads) {
        const row = { case: one.name, engine, threads: count, flops: flopsOf(one), parameters: parametersOf(one) };
        try {
          yield { ...row, ...(await measureStep(library, one, engine, count, milliseconds)) };
        } catch (error) {
          yield { ...row, failed: error instanceof Error ? error.message : String(error) };
        }
      }
    }
  }
}

/** @param {Library} library @param {import("./cases.mjs").Case} one @param {string} engine @param {number} threads @param {number} milliseconds */
async function measureStep(library, one, engine, threads, milliseconds) {
  const { session } = await openCase(library, one, { engine, threads });
  try {
    const step = () => session.step(one.batch, one.rate);
    const warmUntil = performance.now() + milliseconds / 10;
    for (let i = 0; i < 3 || (i < 1000 && performance.now() < warmUntil); i++) await step();
    /** @type {number[]} */
    const times = [];
    const until = performance.now() + milliseconds;
    while (times.length < 5 || (times.length < 100_000 && performance.now() < until)) {
      const start = performance.now();
      const stepping = step();
      if (stepping !== undefined) await stepping;
      times.push((performance.now() - start) * 1000);
    }
    const microseconds = median(times);
    return {
      steps: times.length,
      microseconds,
      gigaflops: flopsOf(one) / microseconds / 1000,
      /** Picoseconds a multiply-add: what should stay the same from M to XL. */
      perMultiplyAdd: (2e6 * microseconds) / flopsOf(one),
      arenaBytes: 4 * session.plan(one.batch).length,
    };
  } finally {
    session[Symbol.dispose]?.();
  }
}

/**
 * Prediction of one example, 64-64-10, in microseconds a call: on an open session, and through `predict`, which opens one.
 * @param {Library} library @param {string} [engine]
 */
export async function measurePrediction(library, engine = "wasm") {
  const one = /** @type {import("./cases.mjs").Case} */ (cases.find(({ name }) => name === "D"));
  const { session, data } = await openCase(library, one, { engine, threads: 1, predictBatch: 1 });
  const row = data.batches[0]?.x.slice(0, one.sizes[0]) ?? new Float32Array();
  const fill = (/** @type {Float32Array | Float64Array} */ x) => x.set(row);
  const perCall = await timeCalls(() => session.predict(fill), 2000, 200);
  session[Symbol.dispose]?.();
  const { dense, digits, relu, sequential, sgd, softmaxCrossEntropy, train } = library;
  const network = sequential(dense(64, 64), relu, dense(64, 10));
  const run = await train(network, digits().training, { loss: softmaxCrossEntropy(), optimizer: sgd(0.05), epochs: 1 });
  const rows = [[...row]];
  const once = await timeCalls(() => run.predict(rows), 20, 20);
  return { onSession: perCall, throughPredict: once };
}

/** Median over rounds of the time a call takes, in microseconds. @param {() => Promise<unknown>} call @param {number} calls @param {number} rounds */
async function timeCalls(call, calls, rounds) {
  for (let i = 0; i < calls; i++) await call();
  /** @type {number[]} */
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) await call();
    times.push(((performance.now() - start) * 1000) / calls);
  }
  return median(times);
}
