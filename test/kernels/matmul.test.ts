import { describe, expect, it } from "vitest";
import { elementwiseOps } from "../../src/ops/index.js";
import type { ElementwiseOp } from "../../src/tensor/index.js";
import { relaxed } from "../build-under-test.js";
import { PlanByHand } from "./by-hand.js";
import { relativeError, worst } from "./compare.js";
import { naiveMatmul } from "./naive-matmul.js";
import { randomFrom } from "./random.js";

interface Case {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly withBias?: boolean;
  readonly activation?: ElementwiseOp | undefined;
}

const uniform = randomFrom(3);
const random = (length: number) => Float32Array.from({ length }, () => 2 * uniform() - 1);

async function bothWays(one: Case): Promise<{ actual: Float32Array; exact: Float64Array }> {
  const { m, k, n, transposeA, transposeB, withBias = false, activation } = one;
  const [a, b] = [random(m * k), random(k * n)];
  const bias = withBias ? random(n) : undefined;
  const plan = new PlanByHand();
  const output = plan.view([m, n]);
  const read = await plan.run([
    {
      kind: "matmul",
      m,
      k,
      n,
      a: plan.view(transposeA ? [k, m] : [m, k], a),
      b: plan.view(transposeB ? [n, k] : [k, n], b),
      transposeA,
      transposeB,
      bias: bias && plan.view([n], bias),
      activation: activation && { op: activation, attributes: {} },
      output,
    },
  ]);
  return { actual: read(output), exact: naiveMatmul({ m, k, n, transposeA, transposeB, a, b, bias }) };
}

/** The bits of the naive product; fused multiply-add rounds less often, so with it only nearly. */
function expectProduct(actual: Float32Array, exact: Float64Array, k: number, name?: string): void {
  if (!relaxed) {
    expect([...actual], name).toEqual([...exact]);
    return;
  }
  const far = actual.findIndex((x, i) => !(Math.abs(x - (exact[i] as number)) <= 2e-6 * (1 + Math.sqrt(k))));
  expect(far, `${name}: ${actual[far]} instead of ${exact[far]}`).toBe(-1);
}

const transpositions = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB) => ({ transposeA, transposeB })),
);

const small = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13];
const edges = [
  [15, 16, 17],
  [31, 33, 64],
  [64, 65, 31],
  [65, 64, 100],
  [100, 129, 65],
  [129, 255, 12],
  [33, 256, 40],
  [17, 257, 9],
  [128, 300, 70],
  [1, 700, 130],
  [1, 516, 18],
  [2, 40, 30],
  [7, 20, 44],
  [130, 513, 1],
  [3, 1030, 129],
  [260, 17, 264],
  [70, 260, 530],
] as const;

describe.each(transpositions)("matmul, transposeA $transposeA, transposeB $transposeB", (transposition) => {
  it("gives the bits of the naive product for every small size, with and without bias", async () => {
    for (const m of small) {
      for (const n of small) {
        for (const k of [1, 2, 3, 8, 21]) {
          const withBias = (m + n + k) % 2 === 0;
          const { actual, exact } = await bothWays({ m, k, n, ...transposition, withBias });
          expectProduct(actual, exact, k, `${m} × ${k} × ${n}`);
        }
      }
    }
  });

  it.each(edges)("gives the bits of the naive product for %i × %i × %i", async (m, k, n) => {
    for (const withBias of [false, true]) {
      const { actual, exact } = await bothWays({ m, k, n, ...transposition, withBias });
      expectProduct(actual, exact, k);
    }
  });

  it.each([elementwiseOps.relu, elementwiseOps.tanh, elementwiseOps.sigmoid])("ends with $name", async (activation) => {
    for (const [m, k, n] of [
      [5, 3, 7],
      [33, 20, 12],
      [9, 600, 17],
    ] as const) {
      const { actual, exact } = await bothWays({ m, k, n, ...transposition, withBias: true, activation });
      const activated = exact.map((x) => activation.scalar(x, 0, 0, {}));
      const error = relaxed ? (x: number, y: number) => Math.abs(x - y) : relativeError;
      expect(worst(actual, activated, error).error).toBeLessThan(relaxed ? 1e-5 : 1e-6);
    }
  });
});

it("a product over no numbers is the bias", async () => {
  const { actual, exact } = await bothWays({ m: 3, k: 0, n: 5, transposeA: false, transposeB: true, withBias: true });
  expect([...actual]).toEqual([...exact]);
});

it("errors do not grow with k", async () => {
  const [m, k, n] = [2, 20_000, 3];
  const [a, b] = [random(m * k).map(Math.abs), random(k * n).map(Math.abs)];
  const product = { m, k, n, transposeA: false, transposeB: false, a, b, bias: undefined };
  const [single, exact] = [naiveMatmul(product), naiveMatmul(product, (x) => x)];
  expect(worst(single, exact, relativeError).error).toBeLessThan(1e-5);
});
