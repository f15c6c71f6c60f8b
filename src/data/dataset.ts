import type { TablePreparation } from "./csv/table.js";
import { DataError } from "./error.js";
import { type Numbers, readTable } from "./table.js";

/** Examples in rows. `features` is row-major (count × inputs). */
export interface Dataset<In extends number = number, Out extends number = number> {
  /** What messages call it. */
  readonly name: string;
  /** How many examples. */
  readonly count: number;
  /** Features per example. */
  readonly inputs: In;
  /** Classes, or numbers to predict. */
  readonly outputs: Out;
  readonly features: Float32Array;
  readonly target: ClassTarget | ValueTarget;
  readonly featureNames?: readonly string[];
  /** What a network wants done to the raw features first; fitted on the training part and kept with the model. */
  readonly preparation: Preparation;
  /** Columns (from 0) that say yes or no by 1 or 0, and stay as they are when the others are standardized. */
  readonly indicators?: readonly number[];
  /** For a table of one's own: how its columns became features. */
  readonly table?: TablePreparation;
}

/** `labels[row]` is a position in `classes`. */
export interface ClassTarget {
  readonly kind: "class";
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

/** `values` is row-major (count × outputs), one name an output. */
export interface ValueTarget {
  readonly kind: "value";
  readonly values: Float32Array;
  readonly names: readonly string[];
}

/** `standardize`: each column to mean 0 and deviation 1. `scale`: the whole table to [0, 1] by one minimum and maximum. */
export type Preparation = "none" | "standardize" | "scale";

/** A part to learn from and a part never learned from. */
export interface Split<In extends number = number, Out extends number = number> {
  readonly training: Dataset<In, Out>;
  readonly test: Dataset<In, Out>;
}

/** What `createDataset` takes: tables as rows, or flat and row-major. */
export interface DatasetParts<In extends number, Out extends number> {
  readonly name: string;
  readonly inputs: In;
  /** When given, it must be the number of classes or of target names. */
  readonly outputs?: Out;
  readonly features: Numbers;
  readonly target:
    | { readonly kind: "class"; readonly labels: ArrayLike<number>; readonly classes: readonly string[] }
    | { readonly kind: "value"; readonly values: Numbers; readonly names: readonly string[] };
  readonly featureNames?: readonly string[];
  /** Default `"none"`. */
  readonly preparation?: Preparation;
  readonly indicators?: readonly number[];
  readonly table?: TablePreparation;
}

const preparations: readonly string[] = ["none", "standardize", "scale"] satisfies Preparation[];

/**
 * A dataset, checked in full: every number finite, every row of one length, every label a class.
 * A flat Float32Array (or Int32Array of labels) is kept, not copied.
 * @throws DataError naming data, row and column (counted from 1) and the remedy.
 */
export function createDataset<In extends number, Out extends number = number>(
  parts: DatasetParts<In, Out>,
): Dataset<In, Out> {
  const { name, inputs, featureNames, preparation = "none", indicators, table } = parts;
  const where = `data "${name}"`;
  if (!Number.isSafeInteger(inputs) || inputs < 1) {
    throw new DataError(`${where}: inputs is ${String(inputs)}; give the number of features of an example, at least 1`);
  }
  if (featureNames !== undefined && featureNames.length !== inputs) {
    throw new DataError(
      `${where} has features: ${inputs}, feature names: ${featureNames.length}; give one name a feature or none at all`,
    );
  }
  if (!preparations.includes(preparation)) {
    throw new DataError(`${where}: preparation is "${String(preparation)}"; use ${preparations.join(", ")}`);
  }
  const features = readTable(where, parts.features, inputs, (column) => {
    const columnName = featureNames?.[column];
    return columnName === undefined ? `column ${column + 1}` : `column ${column + 1} ("${columnName}")`;
  });
  const count = features.length / inputs;
  if (count === 0) throw new DataError(`${where} has no examples; give at least one row`);
  const target = parts.target.kind === "class" ? readClasses(where, parts.target) : readValues(where, parts.target);
  const width = target.kind === "class" ? target.classes.length : target.names.length;
  const targetCount = target.kind === "class" ? target.labels.length : target.values.length / width;
  if (targetCount !== count) {
    throw new DataError(`${where} has rows: ${count}, targets: ${targetCount}; give one target a row`);
  }
  if (parts.outputs !== undefined && parts.outputs !== width) {
    const what = target.kind === "class" ? "classes" : "target names";
    throw new DataError(
      `${where}: outputs is ${String(parts.outputs)} but there are ${width} ${what}; make them equal`,
    );
  }
  return {
    name,
    count,
    inputs,
    outputs: width as Out,
    features,
    target,
    ...(featureNames === undefined ? {} : { featureNames }),
    preparation,
    ...(indicators === undefined ? {} : { indicators }),
    ...(table === undefined ? {} : { table }),
  };
}

function readClasses(where: string, target: { labels: ArrayLike<number>; classes: readonly string[] }): ClassTarget {
  const { classes } = target;
  if (classes.length < 2) {
    throw new DataError(
      `${where} has classes: ${classes.length}; give at least two, or there is nothing to tell apart`,
    );
  }
  const twice = classes.find((name, index) => classes.indexOf(name) !== index);
  if (twice !== undefined) throw new DataError(`${where} has the class "${twice}" twice; give each class its own name`);
  for (let row = 0; row < target.labels.length; row++) {
    const label = target.labels[row] ?? Number.NaN;
    if (!Number.isInteger(label) || label < 0 || label >= classes.length) {
      throw new DataError(
        `${where}, row ${row + 1} has the label ${label}; use whole numbers from 0 to ${classes.length - 1}, the position of the class`,
      );
    }
  }
  return {
    kind: "class",
    labels: target.labels instanceof Int32Array ? target.labels : Int32Array.from(target.labels),
    classes,
  };
}

function readValues(where: string, target: { values: Numbers; names: readonly string[] }): ValueTarget {
  const { names } = target;
  if (names.length === 0) throw new DataError(`${where} has no target names; name each number to be predicted`);
  const values = readTable(where, target.values, names.length, (column) => `target "${names[column] ?? column + 1}"`);
  return { kind: "value", values, names };
}
