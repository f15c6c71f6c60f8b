import { describe, expect, it } from "vitest";
import { terminalChart } from "../../src/plot/index.js";

const format = (value: number) => value.toPrecision(2);
const chart = (values: readonly number[], more = {}) =>
  terminalChart({ series: [{ name: "loss", values }], x: "epoch", width: 40, height: 4, format, ...more });

describe("terminalChart", () => {
  it("draws a falling line from the upper left to the lower right", () => {
    const lines = chart([4, 3, 2, 1]);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^4\.0 ┤[\u2801-\u28ff]/);
    expect(lines[3]).toMatch(/^1\.0 ┤ +[\u2801-\u28ff]+ loss 1\.0$/);
    expect(lines[4]).toMatch(/^ {4}└─+$/);
    expect(lines[5]).toMatch(/^ {5}1 epoch +4$/);
  });

  it("keeps to the width", () => {
    for (const width of [30, 40, 60, 100]) {
      const values = Array.from({ length: 500 }, (_, i) => Math.exp(-i / 100));
      const lines = chart(values, { width });
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
    }
  });

  it("gives equal factors equal heights when logarithmic", () => {
    const curve = (lines: readonly string[]) =>
      lines.slice(0, 4).map((line) => line.match(/[┤│]([ \u2800-\u28ff]*)/)?.[1]);
    expect(curve(chart([8, 4, 2, 1], { logarithmic: true }))).toEqual(curve(chart([3, 2, 1, 0])));
  });

  it("names several curves on lines of their own, in their own paint", () => {
    const series = [
      { name: "a", values: [3, 2, 1], paint: (text: string) => `[${text}]` },
      { name: "b", values: [3, 2, 1.01] },
    ];
    const text = terminalChart({ series, x: "epoch", width: 50, height: 4, format }).join("\n");
    expect(text.match(/\[ a 1\.0\]/g)).toHaveLength(1);
    expect(text.match(/ b 1\.0$/gm)).toHaveLength(1);
  });

  it("leaves gaps for what is not finite, draws a constant, and gives nothing for one value or none", () => {
    expect(chart([1, Number.NaN, 3])).toHaveLength(6);
    expect(chart([2, 2, 2])[3]).toContain("loss 2.0");
    expect(chart([1])).toEqual([]);
    expect(chart([])).toEqual([]);
    expect(chart([Number.NaN, Number.POSITIVE_INFINITY])).toEqual([]);
  });
});
