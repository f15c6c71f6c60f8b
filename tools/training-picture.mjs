/** Draws docs/training.svg and docs/training.zh-CN.svg, the README's picture: trains on the digits with the built library. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { root } from "./stamp.mjs";

await build();
/** @type {typeof import("../src/index.js")} */
const library = await import(pathToFileURL(join(root, "dist", "index.js")).href);
const { adagrad, dense, digits, dropout, relu, sequential, softmaxCrossEntropy, train, plot } = library;

const { training, test } = digits();
const epochs = 30;
const run = await train(sequential(dense(64, 256), relu, dropout(0.5), dense(256, 10)), training, {
  loss: softmaxCrossEntropy(),
  optimizer: adagrad(0.05),
  epochs,
  batch: 32,
  seed: 1,
  validation: test,
});
const { accuracy = 0 } = await run.evaluateOn(test);
const rows = Array.from({ length: test.count }, (_, i) => Array.from(test.features.subarray(i * 64, (i + 1) * 64)));
const predictions = await run.predict(rows);
const { target } = test;
const examples = rows.map((pixels, i) => ({
  pixels,
  truth: (target.kind === "class" && target.classes[target.labels[i] ?? 0]) || "",
  predicted: predictions[i]?.class ?? "",
}));

/** Every digit once, the first that is read rightly, and between them the first that is taken for something else, of two kinds. */
const row =
  target.kind === "class"
    ? target.classes.flatMap((digit) => examples.find((one) => one.truth === digit && one.predicted === digit) ?? [])
    : [];
const wrong = examples.filter(({ truth, predicted }) => truth !== predicted);
const first = wrong[0];
const second = wrong.find(({ truth, predicted }) => truth !== first?.truth && predicted !== first?.predicted);
if (first !== undefined) row.splice(4, 0, first);
if (second !== undefined) row.splice(9, 0, second);

const percent = `${(100 * accuracy).toFixed(1)}%`;

const languages = {
  "training.svg": {
    title: "Learning to read handwritten digits",
    subtitle: `64 → 256 relu dropout → 10, ${epochs} epochs, test accuracy ${percent}`,
    epoch: "epoch",
    loss: "Loss",
    accuracy: "Accuracy",
    training: "training",
    test: "test",
    digits: "Test digits and what it reads",
    is: (/** @type {string} */ truth) => `is ${truth}`,
  },
  "training.zh-CN.svg": {
    title: "学会辨认手写数字",
    subtitle: `64 → 256 relu dropout → 10，${epochs} 轮，测试正确率 ${percent}`,
    epoch: "轮次",
    loss: "损失",
    accuracy: "正确率",
    training: "训练",
    test: "测试",
    digits: "测试数字与它的辨认结果",
    is: (/** @type {string} */ truth) => `实为 ${truth}`,
  },
};

mkdirSync(join(root, "docs"), { recursive: true });
for (const [file, words] of Object.entries(languages)) {
  /** @param {"loss" | "accuracy"} name */
  const series = (name) => [
    { name: words.training, values: run.history.map((report) => report[name] ?? Number.NaN) },
    { name: words.test, values: run.history.map(({ validation }) => validation?.[name] ?? Number.NaN) },
  ];
  const svg = plot.trainingPicture({
    title: words.title,
    subtitle: words.subtitle,
    x: words.epoch,
    loss: { label: words.loss, series: series("loss") },
    accuracy: { label: words.accuracy, series: series("accuracy"), from: 0.8 },
    digits: { label: words.digits, wrong: words.is, examples: row, size: 8, most: 16 },
  });
  writeFileSync(join(root, "docs", file), svg);
  process.stderr.write(`docs/${file}: ${(svg.length / 1024).toFixed(1)} KiB, ${percent} right\n`);
}
