import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as retrograd from "../../src/index.js";
import { shared } from "../shared.js";

// The public names of the design, as the contract lists them.
const contract = {
  "values and shapes": ["tensor", "parameter", "evaluate", "Tensor"],
  ops: [
    ...[
      "add",
      "sub",
      "mul",
      "div",
      "neg",
      "matmul",
      "transpose",
      "reshape",
      "sum",
      "mean",
      "max",
      "exp",
      "log",
      "sqrt",
    ],
    ...["pow", "abs", "sigmoid", "tanh", "relu", "leakyRelu", "elu", "selu", "gelu", "silu", "softplus", "softsign"],
    ...["hardtanh", "mish", "softmax", "logSoftmax"],
  ],
  derivatives: ["gradients", "jacobian", "checkGradients"],
  networks: ["dense", "sequential", "dropout", "batchNorm", "layerNorm", "activation"],
  initializers: [
    ...["xavierUniform", "xavierNormal", "heUniform", "heNormal", "lecunNormal", "zeros", "constant", "normal"],
    "uniform",
  ],
  losses: [
    ...["softmaxCrossEntropy", "crossEntropy", "binaryCrossEntropy", "meanSquaredError", "meanAbsoluteError", "huber"],
  ],
  learning: [
    ...["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "train", "evaluateOn", "predict"],
    "watch",
  ],
  "data and files": [
    "digits",
    "csv",
    "idx",
    "synthetic",
    "saveModel",
    "loadModel",
    "checkpoint",
    "resume",
    "toOnnx",
    "fromOnnx",
  ],
  understanding: ["explain", "experiments", "plan", "plotActivations"],
};

// In the contract, and brought by a later capability.
const stillToCome = {};

// More than the contract asks for, each with its reason.
const beyond: Readonly<Record<string, string>> = {
  languages: "what the texts are written in, for command lines",
  bench: "training steps and kernels timed on this machine",
  input: "a place for numbers given at each evaluation",
  activationDrawing: "what a picture of an activation shows, as numbers",
  activationFacts: "what can be said of an activation from its values",
  inLanguage: "a value whose texts are read in one language",
  timeActivation: "what an activation costs, measured",
  timedActivations: "the activations that can be timed",
  tableOfAll: "all activations as a table, in two languages",
  tableOfThree: "the notes' table of activations, completed",
  ops: "the table of all ops, to walk over",
  activations: "activations by name, for command lines",
  initializers: "initializers by name, for command lines",
  losses: "losses by name, for command lines",
  optimizers: "optimizers by name, for command lines",
  engines: "engines by name, for command lines",
  selectEngine: "the engine that `auto` stands for",
  whyNoFastMath: "whether the runtime has fused multiply-add",
  network: "a network whose layers are only known at run time",
  writeFileAtomic: "files that are there whole or not at all",
  lecunUniform: "an initializer with vectors from another system",
  orthogonal: "an initializer with vectors from another system",
  adadelta: "an optimizer with vectors from another system",
  adamax: "an optimizer with vectors from another system",
  nadam: "an optimizer with vectors from another system",
  radam: "an optimizer with vectors from another system",
  schedules: "how the learning rate changes over time",
  createRandom: "the one seeded generator, for one's own numbers",
  createDataset: "data of one's own",
  splitDataset: "a part to learn from and a part to test on",
  csvColumns: "what the columns of a table are taken for, to be shown first",
  csvWith: "raw rows, prepared as a model asks",
  readCheckpoint: "a checkpoint to look into before going on",
  encodeWeights: "the weights alone, for programs that know nothing of retrograd",
  modelToJson: "a model for people and programs to read",
  recipeFrom: "how a model was trained, from its file",
  toTypeScript: "a training as a program that reproduces it",
  takeRows: "some of the examples",
  kFold: "cross-validation",
  derive: "the derivation of a graph's gradients, every rule of the walk with its symbols",
  deriveExpression: "the same of an expression in text, for command lines and pages",
  deriveSoftmaxCrossEntropy: "the lecture notes' unfinished derivation, to its end",
  deriveSoftmaxJacobian: "the lecture notes' Jacobian, and both ways to a gradient",
  renderDerivation: "a derivation as terminal text, Markdown, HTML or JSON",
  renderExplanation: "an explained pass as terminal text, Markdown, HTML or JSON",
  checkGradientsOf: "gradcheck, one target at a time",
  gradientTargets: "what gradcheck checks",
  Session: "the one stateful thing: an arena and an engine",
  Feed: "batches in the order of `train`, for whoever takes the steps one by one",
  applyNormalizer: "features as the network gets them",
  Probe: "the eyes of the watch, for a training that is driven by hand",
  diagnose: "the watch's judgment of readings that were kept",
  diseases: "what the watch can find, by name",
  Predictor: "a model opened once, to predict again and again",
  plot: "charts and tables from plain numbers",
  DataError: "an error to catch",
  DataOptionError: "an error to catch",
  DivergedError: "an error to catch",
  EngineError: "an error to catch",
  FileError: "an error to catch",
  FormatError: "an error to catch",
  RandomError: "an error to catch",
  ShapeError: "an error to catch",
  UsageError: "an error to catch",
};

describe("the names the package exports", () => {
  const exported = Object.keys(retrograd).sort();
  const promised = Object.values(contract).flat();

  it("has every name of the contract that is not still to come", () => {
    expect(promised.filter((name) => !exported.includes(name))).toEqual([]);
  });

  it("does not list as still to come what is there", () => {
    expect(Object.keys(stillToCome).filter((name) => exported.includes(name))).toEqual([]);
  });

  it("says why for everything beyond the contract", () => {
    const unexplained = exported.filter((name) => !promised.includes(name) && !Object.hasOwn(beyond, name));
    expect(unexplained).toEqual([]);
    expect(Object.keys(beyond).filter((name) => !exported.includes(name))).toEqual([]);
  });

  it("exports functions, classes and tables only", () => {
    for (const name of exported) expect(["function", "object"], name).toContain(typeof Reflect.get(retrograd, name));
  });

  const design = shared("DESIGN.md");
  it.skipIf(design === undefined)(
    `holds the very list of the design${design === undefined ? " (skipped: needs shared/DESIGN.md beside the project)" : ""}`,
    () => {
      const text = readFileSync(design as string, "utf8");
      const block = /## Public names[^\n]*\n([\s\S]*?)\nThe two-function story/.exec(text)?.[1] ?? "";
      const named = block
        .split("\n")
        .map((line) => line.replace(/\/\/.*|—.*/, "").replace(/^\s*(initializers|losses):/, ""))
        .flatMap((line) => line.match(/[A-Za-z]+/g) ?? [])
        // A shape is a type, and types are not exported values.
        .filter((name) => name !== "Shape");
      const listed = [...promised, ...Object.keys(stillToCome)].filter((name) => name !== "activation");
      expect(named.length).toBeGreaterThan(70);
      expect([...new Set(named)].sort()).toEqual([...new Set(listed)].sort());
    },
  );
});
