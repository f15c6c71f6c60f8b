import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format, parseNumber } from "../../lab/model/format.js";

describe("a number as typed", () => {
  it("may be any that the page writes", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (x) => {
        const typed = parseNumber(format(x)) as number;
        expect(Math.abs(typed - x)).toBeLessThanOrEqual(0.005 * Math.abs(x) + Number.MIN_VALUE);
      }),
    );
    expect(parseNumber("−2e−5")).toBe(-2e-5);
  });

  it("takes a comma for a point, and nothing that is no number", () => {
    expect(parseNumber(" 0,5 ")).toBe(0.5);
    for (const text of ["", "one", "1,2,3", "∞", "NaN"]) expect(parseNumber(text), text).toBeUndefined();
  });
});
