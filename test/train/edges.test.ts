import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import { applyNormalizer } from "../../src/data/index.js";
import {
  adam,
  binaryCrossEntropy,
  createDataset,
  DataError,
  type Dataset,
  DivergedError,
  dense,
  type EpochReport,
  evaluateOn,
  huber,
  input,
  meanSquaredError,
  predict,
  relu,
  sequential,
  sgd,
  softmaxCrossEntropy,
  synthetic,
  type Tensor,
  takeRows,
  tanh,
  train,
} from "../../src/index.js";
import { initialValues } from "../../src/train/session.js";

const { training, test } = synthetic.moons({ count: 200, seed: 3 });
const network = sequential(dense(2, 6), tanh, dense(6, 2));
const loss = softmaxCrossEntropy();

const some = (data: Dataset<2, 2>, rows: number) =>
  takeRows(
    data,
    Int32Array.from({ length: rows }, (_, i) => i),
  ) as Dataset<2, 2>;
const labelsOf = (data: Dataset) => (data.target.kind === "class" ? Array.from(data.target.labels) : []);

describe("an epoch, step by step", () => {
  it("is plain gradient descent on batches of 3, 3 and 1 of seven examples, each loss a mean over its batch", async () => {
    const data = some(training, 7);
    const run = await train(network, data, {
      loss,
      optimizer: sgd(0.5),
      epochs: 2,
      batch: 3,
      shuffle: false,
      seed: 9,
      engine: "reference",
    });
    expect(run.steps).toBe(6);

    // The same by evaluating the graph of the loss and its gradients directly.
    const weights = new Map<string, Float64Array>(initialValues(network, 9));
    const features = applyNormalizer(run.model.normalizer, data.features);
    const means: number[] = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      let total = 0;
      for (const [start, size] of [
        [0, 3],
        [3, 3],
        [6, 1],
      ] as const) {
        const X = input([size, 2] as const, "X");
        const t = input([size] as const, "t");
        const cost = softmaxCrossEntropy(network.forward(X).output as Tensor, t as Tensor);
        const parameters = network.parameters.map(({ tensor }) => tensor);
        const feeds = new Map<Tensor, Float64Array>([
          [X as Tensor, Float64Array.from(features.subarray(2 * start, 2 * (start + size)))],
          [t as Tensor, Float64Array.from(labelsOf(data).slice(start, start + size))],
        ]);
        for (const { name, tensor } of network.parameters) feeds.set(tensor, weights.get(name) as Float64Array);
        const [value, ...byWeight] = evaluateAll([cost, ...gradients(cost, parameters)], feeds);
        total += (value?.item() ?? 0) * size;
        network.parameters.forEach(({ name }, i) => {
          weights.set(
            name,
            (weights.get(name) as Float64Array).map((w, j) => w - 0.5 * (byWeight[i]?.data[j] as number)),
          );
        });
      }
      means.push(total / 7);
    }
    for (const [name, numbers] of run.model.weights) {
      const expected = Array.from(weights.get(name) ?? [], (value) => expect.closeTo(value, 12));
      expect([...numbers], name).toEqual(expected);
    }
    expect(run.history.map(({ loss: mean }) => mean)).toEqual(means.map((mean) => expect.closeTo(mean, 12)));
  });

  it("visits every example once, in an order of its own each epoch", async () => {
    // The learning rate is 0, so that each step's loss tells which example it met.
    const data = some(training, 20);
    const seen: number[] = [];
    await train(network, data, {
      loss,
      optimizer: sgd(0),
      epochs: 3,
      batch: 1,
      onStep: ({ loss: one }) => seen.push(one),
    });
    const epochs = [0, 1, 2].map((e) => seen.slice(20 * e, 20 * e + 20));
    const sorted = epochs.map((losses) => [...losses].sort());
    expect(sorted[1]).toEqual(sorted[0]);
    expect(sorted[2]).toEqual(sorted[0]);
    expect(epochs[1]).not.toEqual(epochs[0]);
    expect(epochs[2]).not.toEqual(epochs[1]);
  });

  it("reports loss, accuracy, validation, rate and time after each epoch", async () => {
    const reports: EpochReport[] = [];
    const run = await train(network, training, {
      loss,
      optimizer: adam(0.02),
      epochs: 3,
      validation: test,
      onEpoch: (report) => reports.push(report),
    });
    expect(reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(run.history).toEqual(reports);
    for (const { epochs, loss: mean, accuracy, validation, rate, seconds } of reports) {
      expect([epochs, rate]).toEqual([3, 0.02]);
      expect(mean).toBeGreaterThan(0);
      expect(accuracy).toBeGreaterThanOrEqual(0);
      expect(accuracy).toBeLessThanOrEqual(1);
      expect(seconds).toBeGreaterThan(0);
      expect(validation?.confusion?.reduce((a, b) => a + b, 0)).toBe(test.count);
    }
    expect(reports.at(-1)?.validation?.loss).toBeCloseTo((await run.evaluateOn(test)).loss, 6);
    expect([run.ended, run.epochs, run.bestEpoch, run.engine]).toEqual(["finished", 3, 3, "wasm"]);
  });

  it("validation data is prepared as the training data was", async () => {
    const moved = (data: Dataset<2, 2>): Dataset<2, 2> => ({
      ...data,
      features: data.features.map((x) => 500 + 30 * x),
      preparation: "standardize",
    });
    const run = await train(network, moved(training), {
      loss,
      optimizer: adam(0.02),
      epochs: 2,
      validation: moved(test),
    });
    const judged = await run.evaluateOn(moved(test));
    expect(run.history.at(-1)?.validation?.loss).toBeCloseTo(judged.loss, 6);
    expect(run.history.at(-1)?.validation?.accuracy).toBe(judged.accuracy);
  });

  it("validation is only watched: with or without it the weights are the same", async () => {
    const options = { loss, optimizer: adam(0.02), epochs: 3 };
    const [with_, without] = [
      await train(network, training, { ...options, validation: test }),
      await train(network, training, options),
    ];
    expect(with_.model.weights).toEqual(without.model.weights);
  });
});

