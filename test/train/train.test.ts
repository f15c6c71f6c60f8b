import { describe, expect, it } from "vitest";
import {
  adam,
  batchNorm,
  createDataset,
  DataError,
  type Dataset,
  DivergedError,
  dense,
  dropout,
  type EpochReport,
  meanSquaredError,
  relu,
  saveModel,
  schedules,
  sequential,
  sgd,
  softmaxCrossEntropy,
  synthetic,
  type TrainOptions,
  takeRows,
  tanh,
  train,
  UsageError,
} from "../../src/index.js";

const { training, test } = synthetic.moons({ count: 203, seed: 3 });
const network = sequential(dense(2, 8), tanh, dense(8, 2));
const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
  loss: softmaxCrossEntropy(),
  optimizer: adam(0.02),
  epochs: 4,
  batch: 32,
  seed: 5,
  ...more,
});
const bytesOf = async (more: Partial<TrainOptions> = {}) =>
  Buffer.from(await saveModel(await train(network, training, options(more)))).toString("base64");

describe("the same seed", () => {
  it("gives the same bytes, twice in a row and with another thread count", async () => {
    const once = await bytesOf();
    expect(await bytesOf()).toBe(once);
    expect(await bytesOf({ threads: 2 })).toBe(once);
    expect(await bytesOf({ seed: 6 })).not.toBe(once);
  });

  it("gives the same dropout on both engines", async () => {
    const dropped = sequential(dense(2, 16), relu, dropout(0.5), dense(16, 2));
    const [a, b] = await Promise.all(
      (["reference", "wasm"] as const).map((engine) => train(dropped, training, options({ engine, epochs: 2 }))),
    );
    expect(a?.history.at(-1)?.loss).toBeCloseTo(b?.history.at(-1)?.loss as number, 4);
  });
});

describe("batches", () => {
  it("include the last partial one, and fit data smaller than a batch", async () => {
    const steps: number[] = [];
    const run = await train(network, training, options({ epochs: 1, onStep: ({ step }) => steps.push(step) }));
    expect(training.count % 32).not.toBe(0);
    expect(steps).toHaveLength(Math.ceil(training.count / 32));
    expect(run.steps).toBe(steps.length);
    const few = takeRows(training, Int32Array.of(0, 1, 2, 3, 4)) as Dataset<2, 2>;
    expect((await train(network, few, options())).steps).toBe(4);
  });

  it("of all examples at once do the same whatever their order", async () => {
    const whole = { batch: training.count, optimizer: sgd(0.1), epochs: 3 };
    const [a, b] = await Promise.all(
      [true, false].map((shuffle) => train(network, training, options({ ...whole, shuffle }))),
    );
    expect(a?.history.at(-1)?.loss).toBeCloseTo(b?.history.at(-1)?.loss as number, 5);
  });
});

describe("validation and patience", () => {
  it("go back to the weights of the best epoch", async () => {
    const losses: number[] = [];
    const onEpoch = ({ validation }: EpochReport) => losses.push(validation?.loss as number);
    const run = await train(
      network,
      training,
      options({ validation: test, patience: 2, epochs: 500, optimizer: adam(0.3), onEpoch }),
    );
    expect(run.ended).toBe("patience");
    expect(run.bestEpoch).toBe(1 + losses.indexOf(Math.min(...losses)));
    expect(losses).toHaveLength(run.bestEpoch + 2);
    expect((await run.evaluateOn(test)).loss).toBeCloseTo(Math.min(...losses), 6);
  });

  it("need validation data", async () => {
    await expect(train(network, training, options({ patience: 2 }))).rejects.toThrow(
      new UsageError("train: patience needs validation data to watch; give validation as well"),
    );
  });
});

describe("learning", () => {
  it("follows a schedule", async () => {
    const run = await train(network, training, options({ schedule: schedules.step({ every: 2, gamma: 0.5 }) }));
    expect(run.history.map(({ rate }) => rate)).toEqual([0.02, 0.02, 0.01, 0.01]);
  });

  it("is bounded by clipping: one step moves the weights by at most rate · clip", async () => {
    const before = await train(network, training, options({ optimizer: sgd(0), epochs: 1, batch: 500 }));
    const after = await train(network, training, options({ optimizer: sgd(1), epochs: 1, batch: 500, clip: 1e-3 }));
    let squares = 0;
    for (const [name, weights] of after.model.weights) {
      weights.forEach((weight, i) => {
        squares += (weight - (before.model.weights.get(name)?.[i] as number)) ** 2;
      });
    }
    expect(Math.sqrt(squares)).toBeGreaterThan(0.9e-3);
    expect(Math.sqrt(squares)).toBeLessThan(1.01e-3);
  });

  it("keeps running averages in batch normalization and predicts with them", async () => {
    const normalized = sequential(batchNorm(2, { momentum: 0.25 }), dense(2, 2));
    const run = await train(
      normalized,
      training,
      options({ optimizer: sgd(0), epochs: 1, batch: 500, shuffle: false }),
    );
    const { features, count } = training;
    for (const column of [0, 1]) {
      const values = Array.from({ length: count }, (_, i) => features[2 * i + column] as number);
      const { shift, factor } = run.model.normalizer;
      const prepared = values.map((x) => (x - (shift[column] as number)) * (factor[column] as number));
      const mean = prepared.reduce((a, b) => a + b, 0) / count;
      const variance = prepared.reduce((a, b) => a + (b - mean) ** 2, 0) / (count - 1);
      expect(run.model.weights.get("runningMean[0]")?.[column]).toBeCloseTo(0.25 * mean, 5);
      expect(run.model.weights.get("runningVariance[0]")?.[column]).toBeCloseTo(0.75 + 0.25 * variance, 5);
    }
  });

  it("does not drop units when predicting", async () => {
    const dropped = sequential(dense(2, 8), dropout(0.9), dense(8, 2));
    const run = await train(dropped, training, options({ optimizer: sgd(0), epochs: 1 }));
    const twice = await Promise.all([run.predict([[0.5, 0.5]]), run.predict([[0.5, 0.5]])]);
    expect(twice[0]).toEqual(twice[1]);
    const [w1, w2] = ["W[1]", "W[2]"].map((name) => run.model.weights.get(name) as Float32Array);
    const { shift, factor } = run.model.normalizer;
    const x = [0, 1].map((j) => (0.5 - (shift[j] as number)) * (factor[j] as number));
    const hidden = Array.from({ length: 8 }, (_, i) =>
      x.reduce((sum, value, j) => sum + value * (w1?.[2 * i + j] as number), 0),
    );
    const logits = [0, 1].map((k) => hidden.reduce((sum, value, i) => sum + value * (w2?.[8 * k + i] as number), 0));
    const odds = Math.exp((logits[1] as number) - (logits[0] as number));
    expect(twice[0]?.[0]?.probabilities?.[1]).toBeCloseTo(odds / (1 + odds), 5);
  });
});

