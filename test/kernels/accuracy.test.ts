import { describe, expect, it } from "vitest";
import { elementwiseOps } from "../../src/ops/index.js";
import type { Attributes, ElementwiseOp } from "../../src/tensor/index.js";
import { PlanByHand } from "./by-hand.js";
import { ulps, worst } from "./compare.js";
import { randomFrom } from "./random.js";
import { sweep } from "./sweep.js";

// Largest errors in units in the last place, from sweeps over the whole of float32 (docs/bench/ulp.md); here every 65,521st number.
const bounds: readonly (readonly [ElementwiseOp, bound: number, attributes?: Attributes])[] = [
  [elementwiseOps.neg, 0],
  [elementwiseOps.abs, 0],
  [elementwiseOps.sign, 0],
  [elementwiseOps.step, 0],
  [elementwiseOps.relu, 0],
  [elementwiseOps.sqrt, 0.5],
  [elementwiseOps.hardtanh, 0, { min: -1, max: 1 }],
  [elementwiseOps.leakyRelu, 1, { slope: 0.01 }],
  [elementwiseOps.exp, 1.1],
  [elementwiseOps.log, 0.9],
  [elementwiseOps.sigmoid, 2.4],
  [elementwiseOps.tanh, 2.8],
  [elementwiseOps.gelu, 0.6],
  [elementwiseOps.normalCdf, 0.6],
  [elementwiseOps.silu, 3.3],
  [elementwiseOps.softsign, 1.5],
  [elementwiseOps.mish, 3.2],
  [elementwiseOps.elu, 2, { alpha: 0.7 }],
  [elementwiseOps.selu, 2.5, elementwiseOps.selu.samples[0]?.attributes ?? {}],
  [elementwiseOps.softplus, 2.9, { beta: 1 }],
  [elementwiseOps.softplus, 2.9, { beta: 2 }],
  [elementwiseOps.softplus, 3.7, { beta: 0.7 }],
  [elementwiseOps.softplus, 3.7, { beta: 3.3 }],
];

describe("functions of one number", () => {
  it.each(bounds.map(([op, bound, attributes = {}]) => ({ name: op.name, op, bound, attributes })))(
    "$name $attributes: at most $bound ulp",
    async ({ op, bound, attributes }) => {
      const found = await sweep(op, attributes, 65_521);
      expect(found.worst, `at ${found.at}: ${found.actual} instead of ${found.exact}`).toBeLessThanOrEqual(bound);
    },
  );

  it("has no other op left out", () => {
    const twoNumbers = ["add", "sub", "mul", "div", "pow", "equal", "minimum", "maximum", "where"];
    const losses = ["crossEntropy", "binaryCrossEntropy"];
    const tested = [...bounds.map(([op]) => op.name), ...twoNumbers, ...losses];
    expect(Object.keys(elementwiseOps).filter((name) => !tested.includes(name))).toEqual([]);
  });
});

async function applied(op: ElementwiseOp, operands: readonly Float32Array[], attributes: Attributes = {}) {
  const plan = new PlanByHand();
  const views = operands.map((numbers) => plan.view([numbers.length], numbers));
  const length = operands[0]?.length ?? 0;
  const output = plan.view([length]);
  const read = await plan.run([
    {
      kind: "elementwise",
      length,
      inputs: views.map((view) => ({ view, broadcasting: "same", period: 1 })),
      constants: [],
      instructions: [{ op, attributes, operands: operands.map((_, i) => i) }],
      outputs: [{ register: operands.length, view: output }],
      expression: "",
    },
  ]);
  const exact = Float64Array.from({ length }, (_, i) => {
    const [x = 0, y = 0, z = 0] = operands.map((numbers) => numbers[i] as number);
    return op.scalar(x, y, z, attributes);
  });
  return { actual: read(output), exact };
}

/** Numbers of every size and sign, and the special ones. */
function anyNumbers(length: number, uniform: () => number): Float32Array {
  const special = [
    0,
    -0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    0.5,
    Infinity,
    -Infinity,
    Number.NaN,
    1e-45,
    -1e-45,
    3e38,
    16777216,
    16777217,
  ];
  const bits = new Uint32Array(length).map(() => Math.floor(uniform() * 2 ** 32));
  const numbers = new Float32Array(bits.buffer);
  return numbers.map((x) => (uniform() < 0.2 ? (special[Math.floor(uniform() * special.length)] as number) : x));
}

describe("functions of two numbers", () => {
  const uniform = randomFrom(17);
  const length = 200_000;

  it.each(["add", "sub", "mul", "div", "equal", "minimum", "maximum"] as const)("%s is exact", async (name) => {
    const { actual, exact } = await applied(elementwiseOps[name], [
      anyNumbers(length, uniform),
      anyNumbers(length, uniform),
    ]);
    const rounded = exact.map(Math.fround);
    const { index, error } = worst(actual, rounded, ulps);
    expect(error, `at ${index}: ${actual[index]} instead of ${rounded[index]}`).toBe(0);
  });

  it("pow: at most 0.6 ulp, special numbers as JavaScript has them", async () => {
    const bases = anyNumbers(length, uniform);
    const exponents = anyNumbers(length, uniform).map((x, i) =>
      i % 4 === 0 ? x : Math.fround((uniform() - 0.5) * 2 ** (i % 9)),
    );
    const whole = exponents.map((x, i) => (i % 3 === 0 ? Math.round(x) : x));
    const { actual, exact } = await applied(elementwiseOps.pow, [bases, whole]);
    const { index, error } = worst(actual, exact, ulps);
    expect(error, `${bases[index]} ** ${whole[index]}: ${actual[index]} instead of ${exact[index]}`).toBeLessThan(0.6);
  });

  it("where takes the branch and nothing of the other", async () => {
    const operands = [anyNumbers(length, uniform), anyNumbers(length, uniform), anyNumbers(length, uniform)];
    const { actual, exact } = await applied(elementwiseOps.where, operands);
    expect(worst(actual, exact, ulps).error).toBe(0);
  });
});

describe("losses of one number", () => {
  const uniform = randomFrom(23);
  const length = 50_000;
  const between = (from: number, to: number) => Float32Array.from({ length }, () => from + (to - from) * uniform());

  it("binaryCrossEntropy: 4 ulp", async () => {
    const targets = between(0, 1).map((t) => (uniform() < 0.3 ? Math.round(t) : t));
    for (const range of [1, 10, 100, 1e4]) {
      const { actual, exact } = await applied(elementwiseOps.binaryCrossEntropy, [between(-range, range), targets], {
        positiveWeight: 2.5,
      });
      expect(worst(actual, exact, ulps).error).toBeLessThan(4);
    }
  });

  it("crossEntropy: 2 ulp", async () => {
    const { actual, exact } = await applied(elementwiseOps.crossEntropy, [
      between(0, 1),
      between(0, 1).map(Math.round),
    ]);
    expect(worst(actual, exact, ulps).error).toBeLessThan(2);
  });
});