describe("patience", () => {
  it("gives the weights that a training of so many epochs gives", async () => {
    const options = { loss, optimizer: adam(0.3), seed: 5, batch: 16 };
    const patient = await train(network, training, { ...options, validation: test, patience: 3, epochs: 300 });
    expect(patient.ended).toBe("patience");
    expect(patient.bestEpoch).toBe(patient.epochs - 3);
    const exact = await train(network, training, { ...options, epochs: patient.bestEpoch });
    expect(patient.model.weights).toEqual(exact.model.weights);
  });
});

describe("stopping", () => {
  it("a signal already given lets one step be taken", async () => {
    const run = await train(network, training, { loss, optimizer: sgd(0.1), signal: AbortSignal.abort() });
    expect([run.ended, run.steps, run.epochs]).toEqual(["interrupted", 1, 1]);
  });

  it("a signal given from outside is heard while training goes on", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 60);
    const run = await train(network, training, {
      loss,
      optimizer: sgd(0.1),
      epochs: 100_000,
      signal: controller.signal,
    });
    expect(run.ended).toBe("interrupted");
    expect(run.epochs).toBeLessThan(100_000);
  });
});

describe("divergence", () => {
  it.each(["reference", "wasm"] as const)("in the very last update is noticed too, on %s", async (engine) => {
    const rate = engine === "wasm" ? 1e38 : 1.7e308;
    const far = createDataset({
      name: "far",
      inputs: 2,
      features: new Float32Array(8).fill(1e4),
      target: { kind: "class", labels: [0, 0, 0, 1], classes: ["a", "b"] },
    });
    const failed = await train(sequential(dense(2, 2)), far as Dataset<2, 2>, {
      loss,
      optimizer: sgd(rate),
      epochs: 1,
      batch: 4,
      engine,
    }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DivergedError);
    expect((failed as DivergedError).step).toBe(1);
    expect((failed as DivergedError).message).toMatch(
      /^training diverged at step 1: the new [Wb]\[\d\] of layer \d \(dense \d → \d\) is -?Infinity; the learning rate/,
    );
  });

  it("names the step that went wrong, not the one that noticed", async () => {
    const failed = await train(sequential(dense(2, 8), relu, dense(8, 2)), training, {
      loss,
      optimizer: sgd(1e25),
      epochs: 5,
    }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DivergedError);
    expect((failed as DivergedError).step).toBeLessThan(10);
    expect((failed as DivergedError).message).toMatch(
      /^training diverged at step 2: Z\[\d\] of layer \d .* is (NaN|-?Infinity); the weights have grown to \S+ in W\[\d\], so the learning rate 1e\+25/,
    );
  });
});

