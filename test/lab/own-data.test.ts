import { describe, expect, it } from "vitest";
import { readOwnData } from "../../lab/model/own-data.js";

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join("\n");

describe("data of the reader's own", () => {
  it("predicts the last column unless another is chosen, and says what was taken for what", async () => {
    const text = `height,color,kind\n${rows(40, (i) => `${(i * 7) % 11},${["red", "green", "blue"][i % 3]},${i % 2 ? "cat" : "dog"}`)}`;
    const { split, notes, target } = await readOwnData(text, 1);
    expect(split.training.count + split.test.count).toBe(40);
    expect(target).toBe("kind");
    expect(split.training.target).toMatchObject({ kind: "class", classes: ["cat", "dog"] });
    expect(notes.map(({ name, kind }) => [name, kind])).toEqual([
      ["height", "number"],
      ["color", "category"],
      ["kind", "boolean"],
    ]);
    const other = await readOwnData(text, 1, "height");
    expect(other.split.training.target.kind).toBe("value");
  });

  it.each([
    ["", "there are no rows yet"],
    ["1,2,a", "the table has rows: 1; give at least 10"],
    [rows(12, (i) => (i === 4 ? "1,2" : "1,2,3")), "5"],
  ])("says what is wrong with %j", async (text, message) => {
    await expect(readOwnData(text, 1)).rejects.toThrow(message);
  });
});
