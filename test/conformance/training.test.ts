import { describe, expect, it } from "vitest";
import { evaluateAll } from "../../src/autodiff/index.js";
import type { Engine } from "../../src/engines/index.js";
import {
  activation,
  adam,
  batchNorm,
  binaryCrossEntropy,
  crossEntropy,
  dense,
  dropout,
  hardtanh,
  huber,
  type Layer,
  type Loss,
  layerNorm,
  leakyRelu,
  meanAbsoluteError,
  meanSquaredError,
  type Optimizer,
  relu,
  sgd,
  softmax,
  softmaxCrossEntropy,
  type Tensor,
  tanh,
} from "../../src/index.js";
import { type Activation, activations, losses, network as networkOf } from "../../src/nn/index.js";
import { optimizers } from "../../src/optim/index.js";
import { sizeOf } from "../../src/tensor/index.js";
import { lastingLeaves, type StepDescription, trainingGraph } from "../../src/train/graphs.js";
import { initialValues, Session } from "../../src/train/session.js";
import { randomFrom } from "../kernels/random.js";
import { engineList } from "./on-engine.js";

const batch = 5;
const steps = 3;

interface Case {
  readonly title: string;
  readonly layers: readonly (Layer | Activation)[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly clip?: number;
}

const rates: Readonly<Record<keyof typeof optimizers, number>> = {
  sgd: 0.1,
  momentum: 0.05,
  nesterov: 0.05,
  adagrad: 0.05,
  rmsprop: 0.01,
  adam: 0.01,
  adamw: 0.01,
  adadelta: 1,
  adamax: 0.01,
  nadam: 0.01,
  radam: 0.01,
};

const classifier = [dense(4, 6), tanh, dense(6, 3)];
const regressor = [dense(4, 6), tanh, dense(6, 2)];

const cases: readonly Case[] = [
  ...(Object.keys(optimizers) as (keyof typeof optimizers)[]).map((name) => ({
    title: `optimizer ${name}`,
    layers: classifier,
    loss: softmaxCrossEntropy(),
    optimizer: optimizers[name](rates[name], { weightDecay: 0.01 }),
  })),
  ...Object.entries(activations)
    .filter(([name]) => name !== "softmax" && name !== "logSoftmax")
    .map(([name, apply]) => ({
      title: `activation ${name}`,
      layers: [dense(4, 6), apply as Activation, dense(6, 3)],
      loss: softmaxCrossEntropy(),
      optimizer: sgd(0.1),
    })),
  {
    title: "a softmax layer and crossEntropy",
    layers: [...classifier, softmax],
    loss: crossEntropy(),
    optimizer: sgd(0.1),
  },
  {
    title: "softmaxCrossEntropy with class weights and label smoothing",
    layers: classifier,
    loss: softmaxCrossEntropy({ classWeights: [1, 2, 0.5], labelSmoothing: 0.1 }),
    optimizer: sgd(0.1),
  },
  {
    title: "crossEntropy with class weights",
    layers: [...classifier, softmax],
    loss: crossEntropy({ classWeights: [1, 2, 0.5] }),
    optimizer: sgd(0.1),
  },
  {
    title: "the sum of softmaxCrossEntropy",
    layers: classifier,
    loss: softmaxCrossEntropy({ reduction: "sum" }),
    optimizer: sgd(0.02),
  },
  {
    title: "binaryCrossEntropy",
    layers: [dense(4, 6), relu, dense(6, 1)],
    loss: binaryCrossEntropy(),
    optimizer: sgd(0.1),
  },
  {
    title: "binaryCrossEntropy with positiveWeight",
    layers: [dense(4, 6), relu, dense(6, 1)],
    loss: binaryCrossEntropy({ positiveWeight: 3 }),
    optimizer: sgd(0.1),
  },
  { title: "meanSquaredError", layers: regressor, loss: meanSquaredError(), optimizer: sgd(0.1) },
  { title: "meanAbsoluteError", layers: regressor, loss: meanAbsoluteError(), optimizer: sgd(0.1) },
  { title: "huber", layers: regressor, loss: huber({ delta: 0.5 }), optimizer: sgd(0.1) },
  {
    title: "dropout",
    layers: [dense(4, 6), tanh, dropout(0.25), dense(6, 6), relu, dropout(0.5), dense(6, 3)],
    loss: softmaxCrossEntropy(),
    optimizer: sgd(0.1),
  },
  {
    title: "batchNorm",
    layers: [dense(4, 6, { bias: false }), batchNorm(6), tanh, dense(6, 3)],
    loss: softmaxCrossEntropy(),
    optimizer: sgd(0.1),
  },
  {
    title: "batchNorm after the last layer",
    layers: [dense(4, 6), relu, dense(6, 3), batchNorm(3)],
    loss: softmaxCrossEntropy(),
    optimizer: sgd(0.1),
  },
  {
    title: "layerNorm",
    layers: [layerNorm(4), dense(4, 6), layerNorm(6), relu, dense(6, 3)],
    loss: softmaxCrossEntropy(),
    optimizer: adam(0.01),
  },
  {
    title: "activations with options",
    layers: [
      dense(4, 6),
      activation(leakyRelu, { slope: 0.2 }),
      dense(6, 6),
      activation(hardtanh, { min: -0.5, max: 2 }),
      dense(6, 3),
    ],
    loss: softmaxCrossEntropy(),
    optimizer: sgd(0.1),
  },
  { title: "clipped gradients", layers: classifier, loss: softmaxCrossEntropy(), optimizer: sgd(0.1), clip: 0.05 },
  { title: "a single layer", layers: [dense(4, 3)], loss: softmaxCrossEntropy(), optimizer: adam(0.01) },
  {
    title: "no biases",
    layers: [dense(4, 5, { bias: false }), relu, dense(5, 2, { bias: false })],
    loss: meanSquaredError(),
    optimizer: sgd(0.1),
  },
  {
    title: "six layers",
    layers: [
      dense(4, 7),
      relu,
      dense(7, 7),
      tanh,
      dense(7, 5),
      relu,
      dense(5, 5),
      tanh,
      dense(5, 5),
      relu,
      dense(5, 3),
    ],
    loss: softmaxCrossEntropy(),
    optimizer: adam(0.01),
  },
];

/** A batch of numbers that float32 holds, so that both precisions start from the same. */
function batchOf(one: Case, outputs: number, step: number): { x: Float64Array; t: Float64Array } {
  const uniform = randomFrom(100 + step);
  const x = Float64Array.from({ length: batch * 4 }, () => Math.fround(2 * uniform() - 1));
  const classes = one.loss.outputs === "logit" ? 2 : outputs;
  const t =
    one.loss.target === "class"
      ? Float64Array.from({ length: batch }, () => Math.floor(uniform() * classes))
      : Float64Array.from({ length: batch * outputs }, () => Math.fround(2 * uniform() - 1));
  return { x, t };
}

type Record3 = readonly ReadonlyMap<string, Float64Array>[];

function descriptionOf({ layers, loss, optimizer, clip }: Case): StepDescription {
  return { network: networkOf(layers), loss, optimizer, clip, seed: 3 };
}

/** The same steps the obvious way: the graph evaluated in float64, every new value fed to the next step. */
function evaluated(one: Case, description: StepDescription): Record3 {
  const { network, optimizer } = description;
  const leaves = lastingLeaves(description);
  const { outputs, updates = [] } = trainingGraph(description, leaves, batch);
  const initial = initialValues(network, description.seed);
  const lasting = new Map<Tensor, Float64Array>();
  for (const { target } of updates) lasting.set(target, target.values ?? new Float64Array(sizeOf(target.shape)));
  for (const { name, tensor } of network.tensors)
    lasting.set(tensor, (initial.get(name) as Float64Array).map(Math.fround));
  return Array.from({ length: steps }, (_, i) => {
    const { x, t } = batchOf(one, network.outputs, i);
    const scalars = optimizer.scalars(i + 1, optimizer.rate);
    const feeds = new Map<Tensor, Float64Array>(lasting);
    for (const [name, leaf] of Object.entries(leaves.scalars))
      feeds.set(leaf, Float64Array.of(scalars[name] as number));
    feeds.set(leaves.step, Float64Array.of(i + 1));
    for (const leaf of leavesOf(outputs)) {
      if (leaf.name === "X") feeds.set(leaf, x);
      if (leaf.name === "t") feeds.set(leaf, t);
    }
    const values = evaluateAll([...outputs, ...updates.map(({ value }) => value)], feeds);
    updates.forEach(({ target }, j) => {
      lasting.set(target, values[outputs.length + j]?.data as Float64Array);
    });
    const record = new Map<string, Float64Array>(
      [...lasting].map(([leaf, numbers]) => [leaf.name as string, numbers.slice()]),
    );
    outputs.forEach((output, j) => {
      record.set(output.name as string, values[j]?.data as Float64Array);
    });
    return record;
  });
}

function leavesOf(roots: readonly Tensor[]): Set<Tensor> {
  const seen = new Set<Tensor>(roots);
  for (const node of seen) for (const input of node.inputs) seen.add(input);
  return new Set([...seen].filter(({ inputs }) => inputs.length === 0));
}

async function trained(
  engine: Engine,
  one: Case,
  description: StepDescription,
  names: readonly string[],
): Promise<Record3> {
  using session = await Session.open(description, { batchSizes: [batch], engine });
  const initial = initialValues(description.network, description.seed);
  session.write(new Map([...initial].map(([name, numbers]) => [name, numbers.map(Math.fround)])));
  const records: ReadonlyMap<string, Float64Array>[] = [];
  for (let i = 0; i < steps; i++) {
    const { x, t } = batchOf(one, description.network.outputs, i);
    const buffers = session.batch(batch);
    buffers.x.set(x);
    buffers.t.set(t);
    await session.step(batch, description.optimizer.rate);
    records.push(new Map(names.map((name) => [name, session.read(name)])));
  }
  return records;
}

it("every optimizer, activation and loss is trained with", () => {
  const used = (names: readonly string[]) =>
    names.filter((name) => !cases.some(({ title, loss }) => title.endsWith(` ${name}`) || loss.name === name));
  expect(used(Object.keys(optimizers))).toEqual([]);
  expect(used(Object.keys(losses))).toEqual([]);
  // As the last layer of a network, softmax is trained with crossEntropy; logSoftmax has no loss of its own.
  expect(used(Object.keys(activations))).toEqual(["softmax", "logSoftmax"]);
});

describe.each(engineList)("three training steps on the engine %s", (_, engine) => {
  it.each(cases.map((one) => [one.title, one] as const))("%s", async (__, one) => {
    const description = descriptionOf(one);
    const expected = evaluated(one, description);
    const names = [...(expected[0] as ReadonlyMap<string, Float64Array>).keys()];
    expect(names.length).toBeGreaterThan(2);
    const actual = await trained(engine, one, description, names);
    let moved = 0;
    expected.forEach((record, step) => {
      for (const name of names) {
        const wanted = record.get(name) as Float64Array;
        const got = actual[step]?.get(name) as Float64Array;
        const size = Math.max(1e-3, ...Array.from(wanted, Math.abs));
        wanted.forEach((exact, i) => {
          const where = `step ${step + 1}, ${name}[${i}]: ${got[i]} instead of ${exact}`;
          if (engine.precision === "float64") expect(Object.is(got[i], exact), where).toBe(true);
          else expect(Math.abs((got[i] as number) - exact) / size, where).toBeLessThan(2e-5);
        });
        if (step > 0) moved += wanted.some((exact, i) => exact !== expected[step - 1]?.get(name)?.[i]) ? 1 : 0;
      }
    });
    expect(moved, "numbers that training changed").toBeGreaterThan(3);
  });
});
