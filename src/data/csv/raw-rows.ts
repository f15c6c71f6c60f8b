import type { Dataset } from "../dataset.js";
import { DataError } from "../error.js";
import { type ParseOptions, parseTable } from "./parse.js";
import { inChinese } from "./place.js";
import { encodeRows } from "./prepare.js";
import { textOf } from "./source.js";
import type { RawTable, TablePreparation } from "./table.js";
import { datasetOf, rowsWithTarget } from "./targets.js";

/** Raw rows for a model: features in its order, and as a dataset where the target column is there and filled. */
export interface RawRows {
  readonly count: number;
  readonly features: Float32Array;
  readonly dataset?: Dataset;
}

/**
 * Raw rows as a model takes them: by the preparation kept with it (`model.table`). Columns may come in any order and the target
 * may be absent; without a header they must come as in the training file, with or without the target.
 * @throws DataError when a column is missing, or a number is none.
 */
export async function csvWith(
  preparation: TablePreparation,
  source: string | Uint8Array,
  options: ParseOptions & { readonly name?: string } = {},
): Promise<RawRows> {
  const { text, source: name } = await textOf(source, options.name);
  const known = [...preparation.columns.map((column) => column.name), preparation.target.name];
  const parsed = await parseTable(text, name, { ...options, known: preparation.hasHeader ? known : [] });
  const table = parsed.hasHeader ? parsed : { ...parsed, names: namesByPlace(preparation, parsed) };
  const lacking = preparation.columns.filter((column) => !table.names.includes(column.name));
  if (lacking.length > 0) {
    const names = lacking.map((column) => JSON.stringify(column.name));
    throw new DataError({
      en: `${name} lacks the column ${names.join(", ")} that the model was trained on; it has ${table.names.join(", ")}`,
      zh: `${inChinese(name)}缺少模型训练时用到的列 ${names.join("、")}；现有的列是 ${table.names.join("、")}`,
    });
  }
  const position = table.names.indexOf(preparation.target.name);
  const rows = position < 0 ? [] : rowsWithTarget(table, position);
  const all = table.rows.map((_, i) => i);
  const { features } = encodeRows(preparation, table, all);
  return {
    count: all.length,
    features,
    ...(rows.length === all.length && { dataset: datasetOf(table, preparation, rows, name) }),
  };
}

/** Names for columns without a header, by how many there are. */
function namesByPlace({ layout, columns, target }: TablePreparation, { names, source }: RawTable): readonly string[] {
  const without = layout.filter((name) => name !== target.name);
  const used = columns.map((column) => column.name);
  const found = [layout, without, used].find((list) => list.length === names.length);
  if (found === undefined) {
    throw new DataError({
      en: `${source} has ${names.length} columns and no header; the model takes ${used.join(", ")}: give a header with these names, or columns as in the training file`,
      zh: `${inChinese(source)}有 ${names.length} 列而没有表头；模型需要 ${used.join("、")}：请给出含有这些列名的表头，或按训练文件的列来排`,
    });
  }
  return found;
}
