import { wasm } from "../../src/engines/wasm/index.js";
import type { Buffer, Plan, Step, View } from "../../src/plan/steps.js";
import { type Shape, sizeOf } from "../../src/tensor/index.js";

/** Plans made by hand, so that kernels are tested without the planner: views one after another in one arena. */
export class PlanByHand {
  private readonly buffers: Buffer[] = [];
  private readonly values = new Map<View, ArrayLike<number>>();
  private length = 0;

  /** A place in the arena, with a gap before and after it, where a kernel that writes too far is caught. */
  view(shape: Shape, values?: ArrayLike<number>): View {
    const length = sizeOf(shape);
    const offset = Math.ceil((this.length + 1) / 16) * 16;
    const buffer: Buffer = { name: `b${this.buffers.length}`, role: "value", shape, offset, length };
    this.buffers.push(buffer);
    this.length = offset + length;
    const view = { buffer, shape };
    if (values !== undefined) this.values.set(view, values);
    return view;
  }

  plan(steps: readonly Step[]): Plan {
    return {
      steps,
      labels: steps.map(() => ({ phase: "forward", names: [] })),
      buffers: this.buffers,
      readable: new Map(),
      cache: new Set(),
      initial: new Map(),
      length: this.length + 16,
      persistent: 0,
      flops: 0,
    };
  }

  /** Runs the steps `times` times on fresh inputs; fails when a number outside every view has changed. */
  async run(steps: readonly Step[], times = 1): Promise<(view: View) => Float32Array> {
    const device = await wasm.open([this.plan(steps)]);
    const arena = device.arena as Float32Array;
    arena.fill(guard);
    for (let i = 0; i < times; i++) {
      for (const [view, values] of this.values) arena.set(values, view.buffer.offset);
      void device.run(0);
    }
    const outside = new Uint8Array(arena.length).fill(1);
    for (const { offset, length } of this.buffers) outside.fill(0, offset, offset + length);
    outside.forEach((isOutside, i) => {
      if (isOutside === 1 && arena[i] !== guard)
        throw new Error(`a kernel wrote ${arena[i]} to ${i}, outside every view`);
    });
    return ({ buffer }) => arena.slice(buffer.offset, buffer.offset + buffer.length);
  }
}

const guard = -12345.5;
