import { describe, expect, it } from "vitest";
import { eventsOf, folder, retrograd } from "./run.js";

// Test accuracy on the same split, mean of 5 seeds, of the best network of each other system: see README.md.
const others = { "scikit-learn 64-64-10": 0.919, "PyTorch 64-128-64-10": 0.924 };

describe("train digits", () => {
  it("reads at least as many of the other writers' digits as the tuned networks of other systems", async () => {
    const cwd = folder();
    const accuracies: number[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const { code, stdout } = await retrograd(["train", "digits", "--seed", `${seed}`, "--json"], { cwd });
      expect(code).toBe(0);
      const done = eventsOf(stdout).at(-1) as unknown as { event: string; test: { accuracy: number } };
      expect(done.event).toBe("done");
      accuracies.push(done.test.accuracy);
    }
    const mean = accuracies.reduce((a, b) => a + b, 0) / accuracies.length;
    for (const [system, accuracy] of Object.entries(others)) expect(mean, system).toBeGreaterThanOrEqual(accuracy);
  });
});
