/** Who is timed, in the order of the table. `group` is the row's role in the targets; rows without one are for the record. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { hasThreads, library, libraryMentions } from "../library.mjs";
import { node24, noNode24 } from "../node24.mjs";
import { torchThreads } from "../torch-threads.mjs";

/**
 * @typedef {object} System
 * @property {string} id
 * @property {string} title
 * @property {"ours" | "jax-js" | "tfjs-wasm" | "pytorch" | undefined} group
 * @property {boolean} [main] the row others are compared with
 * @property {readonly string[]} [skips] cases it takes too long for
 * @property {string} [missing] why it cannot run here
 * @property {(caseName: string, dataFile: string) => readonly string[]} command program and arguments
 */

const child = fileURLToPath(new URL("child.mjs", import.meta.url));
const pytorch = fileURLToPath(new URL("systems/pytorch.py", import.meta.url));

/** @param {string} file @param {object} [options] @param {string} [program] another Node than this one */
const node =
  (file, options = {}, program = execPath) =>
  (/** @type {string} */ caseName) => [program, child, file, caseName, JSON.stringify(options)];

/** Debian's Python has python3-torch; another interpreter can be named. */
const python = process.env["PYTHON"] ?? (existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

/** @returns {Promise<System[]>} */
export async function systems() {
  const two = availableParallelism() >= 2;
  const { engines } = await library();
  const torch = spawnSync(python, ["-c", "import torch, numpy"], { stdio: "ignore" }).status === 0;
  const noTorch = torch ? undefined : "python3 has no torch (on Debian: apt-get install python3-torch)";
  const oneCore = two ? undefined : "this machine has one core";
  const noOnnx = "onnx" in engines ? undefined : "this build has no onnx engine";
  const noThreads = hasThreads() ? undefined : "this build runs the wasm engine on one thread";
  const threads = [1, 2];

  /** @param {string} form @param {import("../torch-threads.mjs").TorchThreads} how @returns {System} */
  const torchRow = (form, { id, title, threads, products }) => ({
    id: `pytorch-${form}-${id}`,
    title: `PyTorch, ${form === "plain" ? "nn.Linear and optim.SGD" : "leanest eager form"}, ${title}`,
    group: "pytorch",
    missing: noTorch ?? (products > 1 ? oneCore : undefined),
    command: (_, file) => [python, pytorch, file, JSON.stringify({ form, threads, products })],
  });

  const relaxed = node24();
  const noFastMath = libraryMentions("fastMath")
    ? relaxed === undefined
      ? noNode24
      : undefined
    : "this build has no fast-math kernels";
  /** The library on Node 24, portable or with fused multiply-adds. @param {boolean} fastMath @param {number} count @returns {System} */
  const onNode24 = (fastMath, count) => ({
    id: `retrograd-node24-${fastMath ? "fast-math" : "wasm"}-${count}`,
    title: `retrograd, wasm${fastMath ? " with --fast-math" : ""}, ${threadsText(count)}, Node 24`,
    group: "ours",
    missing:
      (fastMath ? noFastMath : relaxed === undefined ? noNode24 : undefined) ??
      (count > 1 ? (noThreads ?? oneCore) : undefined),
    command: node("retrograd", { engine: "wasm", threads: count, fastMath }, relaxed),
  });
  return [
    ...threads.map((count) => ({
      id: `retrograd-wasm-${count}`,
      title: `retrograd, wasm, ${threadsText(count)}`,
      group: /** @type {const} */ ("ours"),
      main: count === 1,
      missing: count > 1 ? (noThreads ?? oneCore) : undefined,
      command: node("retrograd", { engine: "wasm", threads: count }),
    })),
    ...(relaxed === execPath ? [] : [onNode24(false, 1)]),
    ...threads.map((count) => onNode24(true, count)),
    ...threads.map((count) => ({
      id: `retrograd-onnx-${count}`,
      title: `retrograd, onnx, ${threadsText(count)}`,
      group: /** @type {const} */ ("ours"),
      missing: noOnnx ?? (count > 1 ? oneCore : undefined),
      command: node("retrograd", { engine: "onnx", threads: count }),
    })),
    { id: "jax-js", title: "@jax-js/jax, wasm, jit", group: "jax-js", command: node("jax-js") },
    { id: "tfjs-wasm", title: "@tensorflow/tfjs, wasm", group: "tfjs-wasm", command: node("tfjs-wasm") },
    { id: "tfjs-cpu", title: "@tensorflow/tfjs, cpu", group: undefined, skips: ["XL"], command: node("tfjs-cpu") },
    { id: "brain.js", title: "brain.js, cpu", group: undefined, skips: ["L", "XL"], command: node("brain") },
    ...torchThreads.map((how) => torchRow("plain", how)),
    ...torchThreads.map((how) => torchRow("lean", how)),
    ...threads.map((count) => ({
      id: `onnxruntime-${count}`,
      title: `onnxruntime-node, hand-made graph, ${threadsText(count)}`,
      group: undefined,
      missing: count > 1 ? oneCore : undefined,
      command: node("onnxruntime", { threads: count }),
    })),
  ];
}

/** @param {number} count */
const threadsText = (count) => (count === 1 ? "1 thread" : `${count} threads`);
