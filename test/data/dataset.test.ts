import { describe, expect, expectTypeOf, it } from "vitest";
import { createDataset, DataError, type Dataset, type DatasetParts, takeRows } from "../../src/data/index.js";

const flowers = {
  name: "mine",
  inputs: 2,
  features: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  target: { kind: "class", labels: [0, 1, 1], classes: ["a", "b"] },
  featureNames: ["height", "width"],
} as const satisfies DatasetParts<2, number>;

const refusal = (changed: object) => () => createDataset({ ...flowers, ...changed });

describe("createDataset", () => {
  it("flattens rows and counts", () => {
    const dataset = createDataset(flowers);
    expect(dataset).toEqual({
      name: "mine",
      count: 3,
      inputs: 2,
      outputs: 2,
      features: Float32Array.of(1, 2, 3, 4, 5, 6),
      target: { kind: "class", labels: Int32Array.of(0, 1, 1), classes: ["a", "b"] },
      featureNames: ["height", "width"],
      preparation: "none",
    });
  });

  it("keeps the sizes in the type", () => {
    const dataset = createDataset({ ...flowers, outputs: 2 });
    expectTypeOf(dataset).toEqualTypeOf<Dataset<2, 2>>();
    expectTypeOf(createDataset(flowers)).toEqualTypeOf<Dataset<2, number>>();
  });

  it("keeps flat float32 features as they are", () => {
    const features = Float32Array.of(1, 2, 3, 4, 5, 6);
    const labels = Int32Array.of(0, 1, 0);
    const dataset = createDataset({ ...flowers, features, target: { ...flowers.target, labels } });
    expect(dataset.features).toBe(features);
    expect(dataset.target).toHaveProperty("labels", labels);
  });

  it("takes values to predict", () => {
    const dataset = createDataset({
      name: "prices",
      inputs: 1,
      features: [1, 2],
      target: {
        kind: "value",
        values: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        names: ["x", "y", "z"],
      },
    });
    expect(dataset.outputs).toBe(3);
    expect(dataset).not.toHaveProperty("featureNames");
  });

  it.each([
    [
      { features: [1, 2, 3, Number.NaN, 5, 6] },
      'data "mine", row 2, column 2 ("width") is NaN: fill in or drop missing numbers before training',
    ],
    [
      { features: [1, 2, 3, 4, Number.NEGATIVE_INFINITY, 6] },
      'data "mine", row 3, column 1 ("height") is -Infinity: replace it with a finite number or drop the row',
    ],
    [
      { features: [1, 2, 3, 1e39, 5, 6] },
      'data "mine", row 2, column 2 ("width") is 1e+39: float32 holds magnitudes up to 3.4e38; use a larger unit for this column',
    ],
    [
      { features: [[1, 2], [3], [5, 6]] },
      'data "mine", row 2 is 1 long where 2 is expected; make all rows equally long',
    ],
    [{ features: [1, 2, 3] }, 'data "mine" has length 3, which is no multiple of its row length 2; check its shape'],
    [{ features: [] }, 'data "mine" has no examples; give at least one row'],
    [{ features: [1, 2] }, 'data "mine" has rows: 1, targets: 3; give one target a row'],
    [{ inputs: 0 }, 'data "mine": inputs is 0; give the number of features of an example, at least 1'],
    [{ inputs: 1.5 }, 'data "mine": inputs is 1.5; give the number of features of an example, at least 1'],
    [{ featureNames: ["a"] }, 'data "mine" has features: 2, feature names: 1; give one name a feature or none at all'],
    [{ preparation: "zscore" }, 'data "mine": preparation is "zscore"; use none, standardize, scale'],
    [{ outputs: 3 }, 'data "mine": outputs is 3 but there are 2 classes; make them equal'],
    [
      { target: { kind: "class", labels: [0, 2, 1], classes: ["a", "b"] } },
      'data "mine", row 2 has the label 2; use whole numbers from 0 to 1, the position of the class',
    ],
    [
      { target: { kind: "class", labels: [0, 1, 0.5], classes: ["a", "b"] } },
      'data "mine", row 3 has the label 0.5; use whole numbers from 0 to 1, the position of the class',
    ],
    [
      { target: { kind: "class", labels: [0, 0, 0], classes: ["a"] } },
      'data "mine" has classes: 1; give at least two, or there is nothing to tell apart',
    ],
    [
      { target: { kind: "class", labels: [0, 0, 0], classes: ["a", "b", "a"] } },
      'data "mine" has the class "a" twice; give each class its own name',
    ],
    [
      { target: { kind: "value", values: [1, 2, Number.NaN], names: ["price"] } },
      'data "mine", row 3, target "price" is NaN: fill in or drop missing numbers before training',
    ],
    [
      { target: { kind: "value", values: [1, 2, 3], names: [] } },
      'data "mine" has no target names; name each number to be predicted',
    ],
  ])("refuses %j", (changed, message) => {
    expect(refusal(changed)).toThrow(DataError);
    expect(refusal(changed)).toThrow(expect.objectContaining({ message }));
  });

  it("counts columns when they have no names", () => {
    const { featureNames: _, ...unnamed } = flowers;
    expect(() => createDataset({ ...unnamed, features: [1, 2, 3, Number.NaN, 5, 6] })).toThrow(
      'data "mine", row 2, column 2 is NaN',
    );
  });
});

describe("takeRows", () => {
  it("copies rows in the order asked for", () => {
    const dataset = createDataset(flowers);
    const taken = takeRows(dataset, [2, 0, 2], "some");
    expect(taken).toMatchObject({ name: "some", count: 3, features: Float32Array.of(5, 6, 1, 2, 5, 6) });
    expect(taken.target).toEqual({ kind: "class", labels: Int32Array.of(1, 0, 1), classes: ["a", "b"] });
    expectTypeOf(taken).toEqualTypeOf<Dataset<2, number>>();
  });

  it("copies several values a row", () => {
    const target = { kind: "value", values: [1, 2, 3, 4, 5, 6], names: ["x", "y"] } as const;
    expect(takeRows(createDataset({ ...flowers, target }), [1]).target).toMatchObject({
      values: Float32Array.of(3, 4),
    });
  });

  it.each([[[3]], [[-1]], [[0.5]], [[0, Number.NaN]]])("refuses the rows %j", (rows) => {
    expect(() => takeRows(createDataset(flowers), rows)).toThrow(
      /^data "mine" has no row .*; use positions from 0 to 2$/,
    );
  });

  it("refuses no rows", () => {
    expect(() => takeRows(createDataset(flowers), [])).toThrow(DataError);
  });
});