describe("raw data", () => {
  it("is prepared by the model, as in training", async () => {
    const far = createDataset({
      name: "far",
      inputs: 2,
      outputs: 2,
      features: training.features.map((x) => 1000 + 50 * x),
      target: training.target,
      preparation: "standardize",
    });
    const run = await train(network, far, options({ epochs: 30 }));
    expect((await run.evaluateOn(far)).accuracy).toBeGreaterThan(0.9);
    const [first] = await run.predict([[far.features[0] as number, far.features[1] as number]]);
    const label = far.target.kind === "class" ? far.target.classes[far.target.labels[0] as number] : "";
    expect(first?.class).toBe(label);
  });

  it("of numbers is judged in its own unit", async () => {
    const { training: points, test: held } = synthetic.regression({ count: 400, seed: 2, noise: 0.1 });
    const scaled = {
      ...points,
      target: {
        ...points.target,
        values: points.target.kind === "value" ? points.target.values.map((t) => 5000 + 100 * t) : new Float32Array(),
      },
    } as typeof points;
    const run = await train(
      sequential(dense(3, 16), tanh, dense(16, 1)),
      scaled,
      options({ loss: meanSquaredError(), epochs: 60 }),
    );
    const judged = await run.evaluateOn(scaled);
    expect(judged.r2).toBeGreaterThan(0.95);
    expect(judged.meanAbsoluteError).toBeGreaterThan(1);
    expect(judged.meanAbsoluteError).toBeLessThan(100);
    const [answer] = await run.predict([[...held.features.subarray(0, 3)]]);
    expect(answer?.values?.[0]).toBeGreaterThan(3000);
  });

  it.each([
    [
      "other features",
      { inputs: 3, features: new Float32Array(9), labels: [0, 1, 0] },
      "has 3 features an example, but the network takes 2; start the network with dense(3, …)",
    ],
    [
      "other classes",
      { inputs: 2, features: new Float32Array(6), labels: [0, 1, 2] },
      "has 3 classes, but the network gives 2; end the network with dense(…, 3)",
    ],
  ])("with %s is refused", async (_, { inputs, features, labels }, message) => {
    const classes = [...new Set(labels)].map(String);
    const data: Dataset = createDataset({ name: "odd", inputs, features, target: { kind: "class", labels, classes } });
    await expect(train(network, data, options())).rejects.toThrow(DataError);
    await expect(train(network, data, options())).rejects.toThrow(message);
  });

  it("of classes is refused by a loss for numbers", async () => {
    await expect(train(network, training, options({ loss: meanSquaredError() }))).rejects.toThrow(
      "has classes as targets, but the loss meanSquaredError is for numbers; use softmaxCrossEntropy()",
    );
  });
});

describe("a training that goes wrong or is stopped", () => {
  it.each([
    ["wasm", 1e30],
    ["reference", 1e250],
  ] as const)("names step, layer, tensor and cause on %s", async (engine, rate) => {
    const failed = await train(
      sequential(dense(2, 8), relu, dense(8, 2)),
      training,
      options({ engine, optimizer: sgd(rate), epochs: 20 }),
    ).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DivergedError);
    const { message, step, tensor } = failed as DivergedError;
    expect(message).toMatch(
      /^training diverged at step \d+: .+ is (NaN|-?Infinity); .*the learning rate \S+ is most likely too high; try 0\.1/,
    );
    expect(message).toContain(`step ${step}`);
    expect(message).toContain(tensor);
    expect(message).toMatch(/layer \d \(dense \d+ → \d+\)/);
  });

  it("stops after the step at hand", async () => {
    const controller = new AbortController();
    const onStep = ({ step }: { step: number }) => {
      if (step === 9) controller.abort();
    };
    const run = await train(network, training, options({ epochs: 1000, onStep, signal: controller.signal }));
    expect([run.ended, run.steps]).toEqual(["interrupted", 9]);
    expect((await run.evaluateOn(test)).accuracy).toBeGreaterThan(0);
  });

  it.each([
    [{ epochs: 0 }, "train: epochs is a whole number from 1, got 0"],
    [{ batch: 1.5 }, "train: batch is a whole number from 1, got 1.5"],
    [{ seed: -1 }, "train: seed is a whole number from 0, got -1"],
    [{ clip: 0 }, "train: clip must be a number above 0, got 0"],
  ])("refuses %j", async (more, message) => {
    await expect(train(network, training, options(more))).rejects.toThrow(new UsageError(message));
  });
});
