/**
 * 100,000 steps of case D, each on a batch of its own: heap and arena must be as large afterwards as before.
 * Run with --expose-gc and room for new objects (--min-semi-space-size), so that garbage can be counted; prints one JSON object.
 */
import { memoryUsage, stdout } from "node:process";
import { caseNamed } from "./cases.mjs";
import { library } from "./library.mjs";

const one = caseNamed("D");
const steps = 100_000;
const { session, data, buffers } = await (await library()).bench.openCase(one, { engine: "wasm", threads: 1 });

/** @param {number} count */
async function run(count) {
  for (let i = 0; i < count; i++) {
    const batch = /** @type {typeof data.batches[number]} */ (data.batches[i % data.batches.length]);
    buffers.x.set(batch.x);
    buffers.t.set(batch.labels);
    const stepping = session.step(one.batch, 1e-4);
    if (stepping !== undefined) await stepping;
  }
}

/** Live bytes on the heap, and the size of array buffers and Wasm memory. */
function live() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers, rss } = memoryUsage();
  return { heapUsed, external, arrayBuffers, rss };
}

await run(5000);
const readings = [live()];
for (let i = 0; i < 10; i++) {
  await run(steps / 10);
  readings.push(live());
}
// Garbage made by a step: the heap's growth over steps between which nothing was collected.
const calm = 20_000;
globalThis.gc?.();
const before = memoryUsage().heapUsed;
await run(calm);
const garbage = (memoryUsage().heapUsed - before) / calm;
const growth = readings.map(({ heapUsed }) => heapUsed - Number(readings[0]?.heapUsed));
stdout.write(`${JSON.stringify({ steps, growth, readings, garbagePerStep: garbage })}\n`);
session[Symbol.dispose]?.();
