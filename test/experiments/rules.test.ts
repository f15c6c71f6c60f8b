import { describe, expect, it } from "vitest";
import { verdictOf as convergence } from "../../src/experiments/convergence.js";
import { verdictOf as deadRelu } from "../../src/experiments/dead-relu.js";
import { verdictOf as expCost } from "../../src/experiments/exp-cost.js";
import { verdictOf as initialization, keeps } from "../../src/experiments/initialization.js";
import { verdictOf as optimizers, stepsDown } from "../../src/experiments/optimizers.js";
import { descend } from "../../src/experiments/ravine.js";
import { gradientRatio, verdictOf as saturation } from "../../src/experiments/saturation.js";
import { meanOf, median, medianOf, percent, said } from "../../src/experiments/statistics.js";
import { growth, verdictOf as twoWays } from "../../src/experiments/two-ways-to-differentiate.js";
import { spectralNorm, verdictOf as vanishing } from "../../src/experiments/vanishing-gradients.js";
import { oneSignedRows, verdictOf as zeroCentered } from "../../src/experiments/zero-centered.js";
import { same } from "../../src/language/index.js";
import { adagrad, sgd } from "../../src/optim/index.js";

describe("every rule can come to every verdict", () => {
  const rules: Record<string, readonly [holds: string, when: string, not: string]> = {
    "vanishing-gradients": [
      vanishing({ vanishing: 0.6, exploding: 0.1, usual: true }),
      vanishing({ vanishing: 0.4, exploding: 0.3, usual: true }),
      vanishing({ vanishing: 0.4, exploding: 0.5, usual: true }),
    ],
    "zero-centered": [
      zeroCentered({ one: 1, many: 0.4, slower: 1.5 }),
      zeroCentered({ one: 1, many: 0.4, slower: 1 }),
      zeroCentered({ one: 0.9, many: 0.4, slower: 2 }),
    ],
    "dead-relu": [
      deadRelu({ birth: [0.05, 0.8], rates: [0.05, 0.8], cases: [{ untreated: 0.8, treated: [0.1, 0.2] }] }),
      deadRelu({ birth: [0.05, 0.8], rates: [0.05, 0.8], cases: [{ untreated: 0.8, treated: [0.1, 0.7] }] }),
      deadRelu({ birth: [0.05, 0.8], rates: [0.05, 0.06], cases: [{ untreated: 0.8, treated: [0.1] }] }),
    ],
    initialization: [
      initialization({ xavierTanh: true, xavierRelu: true, heRelu: true }),
      initialization({ xavierTanh: true, xavierRelu: false, heRelu: true }),
      initialization({ xavierTanh: false, xavierRelu: false, heRelu: true }),
    ],
    convergence: [
      convergence({ shallow: { sigmoid: 2, tanh: 3 }, deep: { sigmoid: Number.POSITIVE_INFINITY, tanh: 2 } }),
      convergence({ shallow: { sigmoid: 1, tanh: 1 }, deep: { sigmoid: Number.POSITIVE_INFINITY, tanh: 1 } }),
      convergence({ shallow: { sigmoid: 1, tanh: 1 }, deep: { sigmoid: 1.9, tanh: 0.5 } }),
    ],
    "exp-cost": [
      expCost({ alone: 5, step: 0.2 }),
      expCost({ alone: 5, step: 0.02 }),
      expCost({ alone: 1.2, step: 0.2 }),
    ],
    optimizers: [
      optimizers({ ravine: 0.1, digits: 1, change: 1 }),
      optimizers({ ravine: 0.1, digits: 1, change: 4 }),
      optimizers({ ravine: 2, digits: 1, change: 1 }),
    ],
    saturation: [
      saturation({ distance: 1e-5, gradient: 0.01, usual: 0.3, unscaled: 0.4 }),
      saturation({ distance: 1e-5, gradient: 0.01, usual: 0, unscaled: 0.4 }),
      saturation({ distance: 1e-5, gradient: 0.9, usual: 0, unscaled: 0.4 }),
    ],
    "two-ways-to-differentiate": [
      twoWays({ logarithm: 1e-16, softmax: 1e-15 }),
      twoWays({ logarithm: 1e-16, softmax: 1e-3 }),
      twoWays({ logarithm: 1, softmax: 1 }),
    ],
  };
  it.each(Object.entries(rules))("%s", (_, verdicts) => {
    expect(verdicts).toEqual(["holds", "holds when", "does not hold here"]);
  });
});

