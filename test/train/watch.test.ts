import { describe, expect, it } from "vitest";
import {
  adagrad,
  adam,
  constant,
  createDataset,
  type Dataset,
  type Disease,
  DivergedError,
  dense,
  diagnose,
  digits,
  dropout,
  type LayerLike,
  meanSquaredError,
  type Network,
  network,
  normal,
  type Optimizer,
  type Reading,
  relu,
  saveModel,
  sgd,
  sigmoid,
  softmaxCrossEntropy,
  synthetic,
  type TrainOptions,
  tanh,
  train,
  watch,
  zeros,
} from "../../src/index.js";

interface Case {
  readonly net: Network;
  readonly data: Dataset;
  readonly optimizer: Optimizer;
  readonly epochs: number;
}

const lossFor = (data: Dataset) => (data.target.kind === "class" ? softmaxCrossEntropy() : meanSquaredError());

async function watched({ net, data, optimizer, epochs }: Case, seed = 1, more: Partial<TrainOptions> = {}) {
  const watching = watch();
  const run = await train(net, data, { loss: lossFor(data), optimizer, epochs, seed, watch: watching, ...more });
  return { ...watching, run };
}

/** Hidden layers of `width` units with an activation, between `inputs` and `outputs`. */
function deep(layers: number, activation: typeof tanh, init = {}, [inputs, width, outputs] = [2, 32, 2]): Network {
  const hidden = Array.from({ length: layers }, (_, i): LayerLike[] => [
    dense(i === 0 ? inputs : width, width, init),
    activation,
  ]);
  return network([...hidden.flat(), dense(width, outputs, init)]);
}

const points = (activation = relu) => deep(2, activation);
const image = () => network([dense(64, 256), relu, dropout(0.5), dense(256, 10)]);
const line = () => network([dense(3, 16), tanh, dense(16, 1)]);
const { training: digitsData } = digits();
const spiral = (seed: number): Dataset => synthetic.spiral({ seed }).training;
const moons = (seed: number): Dataset => synthetic.moons({ seed }).training;
const regression = (seed: number): Dataset => synthetic.regression({ seed }).training;
const digitSizes: [number, number, number] = [64, 32, 10];

/** Features as they may come from a table nobody prepared: 0 to about 1000. */
function raw(data: Dataset): Dataset {
  return createDataset({ ...data, preparation: "none", features: data.features.map((x) => 500 + 250 * x) });
}

