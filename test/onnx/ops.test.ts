import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import type { EngineOptions } from "../../src/engines/index.js";
import { type OpName, ops } from "../../src/ops/index.js";
import { input } from "../../src/ops/leaves.js";
import { reshape } from "../../src/ops/reshape.js";
import { type DescribedOp, isElementwise, type Sample, sizeOf, Tensor, type Value } from "../../src/tensor/index.js";
import { largerCases } from "../conformance/samples.js";
import { randomFrom } from "../kernels/random.js";
import { agree, type Judge, largest } from "./judge.js";
import { Running } from "./running.js";
import { absent, onnx, why } from "./runtime.js";

/** Elementwise results are judged number by number, down to the smallest normal float32. */
const strict: Judge = { relative: 1e-5, floor: 2 ** -126 };

/**
 * Where ONNX Runtime 1.30 itself is less exact than that on x86-64: results below the floor are right to 1e-5 of the floor
 * only. Everything else in the table of ops holds the strict bound, in the tails as well.
 */
const looser: Partial<Record<OpName, { readonly floor: number; readonly reason: string }>> = {
  elu: { floor: 0.02, reason: "e^x - 1 is computed by subtraction near 0: absolute error up to 6e-8" },
  selu: { floor: 0.02, reason: "as elu: absolute error up to 1e-7" },
  gelu: { floor: 0.1, reason: "1 + erf cancels in the left tail: absolute error up to 1e-7·|x|" },
  normalCdf: { floor: 0.02, reason: "as gelu: absolute error up to 6e-8" },
  silu: {
    floor: 2 ** -120,
    reason: "e^-x overflows at -88.7, where the result is a few times the smallest normal number",
  },
  mish: {
    floor: 2 ** -116,
    reason: "softplus loses digits below the smallest normal number, before it is multiplied by x",
  },
};

/** An op on a sample and the gradients of its inputs, for a random gradient of its output. */
function graphOf(op: DescribedOp, sample: Sample, uniform: () => number) {
  const leaves = sample.inputs.map(({ shape }, i) => input(shape, `x${i}`));
  const y = new Tensor(op, leaves, sample.attributes);
  const seed = input(y.shape, "seed");
  const outputs = [y, ...gradients(y, leaves, seed)].map((value, i) =>
    reshape(value, value.shape).named(i === 0 ? "y" : `dx${i - 1}`),
  );
  const feeds = new Map<Tensor, Float64Array>(
    leaves.map((leaf, i) => [leaf, (sample.inputs[i] as Value).data.map(Math.fround)]),
  );
  feeds.set(
    seed,
    Float64Array.from({ length: sizeOf(y.shape) }, () => Math.fround(0.5 + uniform())),
  );
  return { outputs, feeds };
}

/** Forward and backward against float64, twice on the same memory. */
async function check(
  op: DescribedOp,
  sample: Sample,
  uniform: () => number,
  options: EngineOptions,
  gradientJudge?: Judge,
): Promise<void> {
  const { outputs, feeds } = graphOf(op, sample, uniform);
  const expected = evaluateAll(outputs, feeds);
  using running = await Running.open(onnx, { outputs }, options);
  for (const turn of [1, 2]) {
    await running.run(feeds);
    outputs.forEach((output, i) => {
      const exact = expected[i]?.data as Float64Array;
      const summing = { relative: 1e-5, floor: 0.1 * Math.max(1, largest(exact)) };
      const own = { ...strict, floor: looser[op.name as OpName]?.floor ?? strict.floor };
      const judge = !isElementwise(op) ? summing : i === 0 ? own : (gradientJudge ?? own);
      agree(
        running.read(output.name as string),
        exact,
        judge,
        `${JSON.stringify(sample.attributes ?? {})} ${output.name}, run ${turn}`,
      );
    });
  }
}

/** Gradients of random numbers are sums of numbers of size 1, which may cancel. */
const random: Judge = { relative: 1e-5, floor: 0.1 };

describe.skipIf(absent !== undefined).each([1, 2])(`ONNX Runtime against float64, threads: %i${why}`, (threads) => {
  describe.each(Object.values<DescribedOp>(ops).map((op) => [op.name, op] as const))("%s", (_, op) => {
    it("its hard points, forward and backward", async () => {
      expect(op.samples.length).toBeGreaterThan(0);
      const uniform = randomFrom(11);
      for (const sample of op.samples) await check(op, sample, uniform, { threads });
    });

    it("random cases, forward and backward", async () => {
      const uniform = randomFrom(5);
      for (let i = 0; i < 10; i++) await check(op, op.randomSample(uniform), uniform, { threads }, random);
    });

    it("larger shapes with every kind of broadcast, forward and backward", async () => {
      const uniform = randomFrom(3);
      for (const sample of largerCases(op, uniform)) await check(op, sample, uniform, { threads }, random);
    });
  });
});

it("what is excused is an op, with a reason in words", () => {
  for (const [name, { reason }] of Object.entries(looser)) {
    expect(name in ops).toBe(true);
    expect(reason.split(" ").length).toBeGreaterThan(3);
  }
});
