import { describe, expect, it } from "vitest";
import {
  activation,
  adagrad,
  batchNorm,
  dense,
  dropout,
  leakyRelu,
  losses,
  meanSquaredError,
  predict as predictOn,
  saveModel,
  sequential,
  softmaxCrossEntropy,
  synthetic,
  tanh,
  tensor,
  train,
} from "../../src/index.js";
import { lossMeanings } from "../../src/nn/loss-meanings.js";
import { DataError, loadModel, predict } from "../../src/predict.js";

const rows = [
  [0.5, -0.25],
  [-1, 2],
  [0, 0],
];

describe("the small entry for pages that only predict", () => {
  it("says of a classifier what the reference engine says", async () => {
    const { training } = synthetic.spiral({ classes: 3 });
    const network = sequential(
      dense(2, 8),
      batchNorm(8),
      activation(leakyRelu, { slope: 0.1 }),
      dropout(0.2),
      dense(8, 3),
    );
    const run = await train(network, training, { loss: softmaxCrossEntropy(), optimizer: adagrad(0.05), epochs: 2 });
    const model = loadModel(await saveModel(run));
    const [mine, theirs] = [await predict(model, rows), await predictOn(model, rows, { engine: "reference" })];
    mine.forEach((one, i) => {
      expect(one.class).toBe(theirs[i]?.class);
      one.probabilities?.forEach((p, j) => {
        expect(p).toBeCloseTo(theirs[i]?.probabilities?.[j] as number, 12);
      });
    });
    expect(mine).toHaveLength(3);
  });

  it("gives numbers in the data's own unit", async () => {
    const { training } = synthetic.regression();
    const network = sequential(dense(3, 8), tanh, dense(8, 1));
    const run = await train(network, training, { loss: meanSquaredError(), optimizer: adagrad(0.05), epochs: 2 });
    const model = loadModel(await saveModel(run));
    const inputs = [
      [0.5, 0, 1],
      [-2, 1, 0],
    ];
    const theirs = await predictOn(model, inputs, { engine: "reference" });
    (await predict(model, inputs)).forEach((one, i) => {
      expect(one.values?.[0]).toBeCloseTo(theirs[i]?.values?.[0] as number, 12);
    });
  });

  it("knows what the outputs of every loss mean, and trains with none", async () => {
    const meanings = Object.entries(losses).map(([name, make]) => [name, make().outputs]);
    expect(Object.fromEntries(meanings)).toEqual(lossMeanings);
    const { training } = synthetic.spiral({ classes: 2 });
    const options = { loss: softmaxCrossEntropy(), optimizer: adagrad(0.05), epochs: 1 };
    const model = loadModel(await saveModel(await train(sequential(dense(2, 2)), training, options)));
    expect(model.loss).toMatchObject({ name: "softmaxCrossEntropy", target: "class", outputs: "logits" });
    expect(() => model.loss.apply(tensor([[1, 2]]), tensor([0]))).toThrow("loaded for prediction alone");
  });

  it("refuses rows of another length as the engines do", async () => {
    const { training } = synthetic.spiral({ classes: 2 });
    const run = await train(sequential(dense(2, 2)), training, {
      loss: softmaxCrossEntropy(),
      optimizer: adagrad(0.05),
      epochs: 1,
    });
    await expect(predict(run.model, [[1]])).rejects.toThrow(DataError);
    await expect(predict(run.model, [[1]])).rejects.toThrow("row 1 has 1 features, the model takes 2");
  });
});
