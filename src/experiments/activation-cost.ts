import { gradients } from "../autodiff/index.js";
import { wasm } from "../engines/index.js";
import { type ActivationName, activations } from "../nn/index.js";
import { input } from "../ops/leaves.js";
import { type Graph, planGraph } from "../plan/index.js";
import type { Tensor } from "../tensor/index.js";

/** Values in one timed pass: more than a layer has, few enough to stay in the cache. */
const count = 32_768;
/** A timing is the least of so many, each of passes that take about so many milliseconds together. */
const [repetitions, milliseconds] = [7, 2];

/** Nanoseconds a value, one for each repetition. */
export interface ActivationTimes {
  readonly forward: readonly number[];
  readonly backward: readonly number[];
}

/** Activations that act on each number alone. */
export const timedActivations = (Object.keys(activations) as ActivationName[]).filter(
  (name) => name !== "softmax" && name !== "logSoftmax",
);

/**
 * Times an activation in the wasm engine, float32, one thread: forward y = f(x), and backward dx = f′(x) ⊙ dy from x and dy.
 */
export async function timeActivation(name: ActivationName): Promise<ActivationTimes> {
  const x = input([count], "x");
  const dy = input([count], "dy");
  const y = (activations[name] as (x: Tensor) => Tensor)(x);
  const [dx] = gradients(y, [x], dy);
  return {
    forward: await timeGraph({ outputs: [y.named("y")] }),
    backward: await timeGraph({ outputs: [(dx as Tensor).named("dx")] }),
  };
}

async function timeGraph(graph: Graph): Promise<number[]> {
  const plan = planGraph(graph);
  const device = await wasm.open([plan]);
  for (const { role, offset, length } of plan.buffers) {
    if (role !== "input") continue;
    for (let i = 0; i < length; i++) device.arena[offset + i] = ((i % 257) - 128) / 32;
  }
  const times = (await timeRuns(() => void device.run(0))).map((nanoseconds) => nanoseconds / count);
  device.close();
  return times;
}

/**
 * Milliseconds of this process's own computing where the system tells them (other programs on the machine then do not
 * count), and of the clock on the wall in a browser.
 */
function clock(): number {
  if (typeof globalThis.process?.cpuUsage !== "function") return performance.now();
  const { user, system } = globalThis.process.cpuUsage();
  return (user + system) / 1000;
}

/** Nanoseconds a call, one number for each repetition. */
export async function timeRuns(run: () => void): Promise<number[]> {
  run();
  const started = clock();
  let calls = 0;
  do {
    run();
    calls++;
  } while (clock() - started < milliseconds);
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const begin = clock();
    for (let i = 0; i < calls; i++) run();
    times.push(((clock() - begin) / calls) * 1e6);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}
