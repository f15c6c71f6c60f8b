import { describe, expect, it } from "vitest";
import { EngineError } from "../../src/engines/contract.js";
import { wasm } from "../../src/engines/wasm/index.js";
import { elementwiseOps, structuralOps } from "../../src/ops/index.js";
import type { Plan, Step } from "../../src/plan/steps.js";
import { PlanByHand } from "./by-hand.js";

/** A layer forward and an update of its weights: every kind of kernel a small training step runs. */
function smallStep(): { plan: PlanByHand; steps: Step[] } {
  const plan = new PlanByHand();
  const [x, w, b, z, y, rate] = [[32, 8], [8, 8], [8], [32, 8], [32, 8], []].map((shape, i) =>
    plan.view(
      shape,
      Float32Array.from({ length: shape.reduce((a, c) => a * c, 1) }, (_, j) => Math.sin(i + j) / 4),
    ),
  ) as [ReturnType<typeof plan.view>, ...ReturnType<typeof plan.view>[]];
  const views = { x, w, b, z, y, rate } as Record<string, ReturnType<typeof plan.view>>;
  const view = (name: string) => views[name] as ReturnType<typeof plan.view>;
  const dw = plan.view([8, 8]);
  const steps: Step[] = [
    {
      kind: "matmul",
      ...{ m: 32, k: 8, n: 8, a: view("x"), b: view("w"), transposeA: false, transposeB: true },
      bias: view("b"),
      activation: { op: elementwiseOps.tanh, attributes: {} },
      output: view("z"),
    },
    { kind: "op", op: structuralOps.softmax, attributes: {}, inputs: [view("z")], output: view("y") },
    {
      kind: "matmul",
      ...{ m: 8, k: 32, n: 8, a: view("y"), b: view("x"), transposeA: true, transposeB: false },
      bias: undefined,
      activation: undefined,
      output: dw,
    },
    {
      kind: "elementwise",
      length: 64,
      inputs: [
        { view: view("w"), broadcasting: "same", period: 1 },
        { view: view("rate"), broadcasting: "scalar", period: 1 },
        { view: dw, broadcasting: "same", period: 1 },
      ],
      constants: [],
      instructions: [
        { op: elementwiseOps.mul, attributes: {}, operands: [1, 2] },
        { op: elementwiseOps.sub, attributes: {}, operands: [0, 3] },
      ],
      outputs: [{ register: 4, view: view("w") }],
      expression: "sub($0, mul($1, $2))",
    },
  ];
  return { plan, steps };
}

const emptyPlan = (length: number): Plan => ({ ...new PlanByHand().plan([]), length });

describe("the wasm device", () => {
  it("has an arena of the longest plan's length, of zeros, aligned to a cache line", async () => {
    const { arena } = await wasm.open([emptyPlan(10), emptyPlan(1000), emptyPlan(7)]);
    expect(arena.length).toBe(1000);
    expect(arena.every((x) => x === 0)).toBe(true);
    expect(arena.byteOffset % 64).toBe(0);
  });

  it("opens no plans, and plans without steps", async () => {
    expect((await wasm.open([])).arena.length).toBe(0);
    const device = await wasm.open([emptyPlan(4)]);
    expect(() => device.run(0)).not.toThrow();
    expect(() => device.run(1)).toThrow(new EngineError("this device has 1 plan, and none at 1"));
  });

  it("cannot be used once closed", async () => {
    const device = await wasm.open([emptyPlan(4)]);
    device.close();
    expect(() => device.run(0)).toThrow(EngineError);
    expect(() => device.arena).toThrow("this wasm device is closed; open the plans again");
    expect(() => device.close()).not.toThrow();
  });

  it("says how much memory a plan needs that is too large", async () => {
    await expect(wasm.open([emptyPlan(2 ** 30)])).rejects.toThrow(EngineError);
    await expect(wasm.open([emptyPlan(2 ** 30)])).rejects.toThrow("can address 4 GiB, but this plan needs 4.0 GiB");
  });

  it("gives the same bits again", async () => {
    const { plan, steps } = smallStep();
    const twice = [await plan.run(steps), await plan.run(steps, 3)];
    for (const { offset, shape, length } of plan.plan(steps).buffers) {
      const view = { buffer: { offset, length, shape, name: "", role: "value" as const }, shape };
      expect([...(twice[0]?.(view) ?? [])]).toEqual([...(twice[1]?.(view) ?? [])]);
    }
  });

  it("allocates nothing while it runs", async () => {
    const { plan, steps } = smallStep();
    const device = await wasm.open([plan.plan(steps)]);
    for (let i = 0; i < 10_000; i++) void device.run(0);
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 100_000; i++) void device.run(0);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2_000_000);
  });
});
