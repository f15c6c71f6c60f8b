import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDataset, DataError, DataOptionError, type Dataset, kFold, splitDataset } from "../../src/data/index.js";

/** Rows whose only feature is their position. */
function numbered(labels: readonly number[], classes = 3): Dataset<1, number> {
  return createDataset({
    name: "numbered",
    inputs: 1,
    features: labels.map((_, row) => row),
    target: { kind: "class", labels, classes: Array.from({ length: classes }, (_, label) => `class ${label}`) },
  });
}

function values(count: number): Dataset<1, number> {
  const rows = Array.from({ length: count }, (_, row) => row);
  return createDataset({
    name: "values",
    inputs: 1,
    features: rows,
    target: { kind: "value", values: rows, names: ["y"] },
  });
}

const labelsOf = ({ target }: Dataset) => (target.kind === "class" ? Array.from(target.labels) : []);
const tally = (dataset: Dataset, classes = 3) =>
  Array.from({ length: classes }, (_, label) => labelsOf(dataset).filter((own) => own === label).length);
const rowsOf = (dataset: Dataset) => Array.from(dataset.features);
const anyLabels = fc.array(fc.nat(2), { minLength: 12, maxLength: 200 });

describe("splitDataset", () => {
  it("keeps every example once, in order, with its label", () => {
    fc.assert(
      fc.property(anyLabels, fc.nat(1000), fc.double({ min: 0.1, max: 0.9, noNaN: true }), (labels, seed, fraction) => {
        const { training, test } = splitDataset(numbered(labels), { seed, fraction });
        expect([...rowsOf(training), ...rowsOf(test)].sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const part of [training, test]) {
          expect(rowsOf(part)).toEqual(rowsOf(part).sort((a, b) => a - b));
          expect(labelsOf(part)).toEqual(rowsOf(part).map((row) => labels[row]));
        }
      }),
    );
  });

  it("keeps the shares of the classes", () => {
    const labels = Array.from({ length: 100 }, (_, row) => (row < 70 ? 0 : row < 90 ? 1 : 2));
    const { training, test } = splitDataset(numbered(labels), { fraction: 0.2 });
    expect(tally(training)).toEqual([56, 16, 8]);
    expect(tally(test)).toEqual([14, 4, 2]);
  });

  it("rounds by largest remainders to the size that was asked for", () => {
    const labels = Array.from({ length: 30 }, (_, row) => row % 3);
    expect(tally(splitDataset(numbered(labels), { fraction: 0.25 }).test)).toEqual([3, 3, 2]);
  });

  it("leaves every class an example to learn from", () => {
    const { training, test } = splitDataset(numbered([0, 0, 0, 1, 1, 2]), { fraction: 0.9 });
    expect(tally(training)).toEqual([1, 1, 1]);
    expect(tally(test)).toEqual([2, 1, 0]);
  });

  it("depends on the seed alone", () => {
    const labels = Array.from({ length: 60 }, (_, row) => row % 3);
    const rows = (seed: number) => rowsOf(splitDataset(numbered(labels), { seed }).test);
    expect(rows(4)).toEqual(rows(4));
    expect(rows(4)).not.toEqual(rows(5));
  });

  it("splits values and, when asked, classes without strata", () => {
    expect(splitDataset(values(10)).test.count).toBe(2);
    expect(splitDataset(numbered([0, 1, 2]), { stratified: false }).test.count).toBe(1);
    expect(splitDataset(values(2), { fraction: 0.01 }).test.count).toBe(1);
    expect(splitDataset(values(2), { fraction: 0.99 }).training.count).toBe(1);
  });

  it("names its parts", () => {
    const { training, test } = splitDataset(values(10));
    expect([training.name, test.name]).toEqual(["values (training)", "values (test)"]);
  });

  it.each([0, 1, -0.2, 2, Number.NaN])("refuses the fraction %d", (fraction) => {
    expect(() => splitDataset(values(10), { fraction })).toThrow(DataOptionError);
  });

  it("refuses what it cannot do", () => {
    expect(() => splitDataset(values(1))).toThrow('data "values" has one example, too few for two parts');
    expect(() => splitDataset(numbered([0, 1, 2]))).toThrow(DataError);
    expect(() => splitDataset(numbered([0, 1, 2]))).toThrow(/pass stratified: false$/);
    expect(() => splitDataset(values(10), { stratified: true })).toThrow(
      'data "values" has no classes to stratify by; leave stratified out',
    );
    const misspelled: object = { fracton: 0.5 };
    expect(() => splitDataset(values(10), misspelled)).toThrow(
      'splitDataset has no option "fracton"; use fraction, seed, stratified',
    );
  });
});

describe("kFold", () => {
  it("tests every example once, with even sizes and even classes", () => {
    fc.assert(
      fc.property(anyLabels, fc.integer({ min: 2, max: 7 }), fc.nat(1000), (labels, folds, seed) => {
        const splits = kFold(numbered(labels), folds, seed);
        expect(splits).toHaveLength(folds);
        expect(splits.flatMap(({ test }) => rowsOf(test)).sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const { training, test } of splits) {
          expect(training.count + test.count).toBe(labels.length);
          expect(Math.abs(test.count - labels.length / folds)).toBeLessThan(1);
          const all = tally(numbered(labels));
          tally(test).forEach((count, label) => {
            expect(Math.abs(count - (all[label] ?? 0) / folds)).toBeLessThan(1);
          });
        }
      }),
    );
  });

  it("folds values too, up to one example a fold", () => {
    expect(kFold(values(5), 5).map(({ test }) => test.count)).toEqual([1, 1, 1, 1, 1]);
  });

  it.each([0, 1, 6, 2.5, Number.NaN])("refuses %d folds of five examples", (folds) => {
    expect(() => kFold(values(5), folds)).toThrow(
      /^kFold of data "values": folds is .*; use a whole number from 2 to 5$/,
    );
  });
});
