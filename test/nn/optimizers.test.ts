import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/autodiff/index.js";
import {
  adagrad,
  adam,
  input,
  momentum,
  nesterov,
  rmsprop,
  schedules,
  sgd,
  type Tensor,
  tensor,
} from "../../src/index.js";
import { clipByNorm, optimizers } from "../../src/optim/index.js";
import { sizeOf, UsageError } from "../../src/tensor/index.js";

/** One step of a rule from given numbers, and what it remembers. */
function step(
  optimizer: ReturnType<typeof sgd>,
  number: number,
  at: number[],
  gradient: number[],
  memory: Record<string, number[]> = {},
) {
  const own = Object.fromEntries(
    optimizer.slots.map(({ name, fill }) => [name, tensor(memory[name] ?? at.map(() => fill)) as Tensor]),
  );
  const scalars = Object.fromEntries(
    Object.entries(optimizer.scalars(number, optimizer.rate)).map(([name, x]) => [name, tensor(x) as Tensor]),
  );
  const next = optimizer.update(tensor(at) as Tensor, tensor(gradient) as Tensor, own, scalars);
  const read = (t: Tensor) => [...evaluate(t).data].map((x) => expect.closeTo(x, 12));
  return {
    parameter: read(next.parameter),
    memory: Object.fromEntries(Object.entries(next.memory).map(([name, t]) => [name, read(t)])),
  };
}

describe("one step by hand", () => {
  it("sgd: θ - rate·(g + decay·θ)", () => {
    expect(step(sgd(0.1, { weightDecay: 0.5 }), 1, [2], [3])).toEqual({ parameter: [1.6], memory: {} });
  });

  it("momentum keeps a velocity; nesterov looks ahead", () => {
    expect(step(momentum(0.1), 2, [1], [3], { v: [2] })).toEqual({ parameter: [1 - 0.1 * 4.8], memory: { v: [4.8] } });
    expect(step(nesterov(0.1), 2, [1], [3], { v: [2] })).toEqual({
      parameter: [expect.closeTo(1 - 0.1 * (3 + 0.9 * 4.8), 12)],
      memory: { v: [4.8] },
    });
  });

  it("adagrad's effective rate only falls", () => {
    expect(step(adagrad(0.5, { epsilon: 0 }), 1, [1], [2])).toEqual({ parameter: [0.5], memory: { s: [4] } });
    expect(step(adagrad(0.5, { epsilon: 0 }), 2, [1], [2], { s: [12] })).toEqual({
      parameter: [0.75],
      memory: { s: [16] },
    });
  });

  it("a gradient of 0 from the start moves nothing, and divides nothing by 0", () => {
    for (const [name, make] of Object.entries(optimizers)) {
      expect(step(make(0.1, { weightDecay: 0 }), 1, [1, -2], [0, 0]).parameter, name).toEqual([1, -2]);
    }
  });

  it("adam's first step is its rate, whatever the size of the gradient", () => {
    for (const g of [1e-3, 1, 1e6])
      expect((step(adam(0.01), 1, [1], [g]).parameter[0] as { sample: number }).sample).toBeCloseTo(0.99, 6);
  });

  it("rmsprop has as many memories as its options ask for", () => {
    expect(rmsprop(0.1).slots.length).toBe(1);
    expect(rmsprop(0.1, { centered: true, momentum: 0.5 }).slots.map(({ name }) => name)).toEqual(["s", "mean", "v"]);
  });
});

describe("what is refused", () => {
  it("a learning rate that is negative or no number, by every rule, by name", () => {
    for (const [name, make] of Object.entries(optimizers)) {
      for (const rate of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => make(rate), name).toThrow(
          new UsageError(`${name}: the learning rate is a number from 0, got ${rate}`),
        );
      }
    }
  });

  it.each([
    [() => momentum(0.1, { beta: 1 }), "momentum: beta is from 0 to below 1, got 1"],
    [() => adam(0.1, { beta2: -1 }), "adam: beta2 is from 0 to below 1, got -1"],
    [() => schedules.step({ every: 0 }), "schedules.step: every must be a number above 0, got 0"],
    [() => schedules.cosine({ epochs: Number.NaN }), "schedules.cosine: epochs must be a number above 0, got NaN"],
    [() => clipByNorm([tensor([1])], 0), "clip: the largest norm must be above 0, got 0"],
  ])("options that make no sense (%#)", (build, message) => {
    expect(build).toThrow(new UsageError(message));
  });
});

describe("clipping", () => {
  it("leaves short gradients as they are, in direction and almost in length, and none larger than asked", () => {
    const g = input([2], "g");
    const clip = (numbers: number[]) => [
      ...evaluate(clipByNorm([g], 5)[0] as Tensor, new Map([[g as Tensor, numbers]])).data,
    ];
    expect(clip([3, 1])).toEqual([3, 1]);
    const [x, y] = clip([30, 40]) as [number, number];
    expect(Math.hypot(x, y)).toBeLessThanOrEqual(5);
    expect(x / y).toBeCloseTo(0.75, 12);
    expect(clip([0, 0])).toEqual([0, 0]);
  });

  it("measures several gradients together", () => {
    const clipped = clipByNorm([tensor([3]), tensor([[4]])], 1).map((t) => [...evaluate(t).data]);
    expect(clipped.map(([x]) => x)).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
    expect(clipByNorm([tensor([[1, 2]])], 1)[0]?.shape).toEqual([1, 2]);
    expect(sizeOf(clipByNorm([tensor([[1, 2]])], 1)[0]?.shape ?? [])).toBe(2);
  });
});
