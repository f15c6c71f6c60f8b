import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, expectTypeOf, it } from "vitest";
import { allDigits, DataOptionError, type Dataset, digits, type Split } from "../../src/data/index.js";

const source = new URL("../../../shared/data/sets/digits.csv.gz", import.meta.url);

const labelsOf = ({ target }: Dataset) => (target.kind === "class" ? Array.from(target.labels) : []);

/** Rows of 64 pixels and the digit, as the source has them. */
function rowsOf(dataset: Dataset): number[][] {
  const labels = labelsOf(dataset);
  return labels.map((label, row) => [...dataset.features.subarray(64 * row, 64 * (row + 1)), label]);
}

describe("the embedded digits", () => {
  it("are the 1,797 of the source, by their checksum", () => {
    const bytes = Uint8Array.from(rowsOf(allDigits()).flat());
    expect(bytes).toHaveLength(1797 * 65);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      "68aea062d35a127749050fa0e52dca09d6569ac08092c925610e0954e172dde2",
    );
  });

  it("are the source itself, number by number", ({ skip }) => {
    if (!existsSync(source)) skip("the source data is not on this machine");
    const lines = gunzipSync(readFileSync(source)).toString("utf8").trim().split("\n");
    expect(rowsOf(allDigits())).toEqual(lines.map((line) => line.split(",").map(Number)));
  });

  it("describe themselves", () => {
    const all = allDigits();
    expect(all).toMatchObject({ name: "digits", count: 1797, inputs: 64, outputs: 10, preparation: "scale" });
    expect(all.featureNames?.slice(7, 9)).toEqual(["pixel_1_8", "pixel_2_1"]);
    expect(all.target.kind === "class" && all.target.classes).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
      "8",
      "9",
    ]);
  });
});

describe("digits", () => {
  it("splits in order by default: 1,437 and 360", () => {
    const { training, test } = digits();
    expect([training.count, test.count]).toEqual([1437, 360]);
    expect([...rowsOf(training), ...rowsOf(test)]).toEqual(rowsOf(allDigits()));
    expectTypeOf(digits()).toEqualTypeOf<Split<64, 10>>();
  });

  it("splits at random, stratified, by the seed", () => {
    const { training, test } = digits({ split: "random", seed: 3 });
    expect([training.count, test.count]).toEqual([1438, 359]);
    for (let digit = 0; digit < 10; digit++) {
      const share = labelsOf(test).filter((label) => label === digit).length;
      expect(share / labelsOf(allDigits()).filter((label) => label === digit).length).toBeCloseTo(0.2, 1);
    }
    expect(digits({ split: "random", seed: 3 })).toEqual({ training, test });
    expect(digits({ split: "random", seed: 4 }).test).not.toEqual(test);
    expect(digits({ split: "random", fraction: 0.5 }).test.count).toBe(899);
  });

  it("refuses options it does not have", () => {
    const wrong = (options: object) => () => digits(options);
    expect(wrong({ split: "shuffled" })).toThrow(
      new DataOptionError('digits: split is "shuffled"; use "ordered" or "random"'),
    );
    expect(wrong({ fraction: 0.3 })).toThrow(/^digits: the ordered split is fixed at 1,437 and 360/);
    expect(wrong({ sed: 3 })).toThrow('digits has no option "sed"; use split, seed, fraction');
    expect(wrong({ split: "random", fraction: 1 })).toThrow(DataOptionError);
  });
});
