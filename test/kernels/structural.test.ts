import { describe, expect, it } from "vitest";
import { lossPairs } from "../../src/engines/wasm/loss-pairs.js";
import { structuralOps } from "../../src/ops/index.js";
import type { OpStep, Step, View } from "../../src/plan/steps.js";
import { type Attributes, type Op, type Shape, sizeOf, type Value } from "../../src/tensor/index.js";
import { PlanByHand } from "./by-hand.js";
import { relativeError, ulps, worst } from "./compare.js";
import { randomFrom } from "./random.js";

const uniform = randomFrom(41);
const random = (shape: Shape, from = -2, to = 2): Value => ({
  shape,
  data: Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(from + (to - from) * uniform())),
});

async function bothWays(op: Op, inputs: readonly Value[], attributes: Attributes = {}) {
  const shape = op.shape(
    inputs.map((input) => input.shape),
    attributes,
  );
  const plan = new PlanByHand();
  const views = inputs.map((input) => plan.view(input.shape, input.data));
  const output = plan.view(shape);
  const read = await plan.run([{ kind: "op", op, attributes, inputs: views, output }]);
  return { actual: read(output), exact: op.forward(inputs, attributes, shape) };
}

/** Every order of the axes of a rank. */
function orders(rank: number): number[][] {
  if (rank === 0) return [[]];
  return orders(rank - 1).flatMap((order) =>
    Array.from({ length: rank }, (_, at) => [...order.slice(0, at), rank - 1, ...order.slice(at)]),
  );
}

/** Every choice of axes of a rank. */
function choices(rank: number): number[][] {
  return Array.from({ length: 2 ** rank }, (_, bits) =>
    Array.from({ length: rank }, (_, axis) => axis).filter((axis) => (bits >> axis) & 1),
  );
}

describe("moving numbers", () => {
  it("transposes any order of axes", async () => {
    for (const shape of [[7], [5, 9], [64, 33], [1, 6], [3, 4, 5], [2, 1, 7], [2, 3, 4, 5], [3, 2, 2, 3, 2]]) {
      for (const axes of orders(shape.length)) {
        const { actual, exact } = await bothWays(structuralOps.transpose, [random(shape)], { axes });
        expect([...actual], `[${shape}] to [${axes}]`).toEqual([...exact]);
      }
    }
  });

  it("repeats along any axes", async () => {
    for (const to of [[6], [3, 5], [4, 3, 5], [2, 3, 4, 5]]) {
      for (const axes of choices(to.length)) {
        const from = to.map((size, axis) => (axes.includes(axis) ? 1 : size));
        for (const shape of [from, from.slice(from.findIndex((size) => size !== 1))]) {
          const { actual, exact } = await bothWays(structuralOps.broadcast, [random(shape)], { shape: to });
          expect([...actual], `[${shape}] to [${to}]`).toEqual([...exact]);
        }
      }
    }
  });

  it("stacks and slices", async () => {
    const parts = Array.from({ length: 5 }, () => random([3, 7]));
    const stacked = await bothWays(structuralOps.stack, parts);
    expect([...stacked.actual]).toEqual([...stacked.exact]);
    for (let index = 0; index < 5; index++) {
      const { actual, exact } = await bothWays(structuralOps.slice, [random([5, 3, 7])], { index });
      expect([...actual]).toEqual([...exact]);
    }
  });

  it("gives one-hot rows, of zeros for what is no class", async () => {
    for (const classes of [1, 2, 3, 4, 5, 10, 33]) {
      const labels = {
        shape: [9],
        data: Float64Array.of(0, 1, classes - 1, classes, -1, 0.5, Number.NaN, 2, Infinity),
      };
      const { actual, exact } = await bothWays(structuralOps.oneHot, [labels], { classes });
      expect([...actual]).toEqual([...exact]);
    }
  });

  it("draws the integers of src/ops/uniform.ts", async () => {
    for (const [step, seed, stream, length] of [
      [0, 1, 2, 1000],
      [77, 2 ** 32 - 1, 9, 7],
      [2 ** 24 - 1, 12, 0, 513],
    ] as const) {
      const { actual, exact } = await bothWays(structuralOps.uniform, [{ shape: [], data: Float64Array.of(step) }], {
        shape: [length],
        seed,
        stream,
      });
      expect([...actual]).toEqual([...exact]);
    }
  });
});

describe("reductions", () => {
  it.each(["sum", "mean", "max"] as const)("%s over any axes", async (name) => {
    for (const shape of [[37], [5, 9], [1, 6], [18, 21], [3, 4, 5], [4, 1, 19], [2, 3, 4, 5], [3, 2, 5, 2, 3]]) {
      for (const axes of choices(shape.length)) {
        const { actual, exact } = await bothWays(structuralOps[name], [random(shape, 0, 2)], { axes, keepDims: false });
        const { index, error } = worst(actual, exact, ulps);
        expect(error, `[${shape}] over [${axes}], at ${index}`).toBeLessThan(axes.length < 2 ? 0.51 : 1.6);
      }
    }
  });

  it("sums of a million numbers round once", async () => {
    for (const [shape, axes] of [
      [[1_000_003], [0]],
      [[500_000, 2], [0]],
      [
        [1000, 1000],
        [0, 1],
      ],
    ] as const) {
      const { actual, exact } = await bothWays(structuralOps.sum, [random(shape, 0, 1)], { axes, keepDims: false });
      expect(worst(actual, exact, ulps).error).toBeLessThan(0.51);
    }
  });

  it("lets NaN through, and gives -Infinity for the largest of none", async () => {
    const numbers = random([3, 20]);
    numbers.data[27] = Number.NaN;
    for (const [axes, count] of [
      [[1], 1],
      [[0], 1],
      [[0, 1], 1],
    ] as const) {
      const { actual } = await bothWays(structuralOps.max, [numbers], { axes, keepDims: false });
      expect(actual.filter(Number.isNaN).length).toBe(count);
    }
    const { actual } = await bothWays(structuralOps.max, [random([2, 0])], { axes: [1], keepDims: false });
    expect([...actual]).toEqual([-Infinity, -Infinity]);
  });
});

