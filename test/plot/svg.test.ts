import { describe, expect, it } from "vitest";
import { lineChart, trainingPicture } from "../../src/plot/index.js";
import { roundRange, roundTicks, tickLabel } from "../../src/plot/ticks.js";
import { expectWellFormed } from "./well-formed.js";

const values = (f: (i: number) => number) => Array.from({ length: 30 }, (_, i) => f(i));
const x = { label: "epoch", values: values((i) => i + 1) };

describe("lineChart", () => {
  const chart = lineChart({
    title: 'Loss & "accuracy" <of a training>',
    x,
    y: { label: "loss" },
    series: [
      { name: "training", values: values((i) => Math.exp(-i / 5)) },
      { name: "test", values: values((i) => Math.exp(-i / 5) + 0.001) },
    ],
  });

  it("is well-formed, with a title for screen readers", () => {
    expectWellFormed(chart);
    expect(chart).toContain('role="img" aria-label="Loss &#38; &#34;accuracy&#34; &#60;of a training&#62;"');
  });

  it("follows the reader's light or dark preference, with text in the current color", () => {
    expect(chart).toContain("@media(prefers-color-scheme:dark)");
    expect(chart).toContain(".rg text{fill:currentColor");
  });

  it("names each curve once, without one name over another", () => {
    const heights = [...chart.matchAll(/<text x="[\d.]+" y="([\d.]+)" class="rg-s\d rg-bold">(?:training|test)</g)].map(
      ([, y]) => Number(y),
    );
    expect(heights).toHaveLength(2);
    expect(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0))).toBeGreaterThanOrEqual(16);
  });

  it.each([
    ["one value", [5]],
    ["a constant", [2, 2, 2]],
    ["gaps", [1, Number.NaN, 3, Number.POSITIVE_INFINITY, 2]],
    ["nothing", []],
    ["tiny numbers", [1e-9, 3e-9]],
    ["huge numbers", [1e12, -3e12]],
  ])("draws %s", (_, numbers) => {
    const at = { label: "step", values: numbers.map((_, i) => i) };
    expectWellFormed(lineChart({ title: "edge", x: at, series: [{ name: "loss", values: numbers }] }));
  });
});

describe("trainingPicture", () => {
  const digit = (truth: string, predicted: string) => ({
    pixels: values((i) => i % 17).slice(0, 16),
    truth,
    predicted,
  });
  const series = (f: (i: number) => number) => [{ name: "training", values: values(f) }];
  const picture = trainingPicture({
    title: "学会辨认手写数字",
    subtitle: "30 epochs",
    x: "epoch",
    loss: { label: "Loss", series: series((i) => 1 / (i + 1)) },
    accuracy: { label: "Accuracy", series: series((i) => 1 - 0.2 / (i + 1)), from: 0.8 },
    digits: {
      label: "Digits",
      wrong: (truth) => `is ${truth}`,
      examples: [digit("1", "1"), digit("3", "8")],
      size: 4,
      most: 16,
    },
  });

  it("is well-formed and small", () => {
    expectWellFormed(picture);
    expect(picture.length).toBeLessThan(10_000);
  });

  it("marks what was read wrongly, with the truth, and nothing else", () => {
    expect(picture).toContain(">✗ 8</text>");
    expect(picture).toContain(">is 3</text>");
    expect(picture.match(/✗/g)).toHaveLength(1);
  });
});

describe("ticks", () => {
  it("are round numbers inside the range", () => {
    expect(roundTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundTicks(0.3, 0.9, 3)).toEqual([0.4, 0.6, 0.8]);
    expect(roundTicks(-3, 3, 3)).toEqual([-2, 0, 2]);
    expect(roundTicks(5, 5, 3)).toEqual([5]);
  });

  it("widen a range to round numbers", () => {
    expect(roundRange(0.02, 0.79, 4)).toEqual([0, 0.8]);
    expect(roundRange(7, 7, 4)).toEqual([6.5, 7.5]);
  });

  it("have short labels", () => {
    expect([0, 0.05, 1000, 2e-7, 3e9, -0.25].map(tickLabel)).toEqual(["0", "0.05", "1,000", "2e-7", "3e9", "-0.25"]);
  });
});
