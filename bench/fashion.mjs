/**
 * Real data at scale: `node bench/fashion.mjs <folder> [--rounds 2] [--quick]`, the folder with Fashion-MNIST's four IDX files
 * (on Debian: apt-get install dataset-fashion-mnist). 784-128-10, ReLU, SGD, on retrograd, PyTorch and jax-js:
 * time of an epoch over 60,000 images, reading included, and time to a test accuracy.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { execPath, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { hasThreads, libraryMentions, takeLibrary } from "./library.mjs";
import { describeMachine, machineLine } from "./machine.mjs";
import { node24 } from "./node24.mjs";
import { writeResults } from "./output.mjs";
import { markdownTable, median, ratio } from "./statistics.mjs";
import { torchThreads } from "./torch-threads.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    epochs: { type: "string" },
    quick: { type: "boolean", default: false },
    rate: { type: "string", default: "0.3" },
    batch: { type: "string", default: "128" },
    target: { type: "string", default: "0.88" },
    out: { type: "string", default: fileURLToPath(new URL("../docs/bench/", import.meta.url)) },
  },
});
const folder = positionals[0];
if (folder === undefined || !existsSync(folder)) {
  stderr.write("Give the folder with Fashion-MNIST's IDX files: node bench/fashion.mjs <folder>\n");
  process.exit(2);
}
const shared = {
  folder,
  epochs: Number(values.epochs ?? (values.quick ? 3 : 40)),
  rate: Number(values.rate),
  batch: Number(values.batch),
  target: Number(values.target),
};
const rounds = Number(values.rounds ?? (values.quick ? 1 : 2));
const machine = describeMachine();
takeLibrary();
const python = process.env["PYTHON"] ?? (existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
const torch = spawnSync(python, ["-c", "import torch, numpy"], { stdio: "ignore" }).status === 0;
const jax = existsSync(fileURLToPath(new URL("peers/node_modules/@jax-js/jax", import.meta.url)));
const onnx = existsSync(fileURLToPath(new URL("peers/node_modules/onnxruntime-node", import.meta.url)));
const script = (/** @type {string} */ name) => fileURLToPath(new URL(`peers/fashion/${name}`, import.meta.url));
const counts = hasThreads() && availableParallelism() >= 2 ? [1, 2] : [1];
const relaxed = node24();
const systems = [
  ...counts.map((threads) => ({
    title: `retrograd, wasm, ${threads} thread${threads === 1 ? "" : "s"}`,
    command: [execPath, script("retrograd.mjs"), JSON.stringify({ ...shared, engine: "wasm", threads })],
  })),
  ...(relaxed === undefined || !libraryMentions("fastMath") ? [] : counts).map((threads) => ({
    title: `retrograd, wasm with --fast-math, ${threads} thread${threads === 1 ? "" : "s"}, Node 24`,
    command: [
      relaxed ?? "",
      script("retrograd.mjs"),
      JSON.stringify({ ...shared, engine: "wasm", threads, fastMath: true }),
    ],
  })),
  ...(onnx ? counts : []).map((threads) => ({
    title: `retrograd, onnx, ${threads} thread${threads === 1 ? "" : "s"}`,
    command: [execPath, script("retrograd.mjs"), JSON.stringify({ ...shared, engine: "onnx", threads })],
  })),
  ...(torch ? torchThreads : []).map(({ title, threads, products }) => ({
    title: `PyTorch, ${title}`,
    command: [python, script("pytorch.py"), JSON.stringify({ ...shared, threads, products })],
  })),
  ...(jax
    ? [{ title: "@jax-js/jax, wasm, jit", command: [execPath, script("jax-js.mjs"), JSON.stringify(shared)] }]
    : []),
];

/** @typedef {{ read: number, firstEpoch: number, seconds: number[], toTarget?: number, accuracies: number[] }} Answer */

/** @param {readonly string[]} command @returns {Promise<Answer>} */
async function ask([program = "", ...args]) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (part) => {
    text += part;
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  const line = text.split("\n").find((one) => one.startsWith("{"));
  if (status !== 0 || line === undefined) throw new Error("it ended without an answer");
  return JSON.parse(line);
}

const results = systems.map(({ title }) => ({ title, answers: /** @type {Answer[]} */ ([]) }));
for (let round = 0; round < rounds; round++) {
  for (const [i, { title, command }] of systems.entries()) {
    try {
      const answer = await ask(command);
      results[i]?.answers.push(answer);
      const end =
        answer.toTarget === undefined ? "target not reached" : `${answer.toTarget.toFixed(1)} s to the target`;
      stderr.write(
        `${title}: ${median(answer.seconds).toFixed(2)} s an epoch, ${end} after ${answer.accuracies.length} epochs\n`,
      );
    } catch (error) {
      stderr.write(`${title}: ${error instanceof Error ? error.message : error}\n`);
    }
  }
}
const figures = results
  .filter(({ answers }) => answers.length > 0)
  .map(({ title, answers }) => ({
    title,
    read: median(answers.map(({ read }) => read)),
    epoch: median(answers.flatMap(({ seconds }) => seconds)),
    withReading: median(answers.map(({ read, firstEpoch }) => read + firstEpoch)),
    toTarget: median(answers.map(({ toTarget }) => toTarget ?? Number.POSITIVE_INFINITY)),
    epochsToTarget: median(answers.map(({ accuracies }) => accuracies.length)),
    accuracy: median(answers.map(({ accuracies }) => accuracies.at(-1) ?? 0)),
  }));
const ours = figures[0];
const against = (/** @type {number} */ value, /** @type {number | undefined} */ own) =>
  Number.isFinite(value) ? `${value.toFixed(2)} s (${ratio(value / (own ?? Number.NaN))})` : "–";
const page = `# Fashion-MNIST, 60,000 images

Written by \`node bench/fashion.mjs <folder>\` on ${new Date().toISOString().slice(0, 10)}; do not edit. 784-128-10, ReLU, softmax cross-entropy, SGD at
${shared.rate}, batch ${shared.batch}, pixels scaled to 0–1, He initialization, a new order each epoch. Medians of ${rounds} processes each, in turn; in
brackets the time against retrograd's on one thread.

Machine: ${machineLine(machine)}. It is shared with other work.

${markdownTable(
  [
    "system",
    "reading",
    "an epoch",
    "reading and the first epoch",
    `to ${100 * shared.target} % on the test part`,
    "epochs",
    "accuracy",
  ],
  figures.map((row) => [
    row.title,
    `${row.read.toFixed(2)} s`,
    against(row.epoch, ours?.epoch),
    against(row.withReading, ours?.withReading),
    against(row.toTarget, ours?.toTarget),
    String(row.epochsToTarget),
    `${(100 * row.accuracy).toFixed(2)} %`,
  ]),
)}
`;
const { folder: _, ...settings } = shared;
const result = { measured: new Date().toISOString().slice(0, 10), machine, settings, figures, runs: results };
writeResults(values.out, "fashion", result, page);
stdout.write(page);