describe("predicting", () => {
  it("prepares raw rows as the training data was", async () => {
    const far = createDataset({
      name: "far",
      inputs: 2,
      outputs: 2,
      features: training.features.map((x) => 300 + 20 * x),
      target: training.target,
      preparation: "standardize",
    });
    const options = { loss, optimizer: adam(0.02), epochs: 3, seed: 4 };
    const [plain, moved] = [
      await train(network, { ...training, preparation: "standardize" }, options),
      await train(network, far, options),
    ];
    const [a] = await plain.predict([[0.25, -0.5]]);
    const [b] = await moved.predict([[300 + 20 * 0.25, 300 + 20 * -0.5]]);
    expect(b?.probability).toBeCloseTo(a?.probability as number, 3);
    expect(b?.class).toBe(a?.class);
    expect(moved.model.normalizer.kind).toBe("standardize");
    expect(moved.model.normalizer.shift[0]).toBeGreaterThan(250);
  });

  it("gives probabilities with sum 1, and the class with the largest", async () => {
    const run = await train(network, training, { loss, optimizer: adam(0.02), epochs: 2 });
    const rows = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    const all = await run.predict(rows);
    expect(all.length).toBe(300);
    for (const { class: name, probability, probabilities = [] } of all) {
      expect(probabilities.reduce((p, q) => p + q, 0)).toBeCloseTo(1, 6);
      expect(probability).toBe(Math.max(...probabilities));
      expect(name).toBe(run.model.classes?.[probabilities.indexOf(probability as number)]);
    }
    const [alone] = await run.predict([rows[299] as number[]]);
    expect(alone).toEqual(all[299]);
  });

  it("with one output gives the probability of the second class", async () => {
    const run = await train(sequential(dense(2, 8), tanh, dense(8, 1)), training, {
      loss: binaryCrossEntropy(),
      optimizer: adam(0.05),
      epochs: 150,
    });
    const { accuracy } = await run.evaluateOn(test);
    expect(accuracy).toBeGreaterThan(0.8);
    const [answer] = await run.predict([[0, 1]]);
    const [first = 0, second = 0] = answer?.probabilities ?? [];
    expect(first + second).toBeCloseTo(1, 12);
    expect(answer?.class).toBe(run.model.classes?.[second > first ? 1 : 0]);
  });

  it("no rows give no answers", async () => {
    const run = await train(network, training, { loss, optimizer: adam(0.02), epochs: 1 });
    expect(await run.predict([])).toEqual([]);
  });

  it.each([
    [[[1, 2, 3]], "row 1 has 3 features, the model takes 2; give one number for each"],
    [[[1, 2], [1]], "row 2 has 1 features, the model takes 2; give one number for each"],
    [[[1, Number.NaN]], "row 1, column 2 is NaN; give a finite number"],
  ])("refuses %j", async (rows, message) => {
    const run = await train(network, some(training, 4), { loss, optimizer: sgd(0.1), epochs: 1 });
    await expect(predict(run.model, rows)).rejects.toThrow(expect.objectContaining({ message }));
  });
});

