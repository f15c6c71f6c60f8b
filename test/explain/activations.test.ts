import { describe, expect, it } from "vitest";
import {
  activationAt,
  activationDerivatives,
  activationDrawing,
  activationFacts,
  activationNames,
  tableOfAll,
  tableOfThree,
} from "../../src/explain/index.js";
import { plotActivations } from "../../src/index.js";
import { languages } from "../../src/language/index.js";
import type { ActivationName } from "../../src/nn/index.js";
import { markdownTable } from "../../src/plot/index.js";
import { expectWellFormed } from "../plot/well-formed.js";

const smooth = [-3.3, -1.7, -0.6, 0.4, 0.9, 2.2];
const g = (x: number) => 1 / (1 + Math.exp(-x));
const phi = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
/** Φ by the trapezoidal rule. */
const Phi = (x: number) => {
  let sum = 0;
  for (let i = 0; i < 40_000; i++) sum += phi(-12 + ((x + 12) * (i + 0.5)) / 40_000);
  return (sum * (x + 12)) / 40_000;
};
const [alpha, lambda] = [1.6732632423543772, 1.0507009873554805];

/** The formulas that are printed, typed anew: what is printed must be what is computed. */
const byHand: Readonly<Record<ActivationName, (x: number) => number>> = {
  sigmoid: (x) => g(x) * (1 - g(x)),
  tanh: (x) => 1 - Math.tanh(x) ** 2,
  relu: (x) => (x > 0 ? 1 : 0),
  leakyRelu: (x) => (x > 0 ? 1 : 0.01),
  elu: (x) => (x > 0 ? 1 : Math.exp(x)),
  selu: (x) => lambda * (x > 0 ? 1 : alpha * Math.exp(x)),
  gelu: (x) => Phi(x) + x * phi(x),
  silu: (x) => g(x) + x * g(x) * (1 - g(x)),
  softplus: (x) => g(x),
  softsign: (x) => 1 / (1 + Math.abs(x)) ** 2,
  hardtanh: (x) => (x > -1 && x < 1 ? 1 : 0),
  mish: (x) => {
    const t = Math.tanh(Math.log(1 + Math.exp(x)));
    return t + x * g(x) * (1 - t * t);
  },
  softmax: (x) => g(x) * (1 - g(x)),
  logSoftmax: (x) => 1 - g(x),
};

describe("activations", () => {
  it.each(activationNames)("the derivative printed for %s is the one that gradients() finds", (name) => {
    const { slope } = activationAt(name, smooth);
    smooth.forEach((x, i) => {
      expect(slope[i]).toBeCloseTo(byHand[name](x), 6);
    });
    expect(activationDerivatives[name].text).not.toBe("");
  });

  it("finds the traits of the notes from values alone", () => {
    expect(activationFacts("sigmoid")).toMatchObject({
      range: [0, 1],
      odd: false,
      saturates: "both",
      steepest: { x: 0, slope: 0.25 },
      kinks: [],
    });
    expect(activationFacts("tanh")).toMatchObject({ range: [-1, 1], odd: true, steepest: { x: 0, slope: 1 } });
    const { range, kinks, saturates } = activationFacts("relu");
    expect(range).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(saturates).toBe("left");
    expect(kinks).toEqual([{ x: 0, value: 0, left: 0, right: 1, chosen: 0 }]);
  });

  it("tells a kink from a smooth joint, and a limit from a peak", () => {
    expect(activationFacts("elu").kinks).toEqual([]);
    expect(activationFacts("hardtanh").kinks.map(({ x }) => x)).toEqual([-1, 1]);
    expect(activationFacts("softplus").steepest).toEqual({ x: Number.POSITIVE_INFINITY, slope: 1 });
    expect(activationFacts("gelu").steepest.x).toBeCloseTo(Math.SQRT2, 4);
    expect(activationFacts("leakyRelu").saturates).toBe("no");
  });

  it("draws saturation where the slope is below a twentieth of its peak", () => {
    const [[, left] = [0, 0]] = activationDrawing("sigmoid", "en").saturated;
    expect(g(left) * (1 - g(left))).toBeCloseTo(0.25 / 20, 2);
  });
});

describe("plotActivations", () => {
  it.each(languages)("draws each activation three times, and all on one sheet, in %s", (language) => {
    const pictures = plotActivations({ language });
    expect(pictures).toHaveLength(1 + 3 * activationNames.length);
    for (const { svg } of pictures) expectWellFormed(svg);
    expect(pictures[0]?.svg).toContain(language === "en" ? "derivatives" : "导数");
  });

  it("marks the peak of sigmoid and the subgradient of ReLU", () => {
    const [, sigmoid] = plotActivations({ only: ["sigmoid"] });
    expect(sigmoid?.svg).toContain("max ¼ at x = 0");
    const [, relu] = plotActivations({ only: ["relu"] });
    expect(relu?.svg).toContain("chosen at the kink: 0");
  });
});

describe("tables of activations", () => {
  it.each(languages)("the notes' three, with both blanks filled, and all of them, in %s", (language) => {
    const three = tableOfThree(language, (name, which) => `${name}-${which}.svg`);
    expect(three.rows).toHaveLength(6);
    expect(three.rows.flat()).not.toContain("");
    expect(three.rows[1]?.slice(1)).toEqual(["sigmoid-value.svg", "tanh-value.svg", "relu-value.svg"]);
    const all = tableOfAll(language, new Map([["relu", { forward: 0.5, backward: 0.25 }]]));
    expect(all.rows).toHaveLength(activationNames.length);
    for (const row of all.rows) expect(row).toHaveLength(all.head.length);
    expect(all.rows[2]?.slice(-2)).toEqual(["0.5", "0.25"]);
  });

  it("becomes Markdown with its bars escaped", () => {
    expect(markdownTable(["|f′|", "n"], [["a", "1"]], [1])).toBe("| \\|f′\\| | n |\n| --- | ---: |\n| a | 1 |\n");
  });
});
