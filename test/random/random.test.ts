import { describe, expect, it } from "vitest";
import { createRandom, RandomError, restoreRandom } from "../../src/random/index.js";

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

describe("the same bits everywhere", () => {
  it("pins the first values of seed 1", () => {
    const random = createRandom(1);
    expect(draw(3, random.uniform)).toEqual([0.3019133271677281, 0.3243097378396833, 0.7771190945590494]);
    expect(draw(5, random.normal)).toEqual([
      1.7532392743531375, -1.8955472723509297, 0.39618704405859206, 1.7812840097254776, -0.20587246355117506,
    ]);
    expect(draw(8, () => random.integer(10))).toEqual([1, 6, 4, 2, 2, 7, 6, 6]);
    expect(random.integer(2 ** 53 - 1)).toBe(3658214126271619);
    expect(Array.from(random.shuffle(Int32Array.from({ length: 8 }, (_, index) => index)))).toEqual([
      1, 2, 0, 6, 4, 7, 5, 3,
    ]);
    expect(random.stream("dropout").uniform()).toBe(0.658012414559085);
    expect(random.stream(7).uniform()).toBe(0.4884232487280944);
    expect(random.state()).toEqual({
      key: [2735962531, 3831328670, 1800066432, 2445953410],
      words: [1332658442, 226692360, 2240260607, 2701838820],
      spare: -1.7274325038323368,
    });
  });

  it("gives every seed its own numbers, neighbors and extremes included", () => {
    const seeds = [...Array(2000).keys(), 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => createRandom(seed).uniform())).size).toBe(seeds.length);
  });
});

describe("seeds", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 2 ** 53, 1e300])("refuses %d with one sentence", (seed) => {
    expect(() => createRandom(seed)).toThrow(RandomError);
    expect(() => createRandom(seed)).toThrow(`the seed is ${seed}; use a whole number from 0 to 9007199254740991`);
  });
});

describe("integer", () => {
  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])("refuses %d outcomes", (n) => {
    expect(() => createRandom(1).integer(n)).toThrow(RandomError);
  });

  it("stays within range and reaches both ends", () => {
    const random = createRandom(3);
    expect(new Set(draw(200, () => random.integer(3)))).toEqual(new Set([0, 1, 2]));
    expect(random.integer(1)).toBe(0);
    for (const n of [2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1]) {
      const values = draw(500, () => random.integer(n));
      expect(values.every((value) => Number.isSafeInteger(value) && value >= 0 && value < n)).toBe(true);
      expect(Math.max(...values)).toBeGreaterThan(0.9 * n);
    }
  });
});

describe("streams", () => {
  it("depend on seed and label only, not on what was drawn", () => {
    const fresh = createRandom(5);
    const used = createRandom(5);
    draw(101, used.normal);
    expect(draw(5, used.stream("init").uniform)).toEqual(draw(5, fresh.stream("init").uniform));
  });

  it("leave their origin where it was", () => {
    const random = createRandom(5);
    const before = random.state();
    random.stream("init").uniform();
    expect(random.state()).toEqual(before);
  });

  it("differ by label, by kind of label, by nesting and by seed", () => {
    const random = createRandom(5);
    const firsts = [
      random,
      random.stream(""),
      random.stream("1"),
      random.stream(1),
      random.stream("a").stream("b"),
      random.stream("b").stream("a"),
      random.stream("ab"),
      createRandom(6).stream("ab"),
      createRandom(1).stream(5),
    ].map((stream) => stream.uniform());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it.each([Number.NaN, -1, 0.5, 2 ** 53])("refuses the number %d as a label", (label) => {
    expect(() => createRandom(1).stream(label)).toThrow(/^the label of a stream is .*; use a whole number/);
  });
});

describe("shuffle", () => {
  it("is a permutation, in place", () => {
    const indices = Int32Array.from({ length: 1000 }, (_, index) => index);
    expect(createRandom(2).shuffle(indices)).toBe(indices);
    expect(indices[0] === 0 && indices[1] === 1 && indices[2] === 2).toBe(false);
    expect(Array.from(indices.toSorted())).toEqual([...Array(1000).keys()]);
  });

  it("accepts nothing and one", () => {
    expect(createRandom(2).shuffle(new Int32Array(0))).toHaveLength(0);
    expect(Array.from(createRandom(2).shuffle(Int32Array.of(9)))).toEqual([9]);
  });

  it("makes all 24 orders of four equally likely (chi-square)", () => {
    const random = createRandom(11);
    const counts = new Map<string, number>();
    for (let trial = 0; trial < 24_000; trial++) {
      const order = random.shuffle(Int32Array.of(0, 1, 2, 3)).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(49.7); // 23 degrees of freedom, p = 0.001
  });
});

describe("state", () => {
  it.each([0, 1, 2, 3])("goes on exactly after %d normal numbers, through JSON", (drawn) => {
    const random = createRandom(8);
    draw(drawn, random.normal);
    const restored = restoreRandom(JSON.parse(JSON.stringify(random.state())));
    expect(draw(7, restored.normal)).toEqual(draw(7, random.normal));
    expect(restored.uniform()).toBe(random.uniform());
    expect(restored.stream("x").uniform()).toBe(random.stream("x").uniform());
  });

  it("refuses a damaged state", () => {
    const state = createRandom(8).state();
    expect(() => restoreRandom({ ...state, words: [0, 0, 0, 0] })).toThrow(RandomError);
    expect(() => restoreRandom({ ...state, words: [1, 2, 3, 2 ** 32] })).toThrow(RandomError);
    expect(() => restoreRandom({ ...state, key: [1, 2, 3, -1] })).toThrow(RandomError);
    expect(() => restoreRandom({ ...state, spare: Number.NaN })).toThrow(RandomError);
    expect(() => restoreRandom(JSON.parse("{}"))).toThrow(RandomError);
  });
});
