import { createDataset, type Dataset } from "../dataset.js";
import { DataError } from "../error.js";
import { inChinese, placeOf } from "./place.js";
import { encodeRows, sorted } from "./prepare.js";
import {
  type ColumnNote,
  fieldAt,
  isMissing,
  numberOf,
  type RawTable,
  type TablePreparation,
  type TargetColumn,
} from "./table.js";

/** These rows as a dataset, prepared as was fitted. */
export function datasetOf(
  table: RawTable,
  preparation: TablePreparation,
  rows: readonly number[],
  name: string,
): Dataset {
  const { features, names } = encodeRows(preparation, table, rows);
  const position = table.names.indexOf(preparation.target.name);
  const indicators = names.flatMap((_, i) =>
    preparation.columns.some((column) => column.name === names[i]) ? [] : [i],
  );
  return createDataset({
    name,
    inputs: names.length,
    features,
    featureNames: names,
    preparation: "standardize",
    indicators,
    table: preparation,
    target: targetsOf(table, preparation.target, position, rows),
  });
}

/** What the target column is, from all rows. */
export function targetOf(table: RawTable, { kind, name }: ColumnNote, position: number): TargetColumn {
  if (kind === "number") return { kind: "value", name };
  if (kind === "drop") {
    throw new DataError({
      en: `${table.source}: the target ${JSON.stringify(name)} has the same value in every row; choose another`,
      zh: `${inChinese(table.source)}的预测目标 ${JSON.stringify(name)} 在每一行都是同一个值；请另选一列`,
    });
  }
  const present = rowsWithTarget(table, position).map((row) => fieldAt(table, row, position));
  return { kind: "class", name, classes: sorted([...new Set(present)]) };
}

/** The rows in whose target column something stands. */
export function rowsWithTarget(table: RawTable, position: number): number[] {
  return table.rows.flatMap((_, row) => (isMissing(fieldAt(table, row, position)) ? [] : [row]));
}

/** What is to be predicted in these rows. */
export function targetsOf(table: RawTable, target: TargetColumn, position: number, rows: readonly number[]) {
  const fields = rows.map((row) => fieldAt(table, row, position));
  if (target.kind === "value") {
    const values = fields.map((field, i) => {
      const value = numberOf(field, table.decimalComma);
      if (!Number.isFinite(Math.fround(value))) {
        const place = placeOf(table, rows[i] as number, position);
        const what = Number.isNaN(value)
          ? { en: "is no number", zh: "不是数字" }
          : { en: "is too large for float32", zh: "超出 float32 的范围" };
        throw new DataError({
          en: `${place.en}: the target ${JSON.stringify(field)} ${what.en}; correct it`,
          zh: `${place.zh}：预测目标 ${JSON.stringify(field)} ${what.zh}；请改正`,
        });
      }
      return value;
    });
    return { kind: "value", values, names: [target.name] } as const;
  }
  const labels = fields.map((field, i) => {
    const label = target.classes.indexOf(field);
    if (label < 0) {
      const place = placeOf(table, rows[i] as number, position);
      throw new DataError({
        en: `${place.en}: ${JSON.stringify(field)} is none of the classes ${target.classes.join(", ")}; correct it`,
        zh: `${place.zh}：${JSON.stringify(field)} 不在类别 ${target.classes.join("、")} 之中；请改正`,
      });
    }
    return label;
  });
  return { kind: "class", labels, classes: target.classes } as const;
}
