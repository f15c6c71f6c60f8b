import { describe, expect, it } from "vitest";
import { type Engine, reference } from "../../src/engines/index.js";
import {
  type Activation,
  activations,
  batchNorm,
  binaryCrossEntropy,
  crossEntropy,
  dense,
  dropout,
  huber,
  type LayerLike,
  type Loss,
  layerNorm,
  losses,
  meanAbsoluteError,
  meanSquaredError,
  network,
  softmaxCrossEntropy,
} from "../../src/nn/index.js";
import { relu } from "../../src/ops/relu.js";
import { softmax } from "../../src/ops/softmax.js";
import { tanh } from "../../src/ops/tanh.js";
import { adam, momentum, type Optimizer, optimizers, sgd } from "../../src/optim/index.js";
import { initialValues, Session } from "../../src/train/session.js";
import { randomFrom } from "../kernels/random.js";
import { largest } from "./judge.js";
import { absent, onnx, why } from "./runtime.js";

interface Case {
  readonly layers: readonly LayerLike[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly clip?: number;
}

const classifier = [dense(4, 6), tanh, dense(6, 3)];
const regressor = [dense(4, 6), tanh, dense(6, 2)];
const plain = { layers: classifier, loss: softmaxCrossEntropy(), optimizer: sgd(0.1) };

const cases: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    Object.entries(optimizers).map(([name, make]) => [
      `optimizer ${name}`,
      { ...plain, optimizer: make(0.02, { weightDecay: 0.01 }) },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(activations).map(([name, apply]) => [
      `activation ${name}`,
      { ...plain, layers: [dense(4, 6), apply as Activation, dense(6, 3)] },
    ]),
  ),
  "loss crossEntropy": { ...plain, layers: [...classifier, softmax], loss: crossEntropy() },
  "loss binaryCrossEntropy": {
    ...plain,
    layers: [dense(4, 6), relu, dense(6, 1)],
    loss: binaryCrossEntropy({ positiveWeight: 3 }),
  },
  "loss meanSquaredError": { ...plain, layers: regressor, loss: meanSquaredError() },
  "loss meanAbsoluteError": { ...plain, layers: regressor, loss: meanAbsoluteError() },
  "loss huber": { ...plain, layers: regressor, loss: huber({ delta: 0.5 }) },
  "loss softmaxCrossEntropy with weights and smoothing": {
    ...plain,
    loss: softmaxCrossEntropy({ classWeights: [1, 2, 0.5], labelSmoothing: 0.1, leaveOut: true }),
  },
  "layer dropout": {
    ...plain,
    layers: [dense(4, 6), tanh, dropout(0.25), dense(6, 6), relu, dropout(0.5), dense(6, 3)],
  },
  "layer batchNorm": {
    ...plain,
    layers: [dense(4, 6, { bias: false }), batchNorm(6), tanh, dense(6, 3)],
    optimizer: momentum(0.1),
  },
  "layer layerNorm": {
    ...plain,
    layers: [layerNorm(4), dense(4, 6), layerNorm(6), relu, dense(6, 3)],
    optimizer: adam(0.01),
  },
  "no biases": { ...plain, layers: [dense(4, 5, { bias: false }), relu, dense(5, 3, { bias: false })] },
  "clipped gradients": { ...plain, clip: 0.05 },
  "more examples than weights": { ...plain, layers: [dense(4, 1), tanh, dense(1, 3)] },
};

const batches = [9, 4];

/** Everything a run of three steps (full, partial, full batch) leaves behind: loss, predictions, parameters, states. */
async function trained(
  engine: Engine,
  { layers, loss, optimizer, clip }: Case,
  threads: number,
): Promise<Map<string, Float64Array>[]> {
  const description = { network: network(layers), loss, optimizer, clip, seed: 3 };
  using session = await Session.open(description, { batchSizes: batches, predictBatch: 2, engine, threads });
  session.write(
    new Map([...initialValues(description.network, 3)].map(([name, values]) => [name, values.map(Math.fround)])),
  );
  const uniform = randomFrom(8);
  const lasting = session.plan(9).buffers.filter(({ role }) => role === "parameter" || role === "state");
  const records: Map<string, Float64Array>[] = [];
  for (const size of [9, 4, 9]) {
    const { x, t } = session.batch(size);
    for (let i = 0; i < x.length; i++) x[i] = Math.fround(2 * uniform() - 1);
    const classes = loss.outputs === "logit" ? 2 : description.network.outputs;
    for (let i = 0; i < t.length; i++)
      t[i] = loss.target === "class" ? Math.floor(uniform() * classes) : Math.fround(uniform());
    await session.step(size, optimizer.rate);
    const names = ["loss", "prediction", ...lasting.map(({ name }) => name)];
    records.push(new Map(names.map((name) => [name, session.read(name, size)])));
  }
  const predicted = await session.predict((x) => x.fill(0.5));
  return [...records, new Map([["prediction", Float64Array.from(predicted)]])];
}

describe.skipIf(absent !== undefined).each([1, 2])(
  `three training steps on ONNX Runtime, threads: %i${why}`,
  (threads) => {
    it.each(Object.entries(cases))("%s", async (_, one) => {
      const [actual, expected] = [await trained(onnx, one, threads), await trained(reference, one, 1)];
      expected.forEach((record, step) => {
        for (const [name, wanted] of record) {
          const got = actual[step]?.get(name) as Float64Array;
          const size = Math.max(1e-3, largest(wanted));
          wanted.forEach((exact, i) => {
            const off = Math.abs((got[i] as number) - exact) / size;
            if (!(off < 2e-5)) expect.fail(`step ${step + 1}, ${name}[${i}]: ${got[i]} instead of ${exact}`);
          });
        }
      });
      const [first, , last] = expected.map((record) => record.get("W[1]"));
      expect(first, "training changes weights").not.toEqual(last);
    });
  },
);

it("every optimizer, activation and loss is trained with", () => {
  const titles = Object.keys(cases);
  const named = (kind: string, names: object) =>
    Object.keys(names).filter((name) => !titles.includes(`${kind} ${name}`));
  expect(named("optimizer", optimizers)).toEqual([]);
  expect(named("activation", activations)).toEqual([]);
  expect(named("loss", losses)).toEqual(["softmaxCrossEntropy"]);
});
