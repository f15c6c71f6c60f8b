import { activations, initializers, optimizers } from "../../src/index.js";
import { choice, flag, number, numbers, type StateOf, text, whole } from "./fields.js";

type Key<T> = keyof T & string;
const keys = <T extends object>(table: T) => Object.keys(table) as Key<T>[];

export const dataNames = ["spiral", "moons", "circles", "xor", "blobs", "digits", "own"] as const;
export type DataName = (typeof dataNames)[number];
/** Those that make a hidden layer: softmax and its logarithm are for the end of a network. */
export const hiddenActivations = keys(activations).filter((name) => name !== "softmax" && name !== "logSoftmax");
/** `auto`: what suits the activation. */
export const initializerNames = ["auto" as const, ...keys(initializers)];
export const optimizerNames = keys(optimizers);

/** What a run follows from, to the bit. */
export const runFields = {
  data: choice<DataName>("spiral", dataNames),
  /** Of spiral and blobs. */
  classes: whole(3, 2, 5),
  /** Deviation of the noise of synthetic data. */
  noise: number(0.03, 0, 1),
  /** Examples of synthetic data, training and test together. */
  count: whole(500, 20, 5000),
  /** Units of the hidden layers. */
  layers: numbers([8, 8], { fewest: 0, most: 6, min: 1, max: 512 }),
  activation: choice("tanh", hiddenActivations),
  init: choice("auto", initializerNames),
  optimizer: choice("adam", optimizerNames),
  rate: number(0.03, 1e-6, 100),
  decay: number(0, 0, 0.99),
  dropout: number(0, 0, 0.9),
  batch: whole(32, 1, 1024),
  /** Everything random in a run depends on this alone. */
  seed: whole(1),
  /** Weights changed by hand, each `step:name:position:value`, in order. */
  edits: text("", 6000),
};

export type RunSettings = StateOf<typeof runFields>;

/** What of the playground is in a link. */
export const playgroundFields = {
  ...runFields,
  /** Training steps taken: opening the link takes them again. */
  step: whole(0, 0, 10_000_000),
  /** The run to compare with: its settings as in a link, and `steps` (see `pin.ts`). */
  pin: text("", 8000),
  /** How fast it trains, for eyes or for results. */
  pace: choice("steady", ["slow", "steady", "full"]),
  /** Whether losses are drawn on a logarithmic scale. */
  log: flag(false),
  /** What the edges of the diagram show. */
  edges: choice("weights", ["weights", "gradients"]),
  /** Whether test examples are drawn over the decision boundary. */
  tests: flag(false),
};

export type PlaygroundState = StateOf<typeof playgroundFields>;

/** The noise with which each synthetic set looks like itself. */
export const usualNoise: Readonly<Partial<Record<DataName, number>>> = {
  spiral: 0.03,
  moons: 0.1,
  circles: 0.06,
  xor: 0.06,
  blobs: 0.5,
};
