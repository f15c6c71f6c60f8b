import { describe, expect, it } from "vitest";
import { experiments, type Measured, type Result } from "../../src/experiments/index.js";
import { inLanguage, languages } from "../../src/language/index.js";
import { figure, terminalPanel } from "../../src/plot/index.js";
import { expectWellFormed } from "../plot/well-formed.js";

/** What must be the same in the next run: everything but timings, and a verdict that rests on timings alone. */
function withoutTimings(result: Result) {
  const lasting = Object.entries(result.figures).filter(([, one]: [string, Measured]) => one.timing !== true);
  return { ...(lasting.length > 0 && { verdict: result.verdict }), figures: Object.fromEntries(lasting) };
}

describe.each(Object.values(experiments))("$name", (experiment) => {
  it("gives the same verdict and figures for the same seed, and pictures in both languages", async () => {
    const shares: number[] = [];
    const first = await experiment.run({ seed: 1, quick: true, onProgress: (share) => shares.push(share) });
    const second = await experiment.run({ seeds: [1], quick: true });
    expect(withoutTimings(second)).toEqual(withoutTimings(first));

    expect(["holds", "holds when", "does not hold here"]).toContain(first.verdict);
    expect(first.seeds).toEqual([1]);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.filter((share) => share < 1).length).toBeGreaterThan(1);
    expect(Object.keys(first.figures).length).toBeGreaterThan(2);
    for (const [key, { center, low, high, values }] of Object.entries(first.figures)) {
      expect(Number.isNaN(center), key).toBe(false);
      expect(low, key).toBeLessThanOrEqual(center);
      expect(high, key).toBeGreaterThanOrEqual(center);
      expect(values.length, key).toBeGreaterThan(0);
    }
    const parsed: unknown = JSON.parse(JSON.stringify(first));
    expect(parsed).toHaveProperty("verdict", first.verdict);

    for (const language of languages) {
      for (const chart of first.charts) {
        const told = inLanguage(chart, language);
        expectWellFormed(figure(told));
        for (const panel of told.panels) {
          expect(terminalPanel(panel, { width: 80, paints: [], faint: (text) => text }).length).toBeGreaterThan(1);
        }
      }
      expect(first.sentence[language]).not.toMatch(/NaN|undefined/);
      for (const text of [experiment.claim, experiment.source, experiment.protocol, experiment.rule]) {
        expect(text[language]).not.toBe("");
      }
    }
  });

  it("stops when it is told to", async () => {
    await expect(experiment.run({ quick: true, signal: AbortSignal.abort() })).rejects.toThrow(/aborted/);
  });
});

it("says the nine claims of the notes", () => {
  expect(Object.entries(experiments).map(([name, experiment]) => [name, experiment.name])).toEqual(
    [
      "vanishing-gradients",
      "zero-centered",
      "dead-relu",
      "initialization",
      "convergence",
      "exp-cost",
      "optimizers",
      "saturation",
      "two-ways-to-differentiate",
    ].map((name) => [name, name]),
  );
});
