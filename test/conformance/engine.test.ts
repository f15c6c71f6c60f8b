import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import type { Engine } from "../../src/engines/index.js";
import { add, input, matmul, relu, reshape, tanh, transpose } from "../../src/index.js";
import { ops } from "../../src/ops/index.js";
import { type DescribedOp, isElementwise, type Sample, Tensor } from "../../src/tensor/index.js";
import { randomFrom } from "../kernels/random.js";
import { engineList, missingEngines, Running } from "./on-engine.js";
import { largerCases, tails } from "./samples.js";

/** What an engine is excused from. Every entry says why; the suite fails when an excused case would pass. */
const skips: readonly { readonly engine: string; readonly op: string; readonly reason: string }[] = [];

const tiny = 2 ** -126;

/** How far results of a float32 engine may be from float64: relative, with the denominator never below `floor`. */
interface Judge {
  readonly relative: number;
  readonly floor: (expected: ArrayLike<number>) => number;
}

/** Samples are judged number by number: no digit is lost at a hard point because a neighbour is large. */
const strict: Judge = { relative: 1e-5, floor: () => tiny };

/** Gradients and sums add up numbers of size 1 and of both signs, which may cancel: relative to that size, or to the largest result. */
const summing: Judge = { relative: 1e-5, floor: (expected) => 0.1 * Math.max(1, largest(expected)) };

/** A product adds up to 127 such numbers. */
const product: Judge = { relative: 1e-5, floor: (expected) => Math.max(1, largest(expected)) };

function largest(numbers: ArrayLike<number>): number {
  return Array.from(numbers).reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
}

/** Float64 must agree to the bit, zeros' signs included; float32 within the judge's bounds, overflowing where float32 does. */
function compare(engine: Engine, actual: Float64Array, expected: Float64Array, judge: Judge, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const floor = judge.floor(expected);
  actual.forEach((got, i) => {
    const exact = expected[i] as number;
    if (Object.is(got, exact)) return;
    if (engine.precision === "float64") expect.fail(`${what}, number ${i}: ${got} instead of ${exact}`);
    if (got === Math.fround(exact) || (Number.isNaN(got) && Number.isNaN(exact))) return;
    const error = Math.abs(got - exact) / Math.max(Math.abs(exact), floor);
    if (!(error <= judge.relative))
      expect.fail(`${what}, number ${i}: ${got} instead of ${exact} (relative error ${error})`);
  });
}

const rounding = (engine: Engine) => (engine.precision === "float32" ? Math.fround : (x: number) => x);

/** One op on one sample, with the gradients of its inputs for a random gradient of its output, as one graph. */
function graphOf(op: DescribedOp, sample: Sample, uniform: () => number) {
  const leaves = sample.inputs.map(({ shape }, i) => input(shape, `x${i}`));
  const y = new Tensor(op, leaves, sample.attributes);
  const seed = input(y.shape, "seed");
  const byInput = gradients(y, leaves, seed);
  const outputs = [y, ...byInput].map((value, i) =>
    reshape(value, value.shape).named(i === 0 ? "y" : `gradient of x${i - 1}`),
  );
  const feeds = new Map<Tensor, Float64Array>(leaves.map((leaf, i) => [leaf, sample.inputs[i]?.data as Float64Array]));
  feeds.set(
    seed,
    Float64Array.from({ length: y.shape.reduce((a, b) => a * b, 1) }, () => 0.5 + uniform()),
  );
  return { outputs, feeds };
}

/** Every output, in two runs on the same memory. The first output may have a judge of its own. */
async function check(
  engine: Engine,
  outputs: readonly Tensor[],
  feeds: ReadonlyMap<Tensor, Float64Array>,
  what: string,
  judge: Judge,
  first: Judge = judge,
): Promise<void> {
  const given = new Map([...feeds].map(([leaf, numbers]) => [leaf, numbers.map(rounding(engine))]));
  const expected = evaluateAll(outputs, given);
  using running = await Running.open(engine, { outputs });
  for (const turn of ["first", "second"]) {
    await running.run(given);
    outputs.forEach((output, i) => {
      const name = output.name as string;
      compare(
        engine,
        running.read(name),
        expected[i]?.data as Float64Array,
        i === 0 ? first : judge,
        `${what}, ${name}, ${turn} run`,
      );
    });
  }
}

const describeSample = ({ inputs, attributes }: Sample) =>
  `${inputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" ")} ${JSON.stringify(attributes ?? {})}`;

