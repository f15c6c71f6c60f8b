/** Our own figures through the public API alone; what runs is given, so this works on any bundle, in Node and in a page. */

/** @typedef {typeof import("../src/index.js")} Library */
/** @typedef {{ cases?: readonly string[], engines?: readonly string[], threads?: readonly number[], fastMath?: readonly boolean[], milliseconds?: number }} Wanted */
/** @typedef {Omit<import("../src/measure/steps.js").StepTime, "engine"> & { engine: string }} Measured */
/** @typedef {Partial<Measured> & { case: string, engine: string, threads: number, fastMath: boolean, flops: number, parameters: number, failed?: string }} Row */

/**
 * Time of a training step, case by case, as `retrograd bench` measures it.
 * @param {Library} library @param {Wanted} wanted
 * @returns {AsyncGenerator<Row>}
 */
export async function* measureSteps({ bench }, wanted) {
  const { engines = ["wasm"], threads = [1], fastMath = [false], milliseconds = 2000 } = wanted;
  for (const one of (wanted.cases ?? bench.cases.map(({ name }) => name)).map(bench.caseNamed)) {
    for (const engine of engines) {
      for (const fast of engine === "wasm" ? fastMath : [false]) {
        for (const count of engine === "reference" ? [1] : threads) {
          const how = { engine: /** @type {"wasm"} */ (engine), threads: count, fastMath: fast };
          try {
            yield await bench.timeSteps(one, how, milliseconds);
          } catch (error) {
            const [flops, parameters] = [bench.flopsOf(one), bench.parametersOf(one)];
            const failed = error instanceof Error ? error.message : String(error);
            yield { case: one.name, ...how, flops, parameters, failed };
          }
        }
      }
    }
  }
}

/**
 * Prediction of one example, 64-64-10, in microseconds a call: on an open session, and through `predict`, which opens one.
 * @param {Library} library @param {string} [engine]
 */
export async function measurePrediction(library, engine = "wasm") {
  const { bench } = library;
  const one = bench.caseNamed("D");
  const how = { engine: /** @type {"wasm"} */ (engine), threads: 1, predictBatch: 1 };
  const { session, data } = await bench.openCase(one, how);
  const row = data.batches[0]?.x.slice(0, one.sizes[0]) ?? new Float32Array();
  const fill = (/** @type {Float32Array | Float64Array} */ x) => x.set(row);
  const perCall = await timeCalls(bench.median, () => session.predict(fill), 2000, 200);
  session[Symbol.dispose]?.();
  const { dense, digits, relu, sequential, sgd, softmaxCrossEntropy, train } = library;
  const network = sequential(dense(64, 64), relu, dense(64, 10));
  const run = await train(network, digits().training, { loss: softmaxCrossEntropy(), optimizer: sgd(0.05), epochs: 1 });
  const rows = [[...row]];
  const once = await timeCalls(bench.median, () => run.predict(rows), 20, 20);
  return { onSession: perCall, throughPredict: once };
}

/** Median over rounds of the time a call takes, in microseconds. @param {Library["bench"]["median"]} median @param {() => Promise<unknown>} call @param {number} calls @param {number} rounds */
async function timeCalls(median, call, calls, rounds) {
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
