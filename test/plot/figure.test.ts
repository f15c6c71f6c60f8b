import { describe, expect, it } from "vitest";
import { type Figure, figure, type Panel, terminalPanel, textWidth } from "../../src/plot/index.js";
import { scaleOf } from "../../src/plot/scale.js";
import { wrapText } from "../../src/plot/text.js";
import { expectWellFormed } from "./well-formed.js";

const lines: Panel = {
  kind: "lines",
  title: "Gradients & layers",
  x: { label: "layer" },
  y: { label: "norm", scale: "log" },
  marks: [{ at: 1, name: "kept" }],
  series: [
    { name: "sigmoid", x: [1, 2, 3, 4], values: [1, 0.1, 0, 1e-9], low: [1, 0.05, 0, 1e-10], high: [1, 0.2, 0, 1e-8] },
    { name: "ReLU", x: [1, 2, 3, 4], values: [1, 1.1, Number.NaN, 1], quiet: true },
    { name: "bound", x: [1, 2, 3, 4], values: [1, 0.25, 0.06, 0.016], color: 0, dashed: true },
  ],
};
const bars: Panel = {
  kind: "bars",
  format: "percent",
  bars: [
    { name: "as it is", value: 0.9, low: 0.8, high: 1, quiet: true },
    { name: "Xavier", value: 0 },
    { name: "a very long remedy <indeed>", value: 0.05, note: "(2 of 5 diverge)" },
  ],
};
const heat: Panel = {
  kind: "heat",
  rows: { label: "start", names: ["He", "Xavier"] },
  columns: { label: "rate", names: ["0.1", "1"] },
  values: [0.1, 0.5, Number.NaN, 1],
  format: "percent",
};
const plane: Panel = {
  kind: "plane",
  x: { label: "x", from: -4, to: 1 },
  y: { label: "y", from: -1, to: 1 },
  contours: [
    [
      [0, 1],
      [1, 0],
      [0, -1],
      [-9, 0],
    ],
  ],
  paths: [
    {
      name: "SGD",
      points: [
        [-4, 0.8],
        [-3, -5],
        [0, 0],
      ],
    },
  ],
  goal: [0, 0],
};
const panels = { lines, bars, heat, plane };

describe("figure", () => {
  it.each(Object.entries(panels))("draws %s, well-formed, with every name once", (_, panel) => {
    const svg = figure({ title: "A finding", subtitle: "what is shown", note: "source", panels: [panel] });
    expectWellFormed(svg);
    expect(svg).toContain("A finding");
    expect(svg).toContain("@media(prefers-color-scheme:dark)");
  });

  it("grows with what it holds and keeps its width", () => {
    const size = (shown: Figure) =>
      /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(figure(shown))?.slice(1).map(Number) as [number, number];
    const [one, two] = [size({ title: "t", panels: [bars] }), size({ title: "t", panels: [bars, heat] })];
    expect(one[0]).toBe(two[0]);
    expect(two[1]).toBeGreaterThan(one[1]);
  });

  it("keeps every bar and the number behind it inside the picture", () => {
    const svg = figure({ title: "t", panels: [bars] });
    const width = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1]);
    for (const [, x = "", text = ""] of svg.matchAll(/<text x="([\d.]+)"[^>]*rg-bold">([^<]*%[^<]*)</g)) {
      expect(Number(x) + text.length * 16 * 0.56).toBeLessThan(width);
    }
  });

  it("wraps a long title instead of letting it run out of the picture", () => {
    const long = "word ".repeat(40).trim();
    expect(figure({ title: long, panels: [bars] }).match(/font-size="20"/g)?.length).toBeGreaterThan(3);
  });
});

describe("terminalPanel", () => {
  const style = { width: 60, paints: [], faint: (text: string) => text };

  it.each(Object.entries(panels))("draws %s within 60 cells", (_, panel) => {
    const drawn = terminalPanel(panel, style);
    expect(drawn.length).toBeGreaterThan(1);
    for (const line of drawn) expect(textWidth(line)).toBeLessThanOrEqual(60);
    expect(drawn.join("\n")).not.toMatch(/NaN|undefined/);
  });

  it("paints what belongs to a series", () => {
    const painted = terminalPanel(bars, { ...style, paints: [(text) => `<${text}>`] });
    expect(painted[1]).toContain("<");
  });
});

describe("scaleOf", () => {
  it("gives equal factors equal room on a logarithmic axis, labeled in powers", () => {
    const scale = scaleOf({ label: "", scale: "log" }, [1e-6, 1], 0, 60, 7, true);
    expect(scale.place(1e-3)).toBeCloseTo(30);
    expect(scale.ticks.map(scale.label)).toContain("10⁻⁶");
  });

  it("does not fall over what a logarithm does not have", () => {
    const scale = scaleOf({ label: "", scale: "log" }, [0, -1, Number.NaN], 0, 60, 5, true);
    expect(Number.isFinite(scale.place(1))).toBe(true);
  });
});

describe("wrapText", () => {
  it("breaks between words and between Chinese characters, and never before a closing mark", () => {
    expect(wrapText("one two three", 8)).toEqual(["one two", "three"]);
    const chinese = wrapText("梯度消失的情形较多，梯度爆炸的情形很少。", 12);
    for (const line of chinese) {
      expect(textWidth(line)).toBeLessThanOrEqual(14);
      expect(line).not.toMatch(/^[，。]/);
    }
    expect(chinese.join("")).toBe("梯度消失的情形较多，梯度爆炸的情形很少。");
  });
});