describe.each(engineList)("engine %s", (engineName, engine) => {
  describe.each(Object.values<DescribedOp>(ops).map((op) => [op.name, op] as const))("%s", (opName, op) => {
    const excuse = skips.find((skip) => skip.engine === engineName && skip.op === opName)?.reason;
    const why = excuse === undefined ? "" : ` (skipped: ${excuse})`;

    it.skipIf(excuse !== undefined)(`its hard points, forward and backward${why}`, async () => {
      expect(op.samples.length).toBeGreaterThan(0);
      const uniform = randomFrom(11);
      for (const sample of op.samples) {
        const { outputs, feeds } = graphOf(op, sample, uniform);
        await check(engine, outputs, feeds, describeSample(sample), isElementwise(op) ? strict : summing);
      }
    });

    it.skipIf(excuse !== undefined)(`30 random cases, forward and backward${why}`, async () => {
      const uniform = randomFrom(5);
      for (let i = 0; i < 30; i++) {
        const sample = op.randomSample(uniform);
        const { outputs, feeds } = graphOf(op, sample, uniform);
        await check(
          engine,
          outputs,
          feeds,
          `${i}: ${describeSample(sample)}`,
          summing,
          isElementwise(op) ? strict : summing,
        );
      }
    });

    it.skipIf(excuse !== undefined)(
      `larger shapes with every tail and broadcast, forward and backward${why}`,
      async () => {
        const uniform = randomFrom(3);
        for (const sample of largerCases(op, uniform)) {
          const { outputs, feeds } = graphOf(op, sample, uniform);
          await check(engine, outputs, feeds, describeSample(sample), summing, isElementwise(op) ? strict : summing);
        }
      },
    );
  });

  describe("products with their endings", () => {
    const activations = { none: (x: Tensor<number[]>) => x, relu, tanh };

    it.each(
      [false, true].flatMap((a) =>
        [false, true].flatMap((b) =>
          Object.keys(activations).map((name) => [a, b, name as keyof typeof activations] as const),
        ),
      ),
    )("left transposed %s, right transposed %s, activation %s", async (transposeA, transposeB, name) => {
      const uniform = randomFrom(9);
      const sizes = [
        ...tails.map((n) => [7, 5, n] as const),
        ...tails.map((k) => [3, k, 9] as const),
        [33, 64, 65] as const,
        [1, 16, 1] as const,
      ];
      for (const [m, k, n] of sizes) {
        for (const biasShape of [undefined, [n], [1, n], [m, 1], [m, n]] as const) {
          const a = input(transposeA ? [k, m] : [m, k], "a") as Tensor<[number, number]>;
          const b = input(transposeB ? [n, k] : [k, n], "b") as Tensor<[number, number]>;
          const bias = biasShape && input(biasShape, "bias");
          const raw: Tensor = matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b);
          const sum: Tensor = bias === undefined ? raw : add(raw, bias);
          const y = activations[name](sum as Tensor<number[]>);
          const feeds = new Map<Tensor, Float64Array>();
          for (const leaf of [a, b, ...(bias === undefined ? [] : [bias])]) {
            feeds.set(
              leaf,
              Float64Array.from({ length: leaf.shape.reduce((p, q) => p * q, 1) }, () => 2 * uniform() - 1),
            );
          }
          await check(
            engine,
            [reshape(y, y.shape).named("y")],
            feeds,
            `${m} × ${k} × ${n}, bias [${biasShape}]`,
            product,
          );
        }
      }
    });

    it("a row bias and an activation are done by the product's own step", async () => {
      const [a, b, bias] = [input([4, 3] as const, "a"), input([3, 5] as const, "b"), input([5] as const, "bias")];
      using running = await Running.open(engine, { outputs: [relu(add(matmul(a, b), bias)).named("y")] });
      expect(running.plan.steps.map(({ kind }) => kind)).toEqual(["matmul"]);
    });
  });
});

it("the engines that need no package of the user's own are tested", () => {
  const wanted = process.env["RETROGRAD_WASM"] === undefined ? ["reference", "wasm"] : ["wasm"];
  expect(engineList.map(([name]) => name)).toEqual(expect.arrayContaining(wanted));
});

describe.skipIf(missingEngines.length === 0)("engines that are not installed here", () => {
  it.for(missingEngines)("engine %s (skipped: %s)", ([_, reason], { skip }) => skip(reason));
});

it("every skip names an engine and an op that exist, and a reason in words", () => {
  const names = new Set(engineList.map(([name]) => name));
  for (const { engine, op, reason } of skips) {
    expect(names.has(engine) && op in ops, `${engine} ${op}`).toBe(true);
    expect(reason.split(" ").length).toBeGreaterThan(3);
  }
});
