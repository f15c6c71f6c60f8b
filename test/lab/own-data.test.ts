import { describe, expect, it } from "vitest";
import { readOwnData } from "../../lab/model/own-data.js";

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join("\n");

describe("data of the reader's own", () => {
  it("takes names, words as classes, and splits by the seed", () => {
    const text = `height,weight,kind\n${rows(20, (i) => `${i},${i * 2},${i % 2 ? "cat" : "dog"}`)}`;
    const { training, test } = readOwnData(text, 1);
    expect(training.count + test.count).toBe(20);
    expect(training.featureNames).toEqual(["height", "weight"]);
    expect(training.target).toMatchObject({ kind: "class", classes: ["cat", "dog"] });
    expect(training.preparation).toBe("standardize");
  });

  it("takes semicolons and tabs, and amounts as numbers to predict", () => {
    for (const separator of [";", "\t"]) {
      const { training } = readOwnData(
        rows(20, (i) => [i, i / 7].join(separator)),
        1,
      );
      expect(training.target.kind).toBe("value");
    }
  });

  it.each([
    [rows(3, (i) => `${i},1`), "your data has rows: 3; give at least 10"],
    [rows(12, (i) => `${i}`), "one column; give features and, last, the answer"],
    [rows(12, (i) => (i === 4 ? "1,2" : "1,2,3")), "row 5 of your data has 2 cells, the first has 3"],
    [rows(12, (i) => (i === 4 ? "1,x,a" : "1,2,b")), 'row 5 of your data has "x" in column x2, which is no number'],
  ])("says what is wrong", (text, message) => {
    expect(() => readOwnData(text, 1)).toThrow(message);
  });
});
