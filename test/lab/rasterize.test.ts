import { describe, expect, it } from "vitest";
import { rasterize, type Stroke } from "../../lab/playground/rasterize.js";

describe("a drawn digit", () => {
  it("is 64 numbers from 0 to 16, and no ink without strokes", () => {
    expect(rasterize([])).toEqual(new Array(64).fill(0));
    const pixels = rasterize([[0, 0, 100, 100]]);
    expect(pixels).toHaveLength(64);
    expect(Math.max(...pixels)).toBeLessThanOrEqual(16);
    expect(Math.min(...pixels)).toBe(0);
  });

  it("is the same wherever and however large it is drawn", () => {
    const stroke: Stroke = [10, 10, 30, 12, 25, 40, 12, 38];
    const moved = stroke.map((at) => 3 * at + 57);
    expect(rasterize([moved])).toEqual(rasterize([stroke]));
  });

  it("fills the height: an upright line is ink in the two middle columns, from top to bottom", () => {
    const pixels = rasterize([[50, 0, 50, 80]]);
    for (let row = 0; row < 8; row++) {
      const inked = pixels.slice(8 * row, 8 * row + 8).map((pixel) => pixel > 0);
      expect(inked).toEqual([false, false, false, true, true, false, false, false]);
    }
    // The pen is 4 dots wide: half a block on each side of the middle, whole blocks of 4 rows.
    expect(pixels.slice(8 * 3, 8 * 3 + 8)).toEqual([0, 0, 0, 8, 8, 0, 0, 0]);
  });
});
