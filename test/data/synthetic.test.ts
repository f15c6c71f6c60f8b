import { createHash } from "node:crypto";
import { describe, expect, expectTypeOf, it } from "vitest";
import { DataOptionError, type Dataset, type Split, synthetic } from "../../src/data/index.js";
import { onCircle } from "../../src/data/portable-circle.js";

const { spiral, moons, circles, xor, blobs, regression, regressionTruth } = synthetic;
type SyntheticOptions = synthetic.SyntheticOptions;
const classified = { spiral, moons, circles, xor, blobs };

/** Both parts' points with their labels. */
function points({ training, test }: Split): { x: number; y: number; label: number }[] {
  return [training, test].flatMap(({ features, target, count }) =>
    Array.from({ length: count }, (_, row) => ({
      x: features[2 * row] ?? Number.NaN,
      y: features[2 * row + 1] ?? Number.NaN,
      label: target.kind === "class" ? (target.labels[row] ?? -1) : -1,
    })),
  );
}

const classCounts = (dataset: Dataset) => {
  const counts = new Array<number>(dataset.outputs).fill(0);
  if (dataset.target.kind === "class")
    for (const label of dataset.target.labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};

describe.each(Object.entries(classified))("synthetic.%s", (name, make) => {
  it("is 80/20 with even classes", () => {
    const { training, test } = make({ count: 300 });
    expect([training.count, test.count]).toEqual([240, 60]);
    expect(training).toMatchObject({
      name: `${name} (training)`,
      inputs: 2,
      preparation: "none",
      featureNames: ["x", "y"],
    });
    for (const counts of [classCounts(training), classCounts(test)]) {
      expect(Math.max(...counts) - Math.min(...counts)).toBe(0);
    }
  });

  it("is the seed's", () => {
    expect(make({ seed: 5 })).toEqual(make({ seed: 5 }));
    expect(make({ seed: 5 })).not.toEqual(make({ seed: 6 }));
  });

  it("adds noise of the deviation asked for to the same points", () => {
    const clean = points(make({ noise: 0, count: 2000 }));
    const noisy = points(make({ noise: 0.3, count: 2000 }));
    const shifts = noisy.flatMap(({ x, y }, index) => [x - (clean[index]?.x ?? 0), y - (clean[index]?.y ?? 0)]);
    const deviation = Math.sqrt(shifts.reduce((sum, shift) => sum + shift ** 2, 0) / shifts.length);
    expect(deviation).toBeCloseTo(0.3, 1);
  });

  it.each([
    [{ count: 1 } as SyntheticOptions, "count is 1; use a whole number from"],
    [{ count: 2.5 }, "count is 2.5"],
    [{ count: 1e9 }, "count is 1000000000"],
    [{ noise: -1 }, "noise is -1; use a standard deviation, 0 or more"],
    [{ noise: Number.NaN }, "noise is NaN"],
    [{ fraction: 0 }, "fraction is 0; use the share of the test part, between 0 and 1, such as 0.2"],
    [{ cuont: 5 } as SyntheticOptions, 'has no option "cuont"; use count, noise, seed, fraction'],
  ])("refuses %j", (options, message) => {
    expect(() => make(options)).toThrow(DataOptionError);
    expect(() => make(options)).toThrow(message);
  });

  it("refuses a bad seed", () => {
    expect(() => make({ seed: -1 })).toThrow(/^the seed is -1/);
  });
});

describe("the formulas, without noise", () => {
  const clean = { noise: 0, count: 400 };

  it("spiral: the radius is the turn beyond the arm's own", () => {
    for (const { x, y, label } of points(spiral({ ...clean, classes: 3 }))) {
      const radius = Math.hypot(x, y);
      const turn = Math.atan2(y, x) / (2 * Math.PI) - label / 3 - radius;
      expect(Math.abs(turn - Math.round(turn))).toBeLessThan(1e-6);
      expect(radius).toBeGreaterThan(0.099);
      expect(radius).toBeLessThan(1.001);
    }
  });

  it("moons: two half circles", () => {
    for (const { x, y, label } of points(moons(clean))) {
      const [cos, sin] = label === 0 ? [x, y] : [1 - x, 0.5 - y];
      expect(Math.hypot(cos, sin)).toBeCloseTo(1, 5);
      expect(sin).toBeGreaterThanOrEqual(-1e-6);
    }
  });

  it("circles: radius 1 and 1/2", () => {
    for (const { x, y, label } of points(circles(clean)))
      expect(Math.hypot(x, y)).toBeCloseTo(label === 0 ? 1 : 0.5, 5);
  });

  it("xor: the label says whether the signs differ", () => {
    const all = points(xor(clean));
    for (const { x, y, label } of all) expect(x * y < 0).toBe(label === 1);
    expect(new Set(all.map(({ x, y }) => `${Math.sign(x)} ${Math.sign(y)}`)).size).toBe(4);
  });

  it("blobs: centers on a circle of radius 2", () => {
    for (const { x, y, label } of points(blobs({ ...clean, classes: 5 }))) {
      expect(x).toBeCloseTo(2 * Math.cos((2 * Math.PI * label) / 5), 5);
      expect(y).toBeCloseTo(2 * Math.sin((2 * Math.PI * label) / 5), 5);
    }
  });

  it("regression: the known linear function", () => {
    const { training } = regression(clean);
    if (training.target.kind !== "value") throw new Error("regression must have values");
    const { weights, bias } = regressionTruth;
    training.target.values.forEach((value, row) => {
      const [a = 0, b = 0, c = 0] = training.features.subarray(3 * row, 3 * row + 3);
      expect(value).toBeCloseTo(weights[0] * a + weights[1] * b + weights[2] * c + bias, 4);
    });
    expect(regression(clean)).toEqual(regression(clean));
    expect(training.target.names).toEqual(["y"]);
  });
});

describe("types and classes", () => {
  it("carry the number of classes", () => {
    expectTypeOf(spiral()).toEqualTypeOf<Split<2, 2>>();
    expectTypeOf(spiral({ classes: 3 })).toEqualTypeOf<Split<2, 3>>();
    expectTypeOf(blobs()).toEqualTypeOf<Split<2, 3>>();
    expectTypeOf(moons()).toEqualTypeOf<Split<2, 2>>();
    expectTypeOf(regression()).toEqualTypeOf<Split<3, 1>>();
    const { target, outputs } = spiral({ classes: 3 }).test;
    expect(outputs).toBe(3);
    expect(target.kind === "class" && target.classes).toEqual(["arm 1", "arm 2", "arm 3"]);
  });

  it.each([1, 101, 2.5, Number.NaN])("refuse %d classes", (classes) => {
    expect(() => spiral({ classes })).toThrow(
      `synthetic.spiral: classes is ${classes}; use a whole number from 2 to 100`,
    );
    expect(() => blobs({ classes })).toThrow(DataOptionError);
  });

  it("tell of the options of their own", () => {
    const options: object = { clases: 3 };
    expect(() => spiral(options)).toThrow(/use count, noise, seed, fraction, classes$/);
    const none: object = { classes: 3 };
    expect(() => moons(none)).toThrow(/^synthetic.moons has no option "classes"/);
  });
});

describe("the same bits everywhere", () => {
  it.each([
    ["spiral", spiral(), "08ca346fd90aa1e7"],
    ["moons", moons(), "6bcfe5ed65f63535"],
    ["circles", circles(), "220a0b96b3e56b73"],
    ["xor", xor(), "601ea583052d90b3"],
    ["blobs", blobs(), "b69ebe5bf90307b2"],
    ["regression", regression(), "2a4952fdce6d8a62"],
  ] as const)("pins the checksum of %s", (_, { training, test }, expected) => {
    const hash = createHash("sha256");
    for (const { features, target } of [training, test]) {
      hash.update(features).update(target.kind === "class" ? target.labels : target.values);
    }
    expect(hash.digest("hex").slice(0, 16)).toBe(expected);
  });
});

describe("onCircle", () => {
  it("is cos and sin to the last bits", () => {
    for (let step = -4000; step <= 4000; step++) {
      const turns = step / 1999;
      const [cos, sin] = onCircle(turns);
      expect(Math.abs(cos - Math.cos(2 * Math.PI * turns))).toBeLessThan(3e-15);
      expect(Math.abs(sin - Math.sin(2 * Math.PI * turns))).toBeLessThan(3e-15);
    }
  });

  it("is exact at quarter turns", () => {
    expect([0, 0.25, 0.5, 0.75, 1].map(onCircle)).toEqual([
      [1, 0],
      [-0, 1],
      [-1, -0],
      [0, -1],
      [1, 0],
    ]);
  });
});
