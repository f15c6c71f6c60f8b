import { describe, expect, it } from "vitest";
import { bundleSizes } from "../../bench/footprint.mjs";

/** Gzipped bytes a page loads: a budget that a change may not overrun unnoticed. Wanted: 40 KB for training (ten of them are the kernels), 15 KB for prediction. */
const budget = { training: 49_000, "prediction-only": 12_600 } as const;

describe("what a page loads", () => {
  it("stays within its budget", async () => {
    const sizes = await bundleSizes();
    for (const [name, most] of Object.entries(budget)) {
      const { gzip = 0 } = sizes[name] ?? {};
      expect(gzip, name).toBeGreaterThan(5000);
      expect(gzip, name).toBeLessThanOrEqual(most);
    }
  });
});
