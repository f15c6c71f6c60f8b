import { createDataset, type Dataset } from "../dataset.js";
import { DataError } from "../error.js";
import { encodeRows, sorted } from "./prepare.js";
import {
  type ColumnNote,
  fieldAt,
  isMissing,
  numberOf,
  placeOf,
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
    throw new DataError(
      `${table.source}: the target ${JSON.stringify(name)} has the same value in every row; choose another`,
    );
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
      if (Number.isNaN(value))
        throw new DataError(
          `${placeOf(table, rows[i] as number, position)}: the target ${JSON.stringify(field)} is no number; correct it`,
        );
      return value;
    });
    return { kind: "value", values, names: [target.name] } as const;
  }
  const labels = fields.map((field, i) => {
    const label = target.classes.indexOf(field);
    if (label < 0) {
      throw new DataError(
        `${placeOf(table, rows[i] as number, position)}: ${JSON.stringify(field)} is none of the classes ${target.classes.join(", ")}; correct it`,
      );
    }
    return label;
  });
  return { kind: "class", labels, classes: target.classes } as const;
}
