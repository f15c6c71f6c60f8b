import { describe, expect, it } from "vitest";
import { fallbacks } from "../../lab/model/fields.js";
import { type RunSettings, runFields } from "../../lab/model/playground-state.js";
import { Doctor } from "../../lab/worker/diagnosis.js";
import { Trainer } from "../../lab/worker/trainer.js";

async function findings(changes: Partial<RunSettings>, steps: number, every = steps): Promise<string[]> {
  const trainer = await Trainer.open({ ...fallbacks(runFields), ...changes });
  const doctor = await Doctor.open(trainer);
  trainer.onStep = () => doctor.look();
  for (let step = every; step <= steps; step += every) await trainer.advance(step);
  return doctor.findings().map(({ name }) => name.en);
}

describe("the playground's diagnosis", () => {
  it("finds nothing wrong with the first screen", async () => {
    expect(await findings({}, 300)).toEqual([]);
  });

  it("names a deep network of sigmoids, the same however it is interrupted", async () => {
    const deep = { layers: [8, 8, 8, 8, 8, 8], activation: "sigmoid", optimizer: "sgd", rate: 0.1 } as const;
    const said = await findings(deep, 210);
    expect(said).toContain("vanishing gradients");
    expect(await findings(deep, 210, 7)).toEqual(said);
  });

  it("names weights that start alike, and a training that diverged", async () => {
    expect(await findings({ init: "zeros" }, 50)).toContain("symmetric start");
    expect(
      await findings({ layers: [32, 32], activation: "leakyRelu", init: "normal", optimizer: "sgd", rate: 100 }, 500),
    ).toEqual(["diverged"]);
  });

  it("does not touch the training", async () => {
    const [plain, watched] = await Promise.all([
      Trainer.open(fallbacks(runFields)),
      Trainer.open(fallbacks(runFields)),
    ]);
    const doctor = await Doctor.open(watched);
    watched.onStep = () => doctor.look();
    await plain.advance(80);
    await watched.advance(80);
    expect(watched.model().weights).toEqual(plain.model().weights);
  });
});