describe("what the experiments measure with", () => {
  it("the largest singular value", () => {
    expect(spectralNorm(Float64Array.of(3, 0, 0, -5), 2)).toBeCloseTo(5, 8);
    expect(spectralNorm(Float64Array.of(1, 1, 0, 1), 2)).toBeCloseTo((1 + Math.sqrt(5)) / 2, 8);
    expect(spectralNorm(new Float64Array(9), 3)).toBe(0);
  });

  it("rows of one sign, without those of zeros", () => {
    expect(oneSignedRows([1, 0, 2, -1, -2, -3, 1, -1, 0, 0, 0, 0], 3)).toEqual({ signed: 2, counted: 3 });
  });

  it("gradients of saturated outputs against the others", () => {
    expect(gradientRatio([0.999, 0.5, 0.001, 0.4], [0.1, -1, -0.3, 3])).toBeCloseTo(0.1, 12);
  });

  it("a variance kept within a factor of 100 over ten layers", () => {
    expect([keeps(1), keeps(0.7), keeps(0.5), keeps(2), keeps(0)]).toEqual([true, true, false, false, false]);
  });

  it("powers of growth", () => {
    expect(growth([2, 4, 8], [12, 48, 192])).toBeCloseTo(2, 12);
  });

  it("means, medians, and what was not reached", () => {
    expect(meanOf(same("x"), [1, 2, 3])).toMatchObject({ center: 2, low: 1, high: 3, kind: "mean" });
    expect(meanOf(same("x"), [0, 0, 1], { format: "percent" }).low).toBe(0);
    expect(median([3, 1, Number.POSITIVE_INFINITY])).toBe(3);
    expect(medianOf(same("x"), [1, Number.POSITIVE_INFINITY]).values).toEqual([1, null]);
  });

  it("numbers in sentences", () => {
    expect([0.1234, 1234, 1.4e-12, 1e-5, 0, 99.7, 257].map((value) => said(value))).toEqual([
      "0.12",
      "1234",
      "1.4·10⁻¹²",
      "10⁻⁵",
      "0",
      "100",
      "257",
    ]);
    expect([0.0123, 0.8, 1].map(percent)).toEqual(["1.2%", "80%", "100%"]);
  });
});

describe("descend", () => {
  const ravine = { curvatures: [1, 50], start: [-4, 0.8] } as const;

  it("takes the steps that the formula of gradient descent says", async () => {
    const path = await descend(ravine, sgd(0.03), 3);
    expect(path[0]).toEqual([-4, 0.8]);
    expect(path[3]?.[0]).toBeCloseTo(-4 * 0.97 ** 3, 12);
    expect(path[3]?.[1]).toBeCloseTo(0.8 * (1 - 0.03 * 50) ** 3, 12);
  });

  it("keeps an optimizer's memory from step to step", async () => {
    const path = await descend(ravine, adagrad(1), 2);
    expect(path[1]?.[0]).toBeCloseTo(-3, 8);
    expect(path[2]?.[0]).toBeCloseTo(-3 + 3 / Math.sqrt(16 + 9), 8);
  });

  it("is down when it stays down", () => {
    expect(
      stepsDown([
        [-4, 0.8],
        [0, 0],
        [-4, 0],
        [0, 0],
      ]),
    ).toBe(3);
    expect(
      stepsDown([
        [-4, 0.8],
        [0, 0],
        [Number.NaN, 0],
      ]),
    ).toBe(Number.POSITIVE_INFINITY);
  });
});
