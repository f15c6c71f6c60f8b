import { existsSync, statSync } from "node:fs";
import {
  type ColumnKind,
  csv,
  csvWith,
  DataError,
  type Dataset,
  type Model,
  type RawRows,
  UsageError,
} from "../index.js";
import { parseSplit, type SplitChoice } from "./data-sets.js";
import type { Options } from "./options.js";
import { noSuch } from "./suggest.js";

const kinds: readonly ColumnKind[] = ["number", "boolean", "category", "drop"];

/** What is said of a table on the command line. */
export interface TableChoice {
  readonly target: string | undefined;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  readonly header: boolean | undefined;
}

/** `iris.csv`, `data.tsv`, `letters.csv.gz`. */
export function isTable(name: string): boolean {
  return /\.[ct]sv(\.gz)?$/i.test(name);
}

/** @throws UsageError when the file is not there. */
export function checkTable(path: string): string {
  if (!existsSync(path)) throw new UsageError(`there is no file ${JSON.stringify(path)}; check the path`);
  if (statSync(path).isDirectory())
    throw new UsageError(`${JSON.stringify(path)} is a folder; give the path of a file`);
  return path;
}

/** `--target species --columns age=category,id=drop --header no`. */
export function tableChoice(options: Options): TableChoice {
  const columns = (options.text("columns") ?? "")
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part): [string, ColumnKind] => {
      const at = part.lastIndexOf("=");
      const kind = kinds.find((known) => known === part.slice(at + 1).trim());
      if (at < 1) options.refuse("columns", "must be columns and kinds such as age=category,id=drop");
      if (kind === undefined) throw new UsageError(`--columns: ${noSuch("kind", part.slice(at + 1).trim(), kinds)}`);
      return [part.slice(0, at).trim(), kind];
    });
  const header = options.choice("header", "answer", ["yes", "no"] as const);
  return {
    target: options.text("target"),
    columns: Object.fromEntries(columns),
    header: header === undefined ? undefined : header === "yes",
  };
}

export async function openTable(path: string, seed: number, split: SplitChoice | undefined, choice: TableChoice) {
  const { target = "", columns, header } = choice;
  const parts = await csv(checkTable(path), {
    target,
    columns,
    seed,
    ...splitOptions(split),
    ...(header !== undefined && { header }),
  });
  return { name: path, ...parts, split: String(split ?? "random") };
}

function splitOptions(split: SplitChoice | undefined) {
  return {
    split: split === "ordered" ? ("ordered" as const) : ("random" as const),
    ...(typeof split === "number" && { fraction: split }),
  };
}

/**
 * Rows of a file to judge a model on: of the file it was trained on only the test part, divided as it was for training; of any
 * other file all rows.
 */
export async function tableToJudge(
  model: Model,
  path: string,
  seed: number | undefined,
  split: SplitChoice | undefined,
): Promise<Dataset> {
  const { training } = model;
  const table = tableOf(model, path);
  if (training["data"] !== path) {
    const { dataset } = await csvWith(table, checkTable(path));
    if (dataset !== undefined) return dataset;
    throw new DataError(
      `${path} has rows without ${JSON.stringify(table.target.name)}, which is to be judged; fill it in, or use predict`,
    );
  }
  const ownSeed = typeof training["seed"] === "number" ? training["seed"] : 1;
  const own = split ?? parseSplit(String(training["split"]));
  const parts = await csv(checkTable(path), {
    target: table.target.name,
    table,
    seed: seed ?? ownSeed,
    ...splitOptions(own),
  });
  return parts.test;
}

/** All rows of a table, from a path or from text. */
export function rawRows(model: Model, source: string | Uint8Array, name: string, header?: boolean): Promise<RawRows> {
  return csvWith(tableOf(model, name), source, { name, ...(header !== undefined && { header }) });
}

function tableOf(model: Model, path: string) {
  if (model.table !== undefined) return model.table;
  throw new DataError(
    `the model was trained on ${String(model.training["data"])}, not on a table, so it cannot read ${path}; give it rows of ${model.network.inputs} numbers on standard input: predict <model> - < rows`,
  );
}
