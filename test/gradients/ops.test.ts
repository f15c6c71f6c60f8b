import { describe, expect, it } from "vitest";
import { checkGradients, evaluateAll, gradients } from "../../src/autodiff/index.js";
import { constantTensor } from "../../src/ops/constant.js";
import { ops } from "../../src/ops/index.js";
import { input } from "../../src/ops/leaves.js";
import { type DescribedOp, type Sample, sizeOf, Tensor } from "../../src/tensor/index.js";
import { randomFrom } from "../kernels/random.js";
import { distance, numericGradient } from "./differences.js";

/** An op on a sample, as leaves with their numbers. The condition of `where` is not moved: the result jumps when it becomes 0. */
function caseOf(op: DescribedOp, sample: Sample) {
  const leaves = sample.inputs.map(({ shape }, i) => input(shape, `x${i}`));
  const y = new Tensor(op, leaves, sample.attributes);
  const feeds = new Map<Tensor, Float64Array>(leaves.map((x, i) => [x, sample.inputs[i]?.data as Float64Array]));
  return { xs: op.name === "where" ? leaves.slice(1) : leaves, y, feeds };
}

/** Ops that cannot be moved a little: their inputs are labels and counters. */
const discrete: Readonly<Record<string, string>> = {
  oneHot: "its input is a class index: whole numbers only",
  uniform: "its input counts steps: whole numbers only",
};

describe.each(
  Object.values<DescribedOp>(ops)
    .filter(({ name }) => !(name in discrete))
    .map((op) => [op.name, op] as const),
)("%s", (_, op) => {
  it("its derivative is that of its forward formula, at 40 random points, for every input", () => {
    const uniform = randomFrom(21);
    for (let n = 0; n < 40; n++) {
      const { xs, y, feeds } = caseOf(op, op.randomSample(uniform));
      const weights = Float64Array.from({ length: sizeOf(y.shape) }, () => 2 * uniform() - 1);
      const analytic = evaluateAll(gradients(y, xs, constantTensor(y.shape, weights)), feeds);
      xs.forEach((x, i) => {
        const numeric = numericGradient(y, x, feeds, weights);
        expect(distance(analytic[i]?.data ?? [], numeric), `case ${n}, input ${i}`).toBeLessThan(1e-7);
      });
    }
  });

  it("checkGradients finds nothing wrong", () => {
    const uniform = randomFrom(22);
    for (let n = 0; n < 10; n++) {
      const { xs, y, feeds } = caseOf(op, op.randomSample(uniform));
      const check = checkGradients(y, xs, { feeds, uniform });
      expect(check.worst, `${check.where}: ${check.analytic} against ${check.numeric}`).toBeLessThan(1e-6);
      expect(check.comparisons).toBeGreaterThanOrEqual(2 * xs.length);
    }
  });

  it("it is finite wherever it is finite in truth: no NaN at the hard points", () => {
    for (const sample of op.samples) {
      const { xs, y, feeds } = caseOf(op, sample);
      const ones = constantTensor(y.shape, new Float64Array(sizeOf(y.shape)).fill(1));
      evaluateAll([y, ...gradients(y, xs, ones)], feeds).forEach(({ data }, i) => {
        const bad = data.findIndex(Number.isNaN);
        const at = sample.inputs.map(({ data: numbers }) => numbers[bad] ?? numbers[0]);
        expect(bad, `${i === 0 ? "the value" : `the gradient of input ${i - 1}`} at ${at}`).toBe(-1);
      });
    }
  });
});

describe("second derivatives", () => {
  it.each(
    Object.values<DescribedOp>(ops)
      .filter(({ name }) => !(name in discrete))
      .map((op) => [op.name, op] as const),
  )("of %s", (_, op) => {
    const uniform = randomFrom(23);
    for (let n = 0; n < 10; n++) {
      const { xs, y, feeds } = caseOf(op, op.randomSample(uniform));
      const weights = constantTensor(
        y.shape,
        Float64Array.from({ length: sizeOf(y.shape) }, () => 2 * uniform() - 1),
      );
      for (const gradient of gradients(y, xs, weights)) {
        const check = checkGradients(gradient, xs, { feeds, uniform, entries: 100 });
        expect(check.worst, `case ${n}, ${check.where}: ${check.analytic} against ${check.numeric}`).toBeLessThan(1e-6);
      }
    }
  });
});
