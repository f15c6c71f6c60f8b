import { createRandom, type Random } from "../random/index.js";
import type { Dataset, Split } from "./dataset.js";
import { DataError, DataOptionError } from "./error.js";
import { checkFraction, checkOptionNames, checkWholeOption } from "./options.js";
import { takeRows } from "./rows.js";

export interface SplitOptions {
  /** The share of the test part. Default 0.2. */
  readonly fraction?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Whether both parts have the classes in the same shares. Default: yes where there are classes. */
  readonly stratified?: boolean;
}

/**
 * A training and a test part, chosen by the seed alone; both keep the order of the rows.
 * The test part has round(count × fraction) examples, at least 1 and at most count − 1. Stratified, the shares of the
 * classes are rounded by largest remainders and every class keeps an example for training, even if the test part
 * then is smaller.
 * @throws DataOptionError for an option that is not accepted, DataError when there are too few examples.
 */
export function splitDataset<In extends number, Out extends number>(
  dataset: Dataset<In, Out>,
  options: SplitOptions = {},
): Split<In, Out> {
  const where = "splitDataset";
  checkOptionNames(where, options, ["fraction", "seed", "stratified"]);
  const { fraction = 0.2, seed = 1, stratified = dataset.target.kind === "class" } = options;
  checkFraction(where, fraction);
  const { count } = dataset;
  if (count < 2)
    throw new DataError(`data "${dataset.name}" has one example, too few for two parts; give at least two`);
  const total = Math.min(Math.max(Math.round(count * fraction), 1), count - 1);
  const groups = shuffledGroups(dataset, stratified, createRandom(seed).stream("split"));
  const sizes = groups.length === 1 ? [total] : shares(groups, fraction, total);
  const inTest = new Uint8Array(count);
  groups.forEach((group, index) => {
    for (const row of group.subarray(0, sizes[index])) inTest[row] = 1;
  });
  const parts = partRows(inTest);
  if (parts.test.length === 0) {
    throw new DataError(
      `data "${dataset.name}" has too few examples of each class for a test part of ${fraction}; pass stratified: false`,
    );
  }
  return {
    training: takeRows(dataset, parts.training, `${dataset.name} (training)`),
    test: takeRows(dataset, parts.test, `${dataset.name} (test)`),
  };
}

/**
 * Cross-validation: `folds` splits whose test parts together are the whole data, each example once. Sizes differ by
 * at most one, and so do the counts of each class.
 * @param folds from 2 to the number of examples.
 * @throws DataOptionError for another number of folds.
 */
export function kFold<In extends number, Out extends number>(
  dataset: Dataset<In, Out>,
  folds: number,
  seed = 1,
): readonly Split<In, Out>[] {
  checkWholeOption(`kFold of data "${dataset.name}"`, "folds", folds, 2, dataset.count);
  const groups = shuffledGroups(dataset, dataset.target.kind === "class", createRandom(seed).stream("folds"));
  const foldOf = new Int32Array(dataset.count);
  let dealt = 0;
  for (const group of groups) for (const row of group) foldOf[row] = dealt++ % folds;
  return Array.from({ length: folds }, (_, fold) => {
    const parts = partRows(foldOf.map((own) => (own === fold ? 1 : 0)));
    const name = `${dataset.name} (fold ${fold + 1} of ${folds}`;
    return {
      training: takeRows(dataset, parts.training, `${name}, training)`),
      test: takeRows(dataset, parts.test, `${name}, test)`),
    };
  });
}

/** The rows, shuffled: one group, or one a class. */
function shuffledGroups(dataset: Dataset, stratified: boolean, random: Random): Int32Array[] {
  const rows = Int32Array.from({ length: dataset.count }, (_, row) => row);
  if (!stratified) return [random.shuffle(rows)];
  const { target } = dataset;
  if (target.kind !== "class") {
    throw new DataOptionError(`data "${dataset.name}" has no classes to stratify by; leave stratified out`);
  }
  return target.classes.map((_, label) => random.shuffle(rows.filter((row) => target.labels[row] === label)));
}

/** How many of each group go to the test part: largest remainders, never a whole group. */
function shares(groups: readonly Int32Array[], fraction: number, total: number): number[] {
  const most = groups.map((group) => Math.max(0, group.length - 1));
  const sizes = groups.map((group, index) => Math.min(Math.floor(group.length * fraction), most[index] ?? 0));
  const remainder = (index: number) => (groups[index]?.length ?? 0) * fraction - (sizes[index] ?? 0);
  let missing = total - sizes.reduce((sum, size) => sum + size, 0);
  const byRemainder = [...groups.keys()].sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const index of byRemainder) {
    if (missing <= 0) break;
    const size = sizes[index] ?? 0;
    if (size >= (most[index] ?? 0)) continue;
    sizes[index] = size + 1;
    missing--;
  }
  return sizes;
}

function partRows(inTest: ArrayLike<number>): { training: number[]; test: number[] } {
  const parts: { training: number[]; test: number[] } = { training: [], test: [] };
  for (let row = 0; row < inTest.length; row++) (inTest[row] === 1 ? parts.test : parts.training).push(row);
  return parts;
}