describe("rows", () => {
  const widths = [1, 2, 3, 4, 5, 9, 10, 16, 31, 63, 64, 65, 66, 100, 1000];

  it.each(["softmax", "logSoftmax"] as const)("%s of any number of rows and columns: 4 ulp", async (name) => {
    for (const columns of widths) {
      for (const rows of [1, 2, 3, 4, 5, 11]) {
        for (const range of [1, 30, 200]) {
          const { actual, exact } = await bothWays(structuralOps[name], [random([rows, columns], -range, range)]);
          // ln(1 + 1e-10) has six digits in float64, in the oracle as in the kernel.
          const distance = (a: number, e: number) => (Math.abs(a - e) < 1e-15 && Math.abs(e) > 1e-30 ? 0 : ulps(a, e));
          const { index, error } = worst(actual, exact, name === "logSoftmax" ? distance : ulps);
          expect(error, `${rows} × ${columns}, ±${range}: ${actual[index]} instead of ${exact[index]}`).toBeLessThan(4);
        }
      }
    }
  });

  it.each(["softmaxCrossEntropy", "softmaxMinusTarget"] as const)(
    "%s of any number of rows and columns",
    async (name) => {
      for (const columns of widths) {
        for (const rows of [1, 2, 3, 4, 5, 11]) {
          for (const range of [1, 15]) {
            const z = random([rows, columns], -range, range);
            const t = random([rows, columns], 0, 1);
            t.data.forEach((x, i) => {
              t.data[i] = i % 3 === 0 ? 0 : x;
            });
            const { actual, exact } = await bothWays(structuralOps[name], [z, t]);
            const floor = name === "softmaxMinusTarget" ? 0.1 : 1e-30;
            const { index, error } = worst(actual, exact, (a, e) => Math.abs(a - e) / Math.max(Math.abs(e), floor));
            expect(error, `${rows} × ${columns}: ${actual[index]} instead of ${exact[index]}`).toBeLessThan(1e-6);
          }
        }
      }
    },
  );

  it("keeps the digits of y - t where y is almost t", async () => {
    const z = { shape: [1, 3], data: Float64Array.of(20, 0, 3) };
    const t = { shape: [1, 3], data: Float64Array.of(1, 0, 0) };
    const { actual, exact } = await bothWays(structuralOps.softmaxMinusTarget, [z, t]);
    expect(worst(actual, exact, relativeError).error).toBeLessThan(1e-6);
  });

  it("computes the loss and its derivative together with the bits they have apart", async () => {
    const { softmaxCrossEntropy, softmaxMinusTarget, mean } = structuralOps;
    for (const [rows, columns] of [
      [1, 2],
      [32, 10],
      [7, 64],
      [5, 65],
      [3, 1000],
    ] as const) {
      const plan = new PlanByHand();
      const shape = [rows, columns];
      const z = plan.view(shape, random(shape, -20, 20).data);
      const t = plan.view(shape, random(shape, 0, 1).data);
      const [losses, total, differences] = [plan.view([rows]), plan.view([]), plan.view(shape)];
      const step = (op: Op, inputs: View[], output: View, attributes: Attributes = {}): OpStep => ({
        kind: "op",
        ...{ op, inputs, output, attributes },
      });
      const loss = step(softmaxCrossEntropy, [z, t], losses);
      const reduce = step(mean, [losses], total, { axes: [0], keepDims: false });
      const derivative = step(softmaxMinusTarget, [z, t], differences);
      const together = await plan.run([loss, reduce, derivative]);
      expect(lossPairs([loss, reduce, derivative]).get(loss)).toBe(derivative);
      const [lossAlone, derivativeAlone] = [await plan.run([loss]), await plan.run([derivative])];
      expect([...together(losses)]).toEqual([...lossAlone(losses)]);
      expect([...together(differences)]).toEqual([...derivativeAlone(differences)]);
    }
  });

  it("computes the loss and its derivative apart where memory is used in between", () => {
    const { softmaxCrossEntropy, softmaxMinusTarget } = structuralOps;
    const plan = new PlanByHand();
    const [z, t, losses, differences] = [[4, 3], [4, 3], [4], [4, 3]].map((shape) => plan.view(shape)) as [
      View,
      View,
      View,
      View,
    ];
    const loss: OpStep = { kind: "op", op: softmaxCrossEntropy, attributes: {}, inputs: [z, t], output: losses };
    const derivative: OpStep = { ...loss, op: softmaxMinusTarget, output: differences };
    const copy = (from: View, to: View): Step => ({ kind: "copy", from, to });
    expect(lossPairs([loss, derivative]).size).toBe(1);
    expect(lossPairs([loss, copy(losses, differences), derivative]).size).toBe(0);
    expect(lossPairs([loss, copy(differences, losses), derivative]).size).toBe(0);
    expect(lossPairs([loss, copy(losses, t), derivative]).size).toBe(0);
    expect(lossPairs([loss, { ...derivative, inputs: [z, differences] }]).size).toBe(0);
  });
});
