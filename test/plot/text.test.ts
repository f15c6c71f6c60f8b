import { describe, expect, it } from "vitest";
import { commonMistakes, confusionTable, cutText, grayPicture, sideBySide, textTable } from "../../src/plot/index.js";
import { textWidth } from "../../src/plot/text.js";

describe("textTable", () => {
  it("aligns columns, numbers at the right, by the cells that characters take", () => {
    const rows = [
      ["name", "count", "remark"],
      ["数字", "5", "two cells each"],
      ["digits", "1,797", ""],
    ];
    expect(textTable({ rows, right: [1] })).toEqual([
      "name    count  remark",
      "数字        5  two cells each",
      "digits  1,797",
    ]);
  });

  it("cuts the last column to the width there is", () => {
    expect(textTable({ rows: [["a", "a long remark"]], width: 10 })).toEqual(["a  a long…"]);
  });

  it("paints a cell after filling it up", () => {
    const paint = (cell: string, row: number, column: number) => (row === 0 && column === 0 ? `<${cell}>` : cell);
    expect(
      textTable({
        rows: [
          ["a", "b"],
          ["abc", "d"],
        ],
        paint,
      }),
    ).toEqual(["<a  >  b", "abc  d"]);
  });
});

describe("cutText", () => {
  it("leaves what fits and never exceeds the width, even with wide characters", () => {
    expect(cutText("abc", 3)).toBe("abc");
    expect(cutText("abcd", 3)).toBe("ab…");
    for (let cells = 1; cells < 8; cells++) expect(textWidth(cutText("数字digits", cells))).toBeLessThanOrEqual(cells);
  });
});

describe("confusionTable", () => {
  const classes = ["cat", "dog", "bird"];
  const counts = [10, 2, 0, 0, 7, 1, 0, 0, 0];

  it("shows counts with the recall of each class, and nothing where there is nothing", () => {
    expect(confusionTable({ classes, counts })).toEqual([
      "truth   cat   dog  bird  recall",
      "cat      10     2     ·   83.3%",
      "dog       ·     7     1   87.5%",
      "bird      ·     ·     0       –",
    ]);
  });

  it("numbers the columns where names do not fit, and gives up where numbers do not either", () => {
    const long = ["a rather long name", "another long name", "short"];
    expect(confusionTable({ classes: long, counts, width: 60 })?.[0]).toBe("truth             #1  #2  #3  recall");
    expect(confusionTable({ classes: long, counts, width: 60 })?.[1]).toBe("a rather long n…  10   2   ·   83.3%");
    expect(confusionTable({ classes: long, counts, width: 20 })).toBeUndefined();
  });

  it("marks right and wrong counts", () => {
    const table = confusionTable({
      classes,
      counts,
      right: (text) => `+${text.trim()}`,
      wrong: (text) => `-${text.trim()}`,
    });
    expect(table?.[1]).toBe("cat  +10-2     ·   83.3%");
  });

  it("lists the most frequent mistakes first", () => {
    expect(commonMistakes(classes, counts, 5)).toEqual([
      { truth: "cat", predicted: "dog", count: 2 },
      { truth: "dog", predicted: "bird", count: 1 },
    ]);
  });
});

describe("grayPicture", () => {
  const pixels = [0, 16, 16, 0, 0, 16];

  it("puts two pixels into each cell, a last row alone included", () => {
    expect(grayPicture({ pixels, width: 2, most: 16, shades: false })).toEqual(["▄▀", " ▀"]);
  });

  it("uses 24 shades of gray where there are colors", () => {
    const [line] = grayPicture({ pixels: [0, 16, 8, 99], width: 2, most: 16, shades: true });
    expect(line).toBe("\u001b[38;5;232;48;5;244m▀\u001b[38;5;255;48;5;255m▀\u001b[0m");
  });

  it("stands beside others", () => {
    expect(sideBySide([["ab", "cd"], ["ef"]], "|")).toEqual(["ab|ef", "cd|"]);
  });
});
