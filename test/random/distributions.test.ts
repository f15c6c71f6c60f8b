import { describe, expect, it } from "vitest";
import { createRandom, fillNormal, fillUniform, RandomError } from "../../src/random/index.js";

const COUNT = 1_000_000;

/** Mean of f over the values: the tests' expectation. */
function mean(values: Float64Array, f: (value: number) => number = (value) => value): number {
  let sum = 0;
  for (const value of values) sum += f(value);
  return sum / values.length;
}

function correlation(a: Float64Array, b: Float64Array): number {
  const meanA = mean(a);
  const meanB = mean(b);
  const deviation = (values: Float64Array, center: number) => Math.sqrt(mean(values, (value) => (value - center) ** 2));
  const covariance = a.reduce((sum, value, index) => sum + (value - meanA) * ((b[index] ?? 0) - meanB), 0) / a.length;
  return covariance / (deviation(a, meanA) * deviation(b, meanB));
}

/** Of uniform numbers over equal bins of [0, 1): about bins − 1, give or take √(2 (bins − 1)). */
function chiSquare(values: Float64Array, bins: number): number {
  const counts = new Int32Array(bins);
  for (const value of values) {
    const bin = Math.floor(value * bins);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const expected = values.length / bins;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Bounds are five standard errors of each statistic over COUNT draws: one seed, so no test is flaky. */
describe("normal", () => {
  const values = fillNormal(createRandom(1), new Float64Array(COUNT), 0, 1);

  it("has the moments of the standard normal distribution", () => {
    const error = 5 / Math.sqrt(COUNT);
    expect(Math.abs(mean(values))).toBeLessThan(error);
    expect(Math.abs(mean(values, (z) => z ** 2) - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(mean(values, (z) => z ** 3))).toBeLessThan(error * Math.sqrt(15));
    expect(Math.abs(mean(values, (z) => z ** 4) - 3)).toBeLessThan(error * Math.sqrt(96));
  });

  it("has its tails", () => {
    const share = (limit: number) => mean(values, (z) => (Math.abs(z) > limit ? 1 : 0));
    expect(share(1)).toBeCloseTo(0.3173, 2);
    expect(share(2)).toBeCloseTo(0.0455, 3);
    expect(share(3)).toBeCloseTo(0.0027, 3);
    expect(share(4)).toBeGreaterThan(0);
  });

  it("gives the two numbers of a pair no correlation", () => {
    const evens = values.filter((_, index) => index % 2 === 0);
    const odds = values.filter((_, index) => index % 2 === 1);
    expect(Math.abs(correlation(evens, odds))).toBeLessThan(5 / Math.sqrt(COUNT / 2));
  });
});

describe("uniform", () => {
  const values = fillUniform(createRandom(2), new Float64Array(COUNT), 0, 1);

  it("stays in [0, 1) and uses all 53 bits", () => {
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.some((value) => (value * 2 ** 53) % 2 === 1)).toBe(true);
  });

  it("fills 1,000 bins evenly (chi-square)", () => {
    const statistic = chiSquare(values, 1000);
    expect(statistic).toBeGreaterThan(850); // 999 degrees of freedom: p = 0.0005 on either side
    expect(statistic).toBeLessThan(1150);
  });

  it("does not remember its last value", () => {
    expect(Math.abs(correlation(values.subarray(1), values.subarray(0, -1)))).toBeLessThan(5 / Math.sqrt(COUNT));
  });
});

describe("streams", () => {
  it.each([
    ["neighboring labels", createRandom(1).stream(1), createRandom(1).stream(2)],
    ["neighboring seeds", createRandom(1), createRandom(2)],
    ["a generator and its stream", createRandom(1), createRandom(1).stream("x")],
    ["one label under two seeds", createRandom(1).stream("x"), createRandom(2).stream("x")],
  ])("are uncorrelated: %s", (_, first, second) => {
    const count = 100_000;
    const a = fillUniform(first, new Float64Array(count), 0, 1);
    const b = fillUniform(second, new Float64Array(count), 0, 1);
    expect(Math.abs(correlation(a, b))).toBeLessThan(5 / Math.sqrt(count));
  });

  it("have first values that are uniform over seeds and over labels (chi-square, 100 bins)", () => {
    for (const first of [
      (index: number) => createRandom(index).uniform(),
      (index: number) => createRandom(1).stream(index).uniform(),
      (index: number) => createRandom(1).stream(`epoch ${index}`).uniform(),
    ]) {
      const firsts = Float64Array.from({ length: 20_000 }, (_, index) => first(index));
      expect(chiSquare(firsts, 100)).toBeLessThan(148.2); // 99 degrees of freedom, p = 0.001
    }
  });
});

describe("filling", () => {
  it("scales and shifts", () => {
    const uniform = fillUniform(createRandom(3), new Float32Array(10_000), -2, 6);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...uniform)).toBeLessThanOrEqual(6);
    const normal = fillNormal(createRandom(3), new Float64Array(100_000), 10, 2);
    expect(mean(normal)).toBeCloseTo(10, 1);
    expect(Math.sqrt(mean(normal, (value) => (value - 10) ** 2))).toBeCloseTo(2, 1);
  });

  it("refuses bounds and deviations that make no sense", () => {
    const random = createRandom(1);
    const into = new Float32Array(1);
    expect(() => fillUniform(random, into, 1, 0)).toThrow(RandomError);
    expect(() => fillUniform(random, into, 0, Number.POSITIVE_INFINITY)).toThrow(RandomError);
    expect(() => fillNormal(random, into, 0, -1)).toThrow(RandomError);
    expect(() => fillNormal(random, into, Number.NaN, 1)).toThrow(RandomError);
  });
});