describe("networks built to have a disease", () => {
  const ill: readonly [Disease, string, Case][] = [
    [
      "vanishingGradients",
      "six layers of sigmoids that start small",
      {
        net: deep(6, sigmoid, { init: normal({ deviation: 0.1 }) }, digitSizes),
        data: digitsData,
        optimizer: sgd(0.1),
        epochs: 3,
      },
    ],
    [
      "vanishingGradients",
      "eight layers of sigmoids",
      { net: deep(8, sigmoid), data: spiral(1), optimizer: adam(0.01), epochs: 20 },
    ],
    [
      "vanishingGradients",
      "eight layers of tanh that start small",
      { net: deep(8, tanh, { init: normal({ deviation: 0.03 }) }), data: spiral(1), optimizer: sgd(0.1), epochs: 10 },
    ],
    [
      "explodingGradients",
      "eight layers of ReLU that start large",
      { net: deep(8, relu, { init: normal({ deviation: 0.7 }) }), data: spiral(1), optimizer: sgd(1e-5), epochs: 5 },
    ],
    [
      "explodingGradients",
      "ten layers of tanh that start large",
      { net: deep(10, tanh, { init: normal({ deviation: 1 }) }), data: spiral(1), optimizer: sgd(0.001), epochs: 5 },
    ],
    [
      "dyingRelu",
      "biases of -10",
      {
        net: network([dense(64, 64, { biasInit: constant(-10) }), relu, dense(64, 10)]),
        data: digitsData,
        optimizer: sgd(0.1),
        epochs: 2,
      },
    ],
    ["rateTooHigh", "100 times the digits' rate", { net: image(), data: digitsData, optimizer: adagrad(5), epochs: 3 }],
    ["rateTooHigh", "100 times the spiral's rate", { net: points(), data: spiral(1), optimizer: adam(1), epochs: 20 }],
    [
      "rateTooHigh",
      "100 times the regression's rate",
      { net: line(), data: regression(1), optimizer: adam(1), epochs: 20 },
    ],
    [
      "rateTooLow",
      "a thousandth of the digits' rate",
      { net: image(), data: digitsData, optimizer: adagrad(0.00005), epochs: 10 },
    ],
    [
      "rateTooLow",
      "a thousandth of the moons' rate",
      { net: points(), data: moons(1), optimizer: adam(0.00001), epochs: 40 },
    ],
    [
      "rateTooLow",
      "a thousandth of the regression's rate",
      { net: line(), data: regression(1), optimizer: adam(0.00001), epochs: 40 },
    ],
    [
      "symmetricStart",
      "weights of 0 with ReLU",
      { net: deep(1, relu, { init: zeros() }, digitSizes), data: digitsData, optimizer: sgd(0.1), epochs: 2 },
    ],
    [
      "symmetricStart",
      "weights of 0.1 with tanh, which learn and remain copies",
      { net: deep(1, tanh, { init: constant(0.1) }), data: moons(1), optimizer: adam(0.01), epochs: 30 },
    ],
    [
      "unscaledInput",
      "raw features with ReLU",
      { net: points(), data: raw(moons(1)), optimizer: adam(0.01), epochs: 10 },
    ],
    [
      "unscaledInput",
      "raw features with tanh",
      { net: points(tanh), data: raw(moons(1)), optimizer: sgd(0.01), epochs: 10 },
    ],
    [
      "unscaledInput",
      "raw features, numbers to predict",
      { net: line(), data: raw(regression(1)), optimizer: adam(0.01), epochs: 10 },
    ],
  ];

  it.each(ill)("%s: %s", async (disease, _, one) => {
    for (const seed of [1, 2, 3]) {
      const { findings } = await watched(one, seed);
      expect(findings.map((finding) => finding.disease)).toContain(disease);
      expect(findings[0]?.disease).toBe(disease);
    }
  });

  it("names dying units beside the rate that killed them", async () => {
    const { findings } = await watched({ net: points(), data: moons(1), optimizer: sgd(10), epochs: 20 });
    expect(findings.map(({ disease }) => disease)).toEqual(["rateTooHigh", "dyingRelu"]);
    expect(findings[1]?.layers).toContain(2);
  });

  it("says where, by which numbers, and what to do, in both languages", async () => {
    const net = network([dense(64, 32, { biasInit: constant(-10) }), relu, dense(32, 10)]);
    const { findings } = await watched({ net, data: digitsData, optimizer: sgd(0.1), epochs: 1 });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      disease: "dyingRelu",
      name: { en: "dying ReLU", zh: "ReLU 单元死亡" },
      layers: [1],
      evidence: { dead: 1, layer: 1, units: 32 },
    });
    expect(findings[0]?.seen.en).toBe(
      "32 of the 32 ReLU units of layer 1 are 0 for every example looked at: no gradient reaches their weights",
    );
    expect(findings[0]?.seen.zh).toContain("第 1 层的 32 个 ReLU 单元中有 32 个");
    expect(findings[0]?.remedy.en).toContain("leakyRelu");
    expect(findings[0]?.remedy.zh).toContain("leakyRelu");
  });
});

describe("healthy networks", () => {
  const healthy: readonly [string, (seed: number) => Case][] = [
    [
      "digits, as on the command line",
      () => ({ net: image(), data: digitsData, optimizer: adagrad(0.05), epochs: 10 }),
    ],
    ["the spiral", (seed) => ({ net: points(), data: spiral(seed), optimizer: adam(0.01), epochs: 100 })],
    ["moons", (seed) => ({ net: points(), data: moons(seed), optimizer: adam(0.01), epochs: 60 })],
    ["a regression", (seed) => ({ net: line(), data: regression(seed), optimizer: adam(0.01), epochs: 60 })],
    [
      "six layers of ReLU",
      () => ({ net: deep(6, relu, {}, digitSizes), data: digitsData, optimizer: adam(0.001), epochs: 6 }),
    ],
    [
      "a layer of sigmoids",
      () => ({ net: deep(1, sigmoid, {}, digitSizes), data: digitsData, optimizer: sgd(0.5), epochs: 6 }),
    ],
  ];

  it.each(healthy)("no false alarm over 20 seeds: %s", async (_, build) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { findings, readings } = await watched(build(seed), seed);
      expect(
        findings.map(({ seen }) => seen.en),
        `seed ${seed}`,
      ).toEqual([]);
      expect(readings.length).toBeGreaterThan(2);
    }
  });
});

