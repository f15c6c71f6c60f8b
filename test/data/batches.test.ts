import { describe, expect, it } from "vitest";
import { batchCount, batchLength, epochOrder, gatherLabels, gatherOneHot, gatherRows } from "../../src/data/index.js";
import { createRandom } from "../../src/random/index.js";

const order = Int32Array.of(3, 1, 0, 2);
const table = Float32Array.of(0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5);
const labels = Int32Array.of(0, 1, 2, 1);

describe("batches", () => {
  it("cover all examples, the last one being partial", () => {
    const lengths = Array.from({ length: batchCount(10, 4) }, (_, index) => batchLength(10, 4, index));
    expect(lengths).toEqual([4, 4, 2]);
    expect(batchCount(8, 4)).toBe(2);
    expect(batchCount(3, 100)).toBe(1);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuse the size %d", (size) => {
    expect(() => batchCount(10, size)).toThrow(`the batch size is ${size}; use a whole number from 1`);
  });
});

describe("gathering", () => {
  it("copies rows, into float32 or float64, and leaves the rest", () => {
    const into = new Float64Array(6).fill(-1);
    gatherRows(table, 2, order, 1, 2, into);
    expect(Array.from(into)).toEqual([1, 1.5, 0, 0.5, -1, -1]);
    const narrow = new Float32Array(4);
    gatherRows(table, 2, order, 2, 2, narrow);
    expect(Array.from(narrow)).toEqual([0, 0.5, 2, 2.5]);
  });

  it("copies labels as they are and as one-hot rows", () => {
    const into = new Int32Array(3).fill(9);
    gatherLabels(labels, order, 1, 2, into);
    expect(Array.from(into)).toEqual([1, 0, 9]);
    const rows = new Float32Array(9).fill(9);
    gatherOneHot(labels, 3, order, 2, 2, rows);
    expect(Array.from(rows)).toEqual([1, 0, 0, 0, 0, 1, 9, 9, 9]);
  });

  it("refuses to go past either end", () => {
    expect(() => gatherRows(table, 2, order, 3, 2, new Float32Array(4))).toThrow(RangeError);
    expect(() => gatherRows(table, 2, order, 0, 2, new Float32Array(3))).toThrow(
      "the batch holds 4 numbers but there is room for 3",
    );
    expect(() => gatherLabels(labels, order, -1, 2, new Int32Array(2))).toThrow(RangeError);
    expect(() => gatherOneHot(labels, 3, order, 0, 2, new Float32Array(5))).toThrow(RangeError);
  });
});

describe("epochOrder", () => {
  const epoch = (seed: number, number: number) =>
    Array.from(epochOrder(createRandom(seed), number, new Int32Array(50)));

  it("is a permutation that depends on seed and epoch only", () => {
    const random = createRandom(1);
    random.normal();
    const used = epochOrder(random, 3, new Int32Array(50).fill(7));
    expect(Array.from(used)).toEqual(epoch(1, 3));
    expect(epoch(1, 3).sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
    expect(epoch(1, 3)).not.toEqual(epoch(1, 4));
    expect(epoch(1, 3)).not.toEqual(epoch(2, 3));
  });

  it("pins the first order of seed 1", () => {
    expect(Array.from(epochOrder(createRandom(1), 0, new Int32Array(8)))).toEqual([7, 3, 5, 4, 6, 2, 1, 0]);
  });
});
