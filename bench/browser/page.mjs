/** The page's side: opens one system on one case and times it when asked. `globalThis.bench` is what run.mjs talks to. */

import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { agreement, caseNamed, dataOf } from "../cases.mjs";
import { open as openJax } from "../peers/systems/jax-js.mjs";
import { openOn } from "../peers/systems/tfjs.mjs";

/** @param {string} caseName @param {number} threads @param {boolean} fastMath */
async function openRetrograd(caseName, threads, fastMath) {
  const library = await import(/** @type {string} */ ("/dist/index.js"));
  const one = caseNamed(caseName);
  const { session, data, buffers } = await library.bench.openCase(one, { engine: "wasm", threads, fastMath });
  let loaded = 0;
  return {
    /** @param {number} index */
    step(index) {
      if (index !== loaded) {
        buffers.x.set(data.batches[index]?.x ?? []);
        buffers.t.set(data.batches[index]?.labels ?? []);
        loaded = index;
      }
      return session.step(one.batch, one.rate);
    },
    loss: () => buffers.loss[0],
  };
}

/** @param {string} name @param {string} caseName @param {number} threads @param {boolean} fastMath */
async function openSystem(name, caseName, threads, fastMath) {
  if (name === "retrograd") return openRetrograd(caseName, threads, fastMath);
  const data = dataOf(caseNamed(caseName));
  if (name === "jax-js") return openJax(data);
  setWasmPaths("/tfjs/");
  await tf.setBackend("wasm");
  return openOn(data);
}

/** @type {{ step(index: number): void | Promise<unknown>, loss(): number | undefined } | undefined} */
let system;

/** @param {number} count @param {(i: number) => number} batchOf */
async function steps(count, batchOf) {
  for (let i = 0; i < count; i++) {
    const stepping = system?.step(batchOf(i));
    if (stepping !== undefined) await stepping;
  }
}

globalThis.bench = {
  isolated: () => globalThis.crossOriginIsolated === true,
  /** @param {string} name @param {string} caseName @param {number} threads @param {boolean} fastMath */
  async check(name, caseName, threads, fastMath) {
    system = await openSystem(name, caseName, threads, fastMath);
    const start = performance.now();
    await steps(agreement.steps, (i) => i % 4);
    return { loss: system.loss(), microseconds: ((performance.now() - start) * 1000) / agreement.steps };
  },
  /** Microseconds a step, one figure for each chunk of steps: a page's clock is coarse. @param {number} chunks @param {number} chunk */
  async time(chunks, chunk) {
    await steps(Math.max(1, Math.min(1000, chunks * chunk) >> 2), () => 0);
    const times = [];
    for (let i = 0; i < chunks; i++) {
      const start = performance.now();
      await steps(chunk, () => 0);
      times.push(((performance.now() - start) * 1000) / chunk);
    }
    return times;
  },
};
