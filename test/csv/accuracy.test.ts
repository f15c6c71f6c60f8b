import process from "node:process";
import { describe, expect, it } from "vitest";
import { buildLoss, buildNetwork, buildOptimizer, buildSchedule } from "../../src/cli/build.js";
import { recipeFor } from "../../src/cli/defaults.js";
import type { TrainSettings } from "../../src/cli/train-settings.js";
import { createDataset, csv, type Dataset, kFold, type Split, train } from "../../src/index.js";
import { shared } from "../shared.js";

/** Repetitions of the five folds; the figures of the documents are for SEEDS=5. */
const seeds = Number(process.env["SEEDS"] ?? 1);

/** Target, and what an MLP of another system reaches (test accuracy or R², mean and deviation). */
const tables = [
  ["iris", "species", 0.961, 0.006],
  ["wine", "cultivar", 0.978, 0.006],
  ["breast-cancer", "diagnosis", 0.978, 0.002],
  ["diabetes", "progression", 0.471, 0.017],
] as const;

/** Trains by the command line's recipe and judges on the test part. */
async function score({ training, test }: Split, seed: number): Promise<number> {
  const recipe = recipeFor("table.csv", training);
  const settings = { ...recipe, data: "table.csv", dropout: recipe.dropout ?? 0 } as unknown as TrainSettings;
  const loss = buildLoss(settings, training);
  const schedule = buildSchedule(settings);
  const run = await train(buildNetwork(settings, training, loss), training, {
    loss,
    optimizer: buildOptimizer(settings),
    epochs: recipe.epochs,
    batch: recipe.batch,
    seed,
    ...(schedule !== undefined && { schedule }),
  });
  const { accuracy, r2 } = await run.evaluateOn(test);
  return accuracy ?? (r2 as number);
}

/** All rows in one piece, in the file's order; none of these tables has gaps or categories, so nothing else is fitted. */
async function whole(path: string, target: string): Promise<Dataset> {
  const { training, test } = await csv(path, { target, split: "ordered", fraction: 0.01 });
  const [a, b] = [training.target, test.target];
  const joined =
    a.kind === "class" && b.kind === "class"
      ? { ...a, labels: Int32Array.of(...a.labels, ...b.labels) }
      : a.kind === "value" && b.kind === "value"
        ? { ...a, values: Float32Array.of(...a.values, ...b.values) }
        : a;
  return createDataset({
    ...training,
    features: Float32Array.of(...training.features, ...test.features),
    target: joined,
  });
}

describe("tables by the default recipe, five folds", () => {
  for (const [name, target, mean, deviation] of tables) {
    const path = shared(`data/sets/${name}.csv`);
    it.skipIf(path === undefined)(
      `${name}${path === undefined ? " (skipped: needs shared/data/sets beside the project)" : ""}`,
      async () => {
        const all = await whole(path as string, target);
        const scores: number[] = [];
        for (let seed = 1; seed <= seeds; seed++) {
          const folds: number[] = [];
          for (const fold of kFold(all, 5, seed)) folds.push(await score(fold, seed));
          scores.push(folds.reduce((a, b) => a + b) / folds.length);
        }
        const own = scores.reduce((a, b) => a + b) / scores.length;
        const spread = Math.sqrt(scores.reduce((sum, x) => sum + (x - own) ** 2, 0) / scores.length);
        process.stderr.write(
          `${name}: ${own.toFixed(3)} ± ${spread.toFixed(3)} (another system: ${mean} ± ${deviation})\n`,
        );
        expect(own).toBeGreaterThan(mean - 3 * Math.max(deviation, 0.006));
      },
    );
  }

  const letters = shared("data/sets/letters.csv.gz");
  it.skipIf(letters === undefined || seeds < 2)(
    `letters, 16,000 and 4,000${letters === undefined ? " (skipped: needs shared/data/sets beside the project)" : seeds < 2 ? " (skipped: a minute; run with SEEDS=5)" : ""}`,
    async () => {
      const scores: number[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        scores.push(await score(await csv(letters as string, { target: "letter", split: "ordered" }), seed));
      }
      const own = scores.reduce((a, b) => a + b) / scores.length;
      process.stderr.write(
        `letters: ${own.toFixed(4)}, worst ${Math.min(...scores).toFixed(4)} (another system: 0.963 ± 0.001)\n`,
      );
      expect(own).toBeGreaterThan(0.96);
    },
    300_000,
  );
});
