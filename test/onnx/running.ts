import type { Device, Engine, EngineOptions } from "../../src/engines/index.js";
import { type Graph, type Plan, planGraph } from "../../src/plan/index.js";
import type { Tensor } from "../../src/tensor/index.js";

/** One graph planned and opened on an engine. */
export class Running implements Disposable {
  private constructor(
    readonly plan: Plan,
    readonly device: Device,
  ) {}

  static async open(engine: Engine, graph: Graph, options: EngineOptions = {}): Promise<Running> {
    const plan = planGraph(graph);
    const running = new Running(plan, await engine.open([plan], options));
    for (const [name, values] of plan.initial) running.set(name, values);
    running.device.push?.();
    return running;
  }

  /** Numbers into a leaf's place; a leaf that the plan does not need has none. */
  set(name: string, values: ArrayLike<number>): void {
    const buffer = this.plan.buffers.find((one) => one.name === name && one.role !== "value" && one.role !== "output");
    if (buffer !== undefined) this.device.arena.set(values, buffer.offset);
  }

  async run(feeds: ReadonlyMap<Tensor, ArrayLike<number>>): Promise<void> {
    for (const [leaf, values] of feeds) this.set(leaf.name ?? "", values);
    await this.device.run(0);
  }

  read(name: string): Float64Array {
    const view = this.plan.readable.get(name);
    if (view === undefined)
      throw new Error(`${name} cannot be read; there are ${[...this.plan.readable.keys()].join(", ")}`);
    this.device.pull?.();
    return Float64Array.from(this.device.arena.subarray(view.buffer.offset, view.buffer.offset + view.buffer.length));
  }

  [Symbol.dispose](): void {
    this.device.close();
  }
}
