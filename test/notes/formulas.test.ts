import katex from "katex";
import { describe, expect, it } from "vitest";
import { discrepancy, flat, Numbers, usualTolerance } from "../../notes/formulas/formula.js";
import { formulas } from "../../notes/formulas/index.js";

const seeds = [1, 2, 3, 4, 5];

describe.each([...formulas])("the formula %s", (_, formula) => {
  it("is true of random numbers", () => {
    for (const seed of seeds)
      expect(discrepancy(formula, seed)).toBeLessThanOrEqual(formula.tolerance ?? usualTolerance);
  });

  it("would be found out if one of its terms were another", () => {
    const broken = {
      ...formula,
      terms: (numbers: Numbers) => {
        const terms = formula.terms(numbers).map(flat);
        const last = terms.at(-1) as number[];
        const change = 3 * (formula.tolerance ?? usualTolerance) * Math.max(...last.map(Math.abs));
        const wrong = last.map((value) => (formula.relation === "≤" ? -1 - 2 * Math.abs(value) : value + change));
        return [...terms.slice(0, -1), wrong];
      },
    };
    expect(discrepancy(broken, 1)).toBeGreaterThan(formula.tolerance ?? usualTolerance);
  });

  it("uses numbers that are not all 0", () => {
    const terms = formula.terms(new Numbers(1)).map(flat);
    expect(terms.every((term) => term.every(Number.isFinite))).toBe(true);
    expect(terms.some((term) => term.some((value) => value !== 0))).toBe(true);
  });

  it("is LaTeX that KaTeX reads", () => {
    expect(() =>
      katex.renderToString(formula.latex, { displayMode: true, throwOnError: true, strict: "error" }),
    ).not.toThrow();
  });
});
