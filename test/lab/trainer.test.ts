import { describe, expect, it } from "vitest";
import { fallbacks } from "../../lab/model/fields.js";
import { type RunSettings, runFields } from "../../lab/model/playground-state.js";
import { recipeOf } from "../../lab/model/run.js";
import { Trainer } from "../../lab/worker/trainer.js";
import { evaluateOn, train } from "../../src/index.js";

const usual = fallbacks(runFields);

/** The library's own training, stopped after so many steps. */
async function trained(settings: RunSettings, steps: number) {
  const { split, network, loss, optimizer } = recipeOf(settings);
  const stop = new AbortController();
  const run = await train(network, split.training, {
    loss,
    optimizer,
    batch: settings.batch,
    seed: settings.seed,
    epochs: 10_000,
    signal: stop.signal,
    onStep: ({ step }) => {
      if (step === steps) stop.abort();
    },
  });
  return { run, test: split.test };
}

const cases: Record<string, [Partial<RunSettings>, number]> = {
  "the first screen": [{}, 300],
  "no hidden layer": [{ layers: [], data: "xor", optimizer: "sgd", rate: 0.1 }, 57],
  "dropout, decay, an odd batch": [
    {
      data: "digits",
      layers: [20],
      activation: "relu",
      dropout: 0.3,
      decay: 0.01,
      optimizer: "adagrad",
      batch: 100,
      seed: 9,
    },
    40,
  ],
};

describe("the playground's training", () => {
  it.each(Object.entries(cases))("takes the steps of train to the bit: %s", async (_, [changes, steps]) => {
    const settings = { ...usual, ...changes };
    const trainer = await Trainer.open(settings);
    // In pieces, as the page's pauses cut it.
    for (const stop of [1, 2, Math.floor(steps / 2), steps]) await trainer.advance(stop);
    const { run, test } = await trained(settings, steps);
    expect(trainer.model().weights).toEqual(run.model.weights);
    const verdict = (await trainer.verdicts()).test;
    const evaluation = await evaluateOn(run.model, test);
    expect(verdict.accuracy).toBe(evaluation.accuracy);
    expect(verdict.loss).toBeCloseTo(evaluation.loss, 6);
    expect(verdict.confusion).toEqual(evaluation.confusion);
  });

  it("gives the same curve however it is interrupted", async () => {
    const [whole, pieces] = await Promise.all([Trainer.open(usual), Trainer.open(usual)]);
    await whole.advance(700);
    for (let step = 7; step <= 700; step += 7) await pieces.advance(step);
    expect((await pieces.verdicts()).curve).toEqual((await whole.verdicts()).curve);
  });

  it("puts a weight changed by hand in its place at its step", async () => {
    const edited = await Trainer.open({ ...usual, edits: "0:W[1]:3:0.5,5:b[2]:1:-2,5:W[9]:0:1,5:b[2]:99:1" });
    expect(edited.session.read("W[1]")[3]).toBe(0.5);
    const plain = await Trainer.open(usual);
    await edited.advance(5);
    expect(edited.session.read("b[2]")[1]).toBe(-2);
    await plain.advance(5);
    expect(edited.session.read("W[1]")).not.toEqual(plain.session.read("W[1]"));
  });

  it("stops when the loss is not finite any more", async () => {
    const trainer = await Trainer.open({
      ...usual,
      optimizer: "sgd",
      rate: 100,
      activation: "leakyRelu",
      layers: [32, 32, 32],
      init: "normal",
    });
    await trainer.advance(2000);
    expect(trainer.diverged).toBe(true);
    expect(trainer.steps).toBeLessThan(2000);
  });
});
