import type { Text } from "../../language/index.js";
import { DataError } from "../error.js";
import { inChinese, placeOf } from "./place.js";
import {
  type ColumnNote,
  type FeatureColumn,
  featureNamesOf,
  fieldAt,
  isMissing,
  numberOf,
  type RawTable,
  type TablePreparation,
  type TargetColumn,
} from "./table.js";

/**
 * Fits the preparation of a table to the rows of the training part: what missing numbers are filled with (their mean), which
 * categories there are.
 * @throws DataError when no column is left to learn from.
 */
export function fitTable(
  table: RawTable,
  notes: readonly ColumnNote[],
  target: TargetColumn,
  rows: readonly number[],
): TablePreparation {
  const columns = notes.flatMap((note, position): FeatureColumn[] => {
    if (note.isTarget || note.kind === "drop") return [];
    const present = rows.map((row) => fieldAt(table, row, position)).filter((field) => !isMissing(field));
    return [fitColumn(note, present, table)];
  });
  if (columns.length === 0) {
    throw new DataError({
      en: `${table.source} has no column to learn from beside the target; give at least one that varies`,
      zh: `${inChinese(table.source)}除预测目标外没有可供学习的列；请至少给出一列取值有变化的数据`,
    });
  }
  const asked = Object.fromEntries(notes.flatMap(({ name, kind, why }) => (why === "asked" ? [[name, kind]] : [])));
  return {
    layout: table.names,
    hasHeader: table.hasHeader,
    columns,
    ...(Object.keys(asked).length > 0 && { asked }),
    target,
  };
}

function fitColumn(
  { kind, name, missing }: ColumnNote,
  present: readonly string[],
  { decimalComma, source }: RawTable,
): FeatureColumn {
  if (kind !== "number") {
    const values = sorted([...new Set(present)]);
    return kind === "boolean" && values.length === 2 ? { kind, name, values } : { kind: "category", name, values };
  }
  const numbers = present.map((field) => numberOf(field, decimalComma)).filter((value) => !Number.isNaN(value));
  checkSpread(numbers, name, source);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
  return { kind, name, fill: Math.fround(mean), flagged: missing > 0 };
}

/** Whether the numbers of a column can be scaled in float32; those it cannot hold at all are refused one by one, with their line. */
function checkSpread(numbers: readonly number[], name: string, source: string): void {
  const low = numbers.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(Math.fround(low)) || !Number.isFinite(Math.fround(high))) return;
  const spread = Math.fround(high - low);
  if (low === high || (Number.isFinite(spread) && Number.isFinite(Math.fround(1 / spread)))) return;
  const column = JSON.stringify(name);
  throw new DataError({
    en: `${source}: column ${column} runs from ${low} to ${high}, a spread float32 cannot prepare; change its unit or drop the outliers`,
    zh: `${inChinese(source)}的 ${column} 列从 ${low} 到 ${high}，跨度超出 float32 所能处理的范围；请换用别的单位，或去掉离群值`,
  });
}

/** Texts in an order that is the same everywhere: numbers by size, anything else by code. */
export function sorted(values: readonly string[]): string[] {
  const byNumber = values.every((value) => !Number.isNaN(numberOf(value, false)));
  return [...values].sort(byNumber ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Rows as features (row-major), with the names of the features. */
export function encodeRows(
  preparation: TablePreparation,
  table: RawTable,
  rows: readonly number[],
): { features: Float32Array; names: string[] } {
  const names = preparation.columns.flatMap(featureNamesOf);
  const features = new Float32Array(rows.length * names.length);
  let offset = 0;
  for (const column of preparation.columns) {
    const position = table.names.indexOf(column.name);
    rows.forEach((row, i) => {
      const field = fieldAt(table, row, position);
      const place = () => placeOf(table, row, position);
      write(column, field, features, i * names.length + offset, table.decimalComma, place);
    });
    offset += featureNamesOf(column).length;
  }
  return { features, names };
}

function write(
  column: FeatureColumn,
  field: string,
  into: Float32Array,
  at: number,
  decimalComma: boolean,
  place: () => Text,
): void {
  const gone = isMissing(field);
  if (column.kind === "number") {
    const value = gone ? column.fill : numberOf(field, decimalComma);
    if (!Number.isFinite(Math.fround(value))) {
      const what = Number.isNaN(value)
        ? { en: "is no number", zh: "不是数字" }
        : { en: "is too large for float32", zh: "超出 float32 的范围" };
      const [{ en, zh }, shown, name] = [place(), JSON.stringify(field), JSON.stringify(column.name)];
      throw new DataError({
        en: `${en}: ${shown} in column ${name} ${what.en}; correct it or leave it empty`,
        zh: `${zh}：${name} 列中的 ${shown} ${what.zh}；请改正或留空`,
      });
    }
    into[at] = value;
    if (column.flagged) into[at + 1] = gone ? 1 : 0;
    return;
  }
  const index = gone ? -1 : column.values.indexOf(field);
  if (column.kind === "boolean") into[at] = index < 0 ? 0.5 : index;
  else into[at + (index < 0 ? column.values.length : index)] = 1;
}
