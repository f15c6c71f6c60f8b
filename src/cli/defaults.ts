import type { activations, Dataset, optimizers } from "../index.js";
import { type BuiltIn, type DataName, isBuiltIn } from "./data-sets.js";
import { isTable } from "./tables.js";

export const scheduleNames = ["constant", "cosine", "step", "exponential", "linear", "polynomial"] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/**
 * What `train` does where nothing else is said. For the digits: the lowest loss on the last 287 of the 1,437 training
 * examples, mean of five seeds, among 48 candidates; the test part had no say. For the others: what is quick and works.
 */
export interface Recipe {
  readonly layers: readonly number[];
  readonly activation: keyof typeof activations;
  readonly optimizer: keyof typeof optimizers;
  readonly rate: number;
  readonly batch: number;
  readonly epochs: number;
  readonly schedule?: ScheduleName;
  readonly weightDecay?: number;
  readonly dropout?: number;
}

const points: Recipe = { layers: [32, 32], activation: "relu", optimizer: "adam", rate: 0.01, batch: 32, epochs: 60 };

const recipes: Readonly<Record<BuiltIn, Recipe>> = {
  digits: {
    layers: [256],
    activation: "relu",
    dropout: 0.5,
    optimizer: "adagrad",
    rate: 0.05,
    batch: 32,
    epochs: 30,
  },
  spiral: { ...points, epochs: 150 },
  moons: points,
  circles: points,
  xor: points,
  blobs: { ...points, epochs: 20 },
  regression: { ...points, layers: [16], activation: "tanh" },
};

/** For images from a folder of IDX files. */
const images: Recipe = {
  layers: [128],
  activation: "relu",
  optimizer: "adam",
  rate: 0.001,
  batch: 128,
  epochs: 10,
};

/**
 * For tables of one's own. The small one: the best of 96 candidates on validation parts within the training folds of iris, wine,
 * breast cancer and diabetes, all four together.
 */
const smallTable: Recipe = {
  layers: [32],
  activation: "tanh",
  dropout: 0.2,
  optimizer: "adam",
  rate: 0.01,
  batch: 32,
  epochs: 60,
  schedule: "cosine",
};
const largeTable: Recipe = {
  layers: [256],
  activation: "relu",
  optimizer: "adam",
  rate: 0.01,
  batch: 128,
  epochs: 30,
  schedule: "cosine",
};
/** Rows from which a table is a large one. */
const manyRows = 5000;

/** @param training What there is to learn from, where that makes a difference. */
export function recipeFor(data: DataName, training?: Dataset): Recipe {
  if (isBuiltIn(data)) return recipes[data];
  if (!isTable(data)) return images;
  return (training?.count ?? 0) < manyRows ? smallTable : largeTable;
}

/** Learning rates to start from with another optimizer than the recipe's. */
export const rates: Readonly<Record<keyof typeof optimizers, number>> = {
  sgd: 0.1,
  momentum: 0.02,
  nesterov: 0.02,
  adagrad: 0.05,
  rmsprop: 0.002,
  adam: 0.003,
  adamw: 0.003,
  adadelta: 1,
  adamax: 0.005,
  nadam: 0.003,
  radam: 0.005,
};

export const defaultOut = "model.safetensors";

/** Share of the training data that `--patience` holds back to watch. */
export const validationShare = 0.1;

/** Factors of the schedules that need one. */
export const stepsOfStep = 3;
export const exponentialEnd = 0.01;
export const warmUpShare = 0.1;
