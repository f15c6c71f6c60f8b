import { existsSync, statSync } from "node:fs";
import { type ColumnNote, type Dataset, digits, idx, splitDataset, synthetic, UsageError } from "../index.js";
import type { Options } from "./options.js";
import { inWords, noSuch } from "./suggest.js";
import { checkTable, isTable, openTable, type TableChoice } from "./tables.js";

export const dataNames = ["digits", "spiral", "moons", "circles", "xor", "blobs", "regression"] as const;
export type BuiltIn = (typeof dataNames)[number];

/** The name of a built-in set, or the path of a table or of a folder of IDX files. */
export type DataName = string;

export function isBuiltIn(name: DataName): name is BuiltIn {
  return dataNames.some((known) => known === name);
}

/** How data is divided: in its own order, at random, or at random with this share for the test part. */
export type SplitChoice = "ordered" | "random" | number;

export interface DataParts {
  readonly name: DataName;
  readonly training: Dataset;
  readonly test: Dataset;
  /** As it is kept with the model, to divide the same way again. */
  readonly split: string;
  /** Of a table: what was taken for what, and how many rows have no target. */
  readonly notes?: readonly ColumnNote[];
  readonly leftOut?: number;
}

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** @throws UsageError for any other name, with the nearest one. */
export function checkDataName(name: string): DataName {
  if (isBuiltIn(name)) return name;
  if (isFolder(name)) return name;
  if (isTable(name)) return checkTable(name);
  if (/[./\\]/.test(name) || existsSync(name)) {
    const reason = existsSync(name) ? "a table has a name that ends in .csv or .tsv" : "there is no such folder";
    throw new UsageError(
      `${JSON.stringify(name)}: ${reason}; choose ${inWords(dataNames)}, a table, or a folder of IDX files`,
    );
  }
  throw new UsageError(noSuch("data", name, dataNames));
}

/** `--split ordered|random|0.2`. */
export function splitChoice(options: Options): SplitChoice | undefined {
  const text = options.text("split")?.trim();
  if (text === undefined) return undefined;
  const choice = parseSplit(text);
  if (choice === undefined) {
    options.refuse("split", "must be ordered, random, or the share of the test part between 0 and 1 such as 0.2");
  }
  return choice;
}

export function parseSplit(text: string): SplitChoice | undefined {
  if (text === "ordered" || text === "random") return text;
  const share = text === "" ? Number.NaN : Number(text);
  return share > 0 && share < 1 ? share : undefined;
}

/**
 * A set in its two parts. Digits are divided in order unless told otherwise, synthetic sets always at random; a folder of
 * IDX files has a test part of its own.
 */
export async function openData(
  name: DataName,
  seed: number,
  split?: SplitChoice,
  table: TableChoice = { target: undefined, columns: {}, header: undefined },
): Promise<DataParts> {
  if (isTable(name)) return openTable(name, seed, split, table);
  if (table.target !== undefined) throw new UsageError(`--target is for tables; leave it out for ${name}`);
  if (!isBuiltIn(name)) {
    if (split !== undefined && split !== "ordered") {
      throw new UsageError(`${name} has a test part of its own; leave --split out`);
    }
    return { name, ...(await idx(name)), split: "ordered" };
  }
  const share = typeof split === "number" ? { fraction: split } : {};
  if (name === "digits") {
    const kind = split === undefined || split === "ordered" ? "ordered" : "random";
    const parts = digits({ split: kind, seed, ...share });
    return { name, ...parts, split: String(split ?? "ordered") };
  }
  if (split === "ordered") {
    throw new UsageError(`${name} has no order of its own; use --split random, or a share such as --split 0.2`);
  }
  const parts = synthetic[name]({ seed, ...share });
  return { name, ...parts, split: String(split ?? "random") };
}

/** Takes part of the training data away, to be watched and never learned from. */
export function holdBack(
  { training }: DataParts,
  share: number,
  seed: number,
): { training: Dataset; validation: Dataset } {
  const { name } = training;
  const parts = splitDataset(training, { fraction: share, seed });
  return {
    training: { ...parts.training, name },
    validation: { ...parts.test, name: name.replace("training", "validation") },
  };
}