describe("watching", () => {
  it("changes no bit of the training", async () => {
    const one = { net: image(), data: digitsData as Dataset, optimizer: adam(0.003), epochs: 2 };
    const plain = await train(one.net, one.data, { ...one, loss: lossFor(one.data), seed: 5 });
    const look = watch({ every: 1 });
    const { run } = await watched(one, 5, { watch: look });
    expect(look.readings).toHaveLength(3);
    expect(await saveModel(run)).toEqual(await saveModel(plain));
    expect(run.history.map(({ loss }) => loss)).toEqual(plain.history.map(({ loss }) => loss));
  });

  it("reads what a layer is: norms, update, dead units", async () => {
    const readings: Reading[] = [];
    const look = watch({ every: 1, examples: 40, onReading: (reading) => readings.push(reading) });
    await watched({ net: points(), data: moons(1), optimizer: sgd(0.1), epochs: 3 }, 1, { watch: look });
    expect(readings.map(({ epoch, step }) => [epoch, step])).toEqual([
      [0, 0],
      [1, 13],
      [2, 26],
      [3, 39],
    ]);
    expect(look.readings).toEqual(readings);
    const [first] = readings;
    expect(first?.layers.map(({ layer, inputs, units, activation }) => [layer, inputs, units, activation])).toEqual([
      [1, 2, 32, "relu"],
      [2, 32, 32, "relu"],
      [3, 32, 2, undefined],
    ]);
    for (const { gradient, weights, update, signal } of first?.layers ?? []) {
      // Plain gradient descent: ΔW = -rate · dW.
      expect(update).toBeCloseTo((0.1 * gradient.norm) / weights.norm, 6);
      expect(signal.norm).toBeGreaterThan(0);
    }
    expect(first?.layers[0]?.gradient.rms).toBeCloseTo((first?.layers[0]?.gradient.norm ?? 0) / 8, 10);
    expect(first?.lossAfter).toBeLessThan(first?.loss ?? 0);
  });

  it("can judge readings that were kept: diagnose is pure", async () => {
    const { readings, findings } = await watched({ net: points(), data: spiral(1), optimizer: adam(1), epochs: 20 });
    const copy = JSON.parse(JSON.stringify(readings)) as Reading[];
    expect(diagnose(copy)[0]).toMatchObject({ disease: findings[0]?.disease, seen: findings[0]?.seen });
    expect(diagnose([])).toEqual([]);
  });
});

describe("a divergence", () => {
  const failing = (data: Dataset, optimizer: Optimizer) =>
    train(line(), data, { loss: meanSquaredError(), optimizer, epochs: 50 }).catch((error: unknown) => error);

  it("names the disease as the watch does, in both languages", async () => {
    const error = (await failing(regression(1), sgd(1e20))) as DivergedError;
    expect(error).toBeInstanceOf(DivergedError);
    expect(error.disease).toBe("rateTooHigh");
    expect(error.message).toBe(error.text.en);
    expect(error.text.en).toMatch(/the learning rate 1e\+20 is most likely too high; try 0\.1, or clip the gradients/);
    expect(error.text.zh).toMatch(/^训练在第 \d+ 步发散：.*学习率 1e\+20 很可能过大；试试 0\.1/);
  });

  it("blames features that nobody scaled before a rate that would do otherwise", async () => {
    const linear = network([dense(3, 1)]);
    const error = await train(linear, raw(regression(1)), {
      loss: meanSquaredError(),
      optimizer: sgd(0.1),
      epochs: 50,
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ disease: "unscaledInput" });
    expect((error as DivergedError).message).toMatch(/feature \d comes in with a root mean square of .*standardize/);
  });
});
