import { createDataset, type Dataset, type Split } from "../dataset.js";
import { DataError, DataOptionError } from "../error.js";
import { checkOptionNames } from "../options.js";
import { splitDataset } from "../split.js";
import { inferColumns } from "./infer.js";
import { type ParseOptions, parseTable } from "./parse.js";
import { inChinese } from "./place.js";
import { fitTable } from "./prepare.js";
import { textOf } from "./source.js";
import type { ColumnKind, ColumnNote, TablePreparation } from "./table.js";
import { targetPosition } from "./target.js";
import { datasetOf, rowsWithTarget, targetOf, targetsOf } from "./targets.js";

export interface CsvOptions extends Omit<ParseOptions, "known"> {
  /** The column to predict: its name, or its position from 1 where there is no header. */
  readonly target: string;
  /** Kinds that are not to be inferred: `{ age: "category", id: "drop" }`. */
  readonly columns?: Readonly<Record<string, ColumnKind>>;
  /** `random` (default, stratified for classes) or `ordered`: the last rows are the test part. */
  readonly split?: "random" | "ordered";
  /** The share of the test part (0.2). */
  readonly fraction?: number;
  /** Of the split (1). */
  readonly seed?: number;
  /** The preparation of a model, in place of one that is fitted: to divide a file as it was divided for training. */
  readonly table?: TablePreparation;
  /** What messages and models call the data (the path). */
  readonly name?: string;
}

/** A table in its two parts, with what was taken for what. */
export interface TableSplit extends Split {
  readonly table: TablePreparation;
  readonly notes: readonly ColumnNote[];
  /** Rows left out because nothing stands in their target column. */
  readonly leftOut: number;
}

/**
 * A table of one's own: a path (Node; `.csv`, `.tsv`, also `.gz`), the text itself, or the bytes of a file that was dropped.
 *
 * Kinds of columns are inferred (`notes`, to be overruled by `columns`). A target of numbers is predicted as a number, anything
 * else as a class. What missing numbers are filled with, which categories there are, and the scaling of numbers (mean 0,
 * deviation 1) is fitted on the training part alone, and kept with the model: it then takes raw rows, columns in any order.
 * @throws DataError naming file, line and column, DataOptionError for a column that is not there.
 */
export async function csv(source: string | Uint8Array, options: CsvOptions): Promise<TableSplit> {
  checkOptionNames("csv", options, [
    "target",
    "columns",
    "split",
    "fraction",
    "seed",
    "name",
    "header",
    "delimiter",
    "table",
  ]);
  const { split = "random", fraction = 0.2, seed = 1 } = options;
  const { text, source: name } = await textOf(source, options.name);
  const table = await parseTable(text, name, options);
  const position = await targetPosition(table, options.target);
  const notes = inferColumns(table, table.names[position] as string, options.columns);
  const target = options.table?.target ?? targetOf(table, notes[position] as ColumnNote, position);
  const rows = rowsWithTarget(table, position);

  checkSize(rows.length, target.kind === "class" ? target.classes.length : 1, name);
  const whole = { name, target: targetsOf(table, target, position, rows) };
  const places = createDataset({ ...whole, inputs: 1, features: Float32Array.from(rows, (_, i) => i) });
  const parts = split === "ordered" ? ordered(places, fraction) : splitDataset(places, { fraction, seed });
  const [training, test] = [parts.training, parts.test].map((part) =>
    Array.from(part.features, (i) => rows[i] as number),
  );
  const preparation = options.table ?? fitTable(table, notes, target, training as number[]);
  const build = (part: readonly number[] | undefined, which: string) =>
    datasetOf(table, preparation, part as number[], `${name} (${which})`);
  return {
    training: build(training, "training"),
    test: build(test, "test"),
    table: preparation,
    notes,
    leftOut: table.rows.length - rows.length,
  };
}

/** Each part needs an example, and training one of every class. */
function checkSize(count: number, classes: number, name: string): void {
  if (count > classes && count > 1) return;
  throw new DataError({
    en: `${name} has rows with a target: ${count}, classes: ${classes}, too few for a training and a test part; give some class at least two rows`,
    zh: `${inChinese(name)}有预测目标的行数为 ${count}，类别数为 ${classes}，不够分成训练集与测试集；请至少给某一类两行以上的数据`,
  });
}

/** The last rows are the test part. */
function ordered(places: Dataset, fraction: number) {
  const { count } = places;
  if (!(fraction > 0 && fraction < 1))
    throw new DataOptionError(`csv: fraction is ${fraction}; use a share between 0 and 1, such as 0.2`);
  const first = Math.min(Math.max(Math.round(count * (1 - fraction)), 1), count - 1);
  return {
    training: { features: places.features.subarray(0, first) },
    test: { features: places.features.subarray(first) },
  };
}

/** What was taken for what in a table, before anything is to be predicted. */
export async function csvColumns(
  source: string | Uint8Array,
  options: Pick<CsvOptions, "columns" | "header" | "delimiter" | "name"> = {},
): Promise<{ count: number; hasHeader: boolean; notes: readonly ColumnNote[]; first: readonly (readonly string[])[] }> {
  const { text, source: name } = await textOf(source, options.name);
  const table = await parseTable(text, name, options);
  const notes = inferColumns(table, "", options.columns);
  return { count: table.rows.length, hasHeader: table.hasHeader, notes, first: table.rows.slice(0, 5) };
}