describe("evaluating", () => {
  const classes = (names: readonly string[], labels: readonly number[]): Dataset =>
    createDataset({
      name: "other",
      inputs: 2,
      features: new Float32Array(2 * labels.length),
      target: { kind: "class", labels, classes: names },
    });

  it("counts what is predicted, also as a class that the data does not have", async () => {
    const three = createDataset({
      name: "three",
      inputs: 2,
      features: [
        [0, 0],
        [10, 0],
        [0, 10],
        [0, 1],
        [10, 1],
        [1, 10],
      ],
      target: { kind: "class", labels: [0, 1, 2, 0, 1, 2], classes: ["a", "b", "c"] },
    });
    const net = sequential(dense(2, 8), tanh, dense(8, 3));
    const run = await train(net, three as Dataset<2, 3>, { loss, optimizer: adam(0.05), epochs: 200 });
    expect((await run.evaluateOn(three as Dataset<2, 3>)).accuracy).toBe(1);
    // Examples of "c", said to be "a" and "b" by data that knows no "c".
    const two = createDataset({
      name: "two",
      inputs: 2,
      features: [
        [0, 10],
        [1, 10],
        [0, 0],
      ],
      target: { kind: "class", labels: [0, 1, 0], classes: ["a", "b"] },
    });
    const judged = await evaluateOn(run.model, two);
    expect(judged.accuracy).toBeCloseTo(1 / 3, 12);
    expect([...(judged.confusion ?? [])]).toEqual([1, 0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it.each([
    [
      "other classes",
      classes(["left", "right"], [0, 1]),
      /^data "other" has the classes left, right, the model knows upper, lower$/,
    ],
    [
      "the same classes the other way round",
      classes(["lower", "upper"], [0, 1]),
      /^data "other" has the classes lower, upper, the model knows upper, lower$/,
    ],
    [
      "numbers for classes",
      createDataset({
        name: "other",
        inputs: 2,
        features: [1, 2],
        target: { kind: "value", values: [1], names: ["y"] },
      }),
      /^data "other" has numbers as targets, but the model predicts classes$/,
    ],
    [
      "other features",
      createDataset({
        name: "other",
        inputs: 3,
        features: [1, 2, 3],
        target: { kind: "class", labels: [0], classes: ["upper", "lower"] },
      }),
      /^data "other" has 3 features an example, the model was trained on 2; give it the same columns$/,
    ],
  ] as const)("refuses %s", async (_, data, message) => {
    const run = await train(network, some(training, 4), { loss, optimizer: sgd(0.1), epochs: 1 });
    await expect(evaluateOn(run.model, data)).rejects.toThrow(DataError);
    await expect(evaluateOn(run.model, data)).rejects.toThrow(message);
  });

  it("validation data with the classes in another order is refused before training", async () => {
    await expect(
      train(network, training, { loss, optimizer: sgd(0.1), validation: classes(["lower", "upper"], [0, 1]) }),
    ).rejects.toThrow(
      'validation data "other" has the classes lower, upper, the training data upper, lower; give both the same list',
    );
  });
});

describe("numbers to predict", () => {
  const { training: points } = synthetic.regression({ count: 120, seed: 2, noise: 0.1 });
  const inKelvin = {
    ...points,
    target: {
      ...points.target,
      values: points.target.kind === "value" ? points.target.values.map((t) => 300 + 40 * t) : new Float32Array(),
    },
  } as typeof points;
  const net = sequential(dense(3, 8), tanh, dense(8, 1));

  it("r2 and the mean absolute error are those of the predictions in the data's own unit", async () => {
    const run = await train(net, inKelvin, { loss: meanSquaredError(), optimizer: adam(0.02), epochs: 20 });
    const { r2, meanAbsoluteError, accuracy } = await run.evaluateOn(inKelvin);
    const rows = Array.from({ length: inKelvin.count }, (_, i) => [...inKelvin.features.subarray(3 * i, 3 * i + 3)]);
    const answers = (await run.predict(rows)).map(({ values }) => values?.[0] as number);
    const truth = Array.from(inKelvin.target.kind === "value" ? inKelvin.target.values : []);
    const mean = truth.reduce((a, b) => a + b, 0) / truth.length;
    const residual = truth.reduce((total, t, i) => total + (t - (answers[i] as number)) ** 2, 0);
    const spread = truth.reduce((total, t) => total + (t - mean) ** 2, 0);
    expect(r2).toBeCloseTo(1 - residual / spread, 6);
    expect(meanAbsoluteError).toBeCloseTo(
      truth.reduce((total, t, i) => total + Math.abs(t - (answers[i] as number)), 0) / truth.length,
      4,
    );
    expect(accuracy).toBeUndefined();
  });

  it("their unit does not matter to training: the network learns the scaled numbers", async () => {
    const options = { loss: huber(), optimizer: adam(0.02), epochs: 5, seed: 3 };
    const [plain, kelvin] = [await train(net, points, options), await train(net, inKelvin, options)];
    expect(kelvin.history.at(-1)?.loss).toBeCloseTo(plain.history.at(-1)?.loss as number, 3);
    const { shift = [], scale = [] } = kelvin.model.targetScaling ?? {};
    expect(shift[0]).toBeCloseTo(300 + 40 * (plain.model.targetScaling?.shift[0] as number), 2);
    expect(scale[0]).toBeCloseTo(40 * (plain.model.targetScaling?.scale[0] as number), 2);
  });

  it("a target that never changes is learned as it is", async () => {
    const constant = createDataset({
      name: "constant",
      inputs: 1,
      features: [1, 2, 3, 4],
      target: { kind: "value", values: [7, 7, 7, 7], names: ["y"] },
    });
    const run = await train(sequential(dense(1, 1)) as never, constant, {
      loss: meanSquaredError(),
      optimizer: adam(0.1),
      epochs: 100,
    });
    const [answer] = await run.predict([[2.5]]);
    expect(answer?.values?.[0]).toBeCloseTo(7, 1);
  });
});
