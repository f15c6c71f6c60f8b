import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyNormalizer,
  createDataset,
  DataError,
  type Dataset,
  digits,
  fitNormalizer,
  splitDataset,
} from "../../src/data/index.js";

function table(features: readonly number[], inputs: number): Dataset {
  const values = new Array<number>(features.length / inputs).fill(0);
  return createDataset({ name: "table", inputs, features, target: { kind: "value", values, names: ["y"] } });
}

describe("fitNormalizer", () => {
  it("standardizes each column by its mean and deviation", () => {
    const dataset = table([1, 10, 2, 20, 3, 60], 2);
    const normalizer = fitNormalizer(dataset, "standardize");
    expect(normalizer.shift).toEqual([2, 30]);
    expect(normalizer.factor[0]).toBe(Math.fround(1 / Math.sqrt(2 / 3)));
    expect(normalizer.factor[1]).toBe(Math.fround(1 / Math.sqrt(1400 / 3)));
  });

  it("gives mean 0 and deviation 1 wherever there is something to scale", () => {
    const column = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(column, (features) => {
        fc.pre(Math.max(...features) - Math.min(...features) > 0.01);
        const dataset = table(features, 1);
        const prepared = Array.from(applyNormalizer(fitNormalizer(dataset, "standardize"), dataset.features));
        const mean = prepared.reduce((sum, value) => sum + value, 0) / prepared.length;
        const variance = prepared.reduce((sum, value) => sum + (value - mean) ** 2, 0) / prepared.length;
        expect(Math.abs(mean)).toBeLessThan(0.02);
        expect(Math.abs(variance - 1)).toBeLessThan(1e-3);
      }),
    );
  });

  it("shifts a constant column to 0 and does not scale it", () => {
    const dataset = table([0.1, 1, 0.1, 2, 0.1, 3], 2);
    const normalizer = fitNormalizer(dataset, "standardize");
    expect(normalizer.factor[0]).toBe(1);
    expect(Array.from(applyNormalizer(normalizer, dataset.features)).filter((_, index) => index % 2 === 0)).toEqual([
      0, 0, 0,
    ]);
    expect(fitNormalizer(table([4, 4], 1), "scale")).toEqual({ kind: "scale", shift: [4], factor: [1] });
  });

  it("scales by the whole table, pixels of the digits by 16", () => {
    expect(fitNormalizer(table([-1, 3, 1, 0], 2), "scale")).toEqual({
      kind: "scale",
      shift: [-1, -1],
      factor: [0.25, 0.25],
    });
    const { training, test } = digits();
    const normalizer = fitNormalizer(training);
    expect(normalizer).toEqual({ kind: "scale", shift: Array(64).fill(0), factor: Array(64).fill(1 / 16) });
    expect(applyNormalizer(normalizer, test.features)).toEqual(test.features.map((value) => value / 16));
  });

  it("does nothing when nothing is to be done", () => {
    const dataset = table([1.5, -2], 1);
    const normalizer = fitNormalizer(dataset);
    expect(normalizer.kind).toBe("none");
    expect(applyNormalizer(normalizer, dataset.features)).toEqual(dataset.features);
  });

  it("knows the training part only", () => {
    const { training, test } = splitDataset(table([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000], 1), { seed: 1, fraction: 0.3 });
    const fitted = fitNormalizer(training, "standardize");
    const { features } = training;
    const mean = features.reduce((sum, value) => sum + value, 0) / features.length;
    expect(fitted.shift).toEqual([Math.fround(mean)]);
    expect(fitted).not.toEqual(fitNormalizer(test, "standardize"));
    const before = JSON.stringify(fitted);
    applyNormalizer(fitted, test.features);
    expect(JSON.stringify(fitted)).toBe(before);
  });

  it("is plain JSON of float32 numbers", () => {
    const normalizer = fitNormalizer(table([0.1, 0.2, 0.7, 1 / 3], 2), "standardize");
    expect(JSON.parse(JSON.stringify(normalizer))).toEqual(normalizer);
    for (const value of [...normalizer.shift, ...normalizer.factor]) expect(Math.fround(value)).toBe(value);
  });

  it.each([
    ["too wide", [-3e38, 3e38]],
    ["too narrow", [0, 1e-45]],
  ])("refuses a spread that is %s for float32", (_, features) => {
    for (const kind of ["standardize", "scale"] as const) {
      expect(() => fitNormalizer(table(features, 1), kind)).toThrow(DataError);
      expect(() => fitNormalizer(table(features, 1), kind)).toThrow(/a spread float32 cannot prepare/);
    }
  });
});

describe("applyNormalizer", () => {
  const normalizer = { kind: "standardize", shift: [1, 2], factor: [2, 0.5] } as const;

  it("rounds each operation to float32", () => {
    const shift = Math.fround(0.1);
    const factor = Math.fround(3.3);
    const x = Math.fround(123.456);
    const [prepared] = applyNormalizer({ kind: "scale", shift: [shift], factor: [factor] }, Float32Array.of(x));
    expect(prepared).toBe(Math.fround(Math.fround(x - shift) * factor));
  });

  it("writes where it is told, in place too", () => {
    const features = Float32Array.of(3, 4);
    const into = new Float32Array(3);
    expect(applyNormalizer(normalizer, features, into)).toBe(into);
    expect(Array.from(into)).toEqual([4, 1, 0]);
    applyNormalizer(normalizer, features, features);
    expect(Array.from(features)).toEqual([4, 1]);
  });

  it("refuses rows of another width and too little room", () => {
    expect(() => applyNormalizer(normalizer, new Float32Array(3))).toThrow(
      /^the preparation is for rows of 2 features/,
    );
    expect(() => applyNormalizer(normalizer, new Float32Array(4), new Float32Array(2))).toThrow(RangeError);
  });
});
