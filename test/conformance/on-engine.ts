import { createRequire } from "node:module";
import { type Device, type Engine, engines } from "../../src/engines/index.js";
import { type Graph, type Plan, type PlanOptions, planGraph } from "../../src/plan/index.js";
import type { Tensor } from "../../src/tensor/index.js";
import { inTurns } from "./in-turns.js";

/** Packages that engines need and that are the user's own to install. */
const packages: Readonly<Record<string, string>> = { onnx: "onnxruntime-node" };

/** Why an engine cannot be tested here; undefined where it can. */
function missing(name: string): string | undefined {
  const needed = packages[name];
  if (needed === undefined) return undefined;
  try {
    createRequire(import.meta.url).resolve(needed);
    return undefined;
  } catch {
    return `needs ${needed}, an optional package that is not installed`;
  }
}

/**
 * How the wasm engine is to be opened, as JSON (`{ "threads": 2 }`), when the suites are run once more for another build or number
 * of threads; then it is the only engine tested. In a page (test/browser) it always is.
 */
const variant = process.env["RETROGRAD_WASM"];

function listed(): [string, Engine][] {
  if (variant === undefined) return Object.entries<Engine>(engines);
  const options = JSON.parse(variant) as object;
  const { wasm } = engines;
  return [["wasm", { ...wasm, open: (plans, more) => wasm.open(plans, { ...options, ...more }) }]];
}

const all = listed().map(([name, engine]) => ({ name, engine, reason: missing(name) }));

/** The engines to test, by name; the wasm engine also with every step divided among threads. */
export const engineList: readonly (readonly [string, Engine])[] = [
  ...all.filter(({ reason }) => reason === undefined).map(({ name, engine }) => [name, engine] as const),
  ...(variant === undefined || variant === "{}" ? [["wasm, 2 threads", inTurns(2)] as const] : []),
  ...(variant === undefined ? [["wasm, 3 threads", inTurns(3)] as const] : []),
];

/** The engines that cannot be tested here, with the reason. */
export const missingEngines: readonly (readonly [string, string])[] = all.flatMap(({ name, reason }) =>
  reason === undefined ? [] : [[name, reason] as const],
);

/** A graph planned and opened on an engine, with its constants and initial values in place. */
export class Running implements Disposable {
  private constructor(
    readonly plan: Plan,
    readonly device: Device,
  ) {}

  static async open(engine: Engine, graph: Graph, options: PlanOptions = {}): Promise<Running> {
    const plan = planGraph(graph, options);
    const running = new Running(plan, await engine.open([plan]));
    for (const [name, values] of plan.initial) running.set(name, values);
    return running;
  }

  /** Numbers into a leaf's place in the arena; a leaf that the plan does not need has none. */
  set(name: string, values: ArrayLike<number>): void {
    const buffer = this.plan.buffers.find((one) => one.name === name && one.role !== "value" && one.role !== "output");
    if (buffer === undefined) return;
    if (buffer.length !== values.length)
      throw new Error(`${name} holds ${buffer.length} numbers, not ${values.length}`);
    this.device.arena.set(values, buffer.offset);
  }

  async run(feeds: ReadonlyMap<Tensor, ArrayLike<number>>): Promise<void> {
    for (const [leaf, values] of feeds) this.set(leaf.name ?? "", values);
    this.device.push?.();
    await this.device.run(0);
    this.device.pull?.();
  }

  read(name: string): Float64Array {
    const view = this.plan.readable.get(name);
    if (view === undefined)
      throw new Error(`${name} cannot be read; there are ${[...this.plan.readable.keys()].join(", ")}`);
    return Float64Array.from(this.device.arena.subarray(view.buffer.offset, view.buffer.offset + view.buffer.length));
  }

  [Symbol.dispose](): void {
    this.device.close();
  }
}

/** Values of named outputs of a graph, planned and run once on an engine. */
export async function runOn(
  engine: Engine,
  outputs: readonly Tensor[],
  feeds: ReadonlyMap<Tensor, ArrayLike<number>>,
): Promise<Float64Array[]> {
  using running = await Running.open(engine, { outputs });
  await running.run(feeds);
  return outputs.map((output) => running.read(output.name as string));
}
