import { DataError } from "../error.js";
import {
  type ColumnNote,
  type FeatureColumn,
  featureNamesOf,
  fieldAt,
  isMissing,
  numberOf,
  placeOf,
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
    return [fitColumn(note, present, table.decimalComma)];
  });
  if (columns.length === 0) {
    throw new DataError(`${table.source} has no column to learn from beside the target; give at least one that varies`);
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
  decimalComma: boolean,
): FeatureColumn {
  if (kind !== "number") {
    const values = sorted([...new Set(present)]);
    return kind === "boolean" && values.length === 2 ? { kind, name, values } : { kind: "category", name, values };
  }
  const numbers = present.map((field) => numberOf(field, decimalComma)).filter((value) => !Number.isNaN(value));
  const mean = numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
  return { kind, name, fill: Math.fround(mean), flagged: missing > 0 };
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
  place: () => string,
): void {
  const gone = isMissing(field);
  if (column.kind === "number") {
    const value = gone ? column.fill : numberOf(field, decimalComma);
    if (!Number.isFinite(Math.fround(value))) {
      const what = Number.isNaN(value) ? "is no number" : "is too large for float32";
      throw new DataError(
        `${place()}: ${JSON.stringify(field)} in column ${JSON.stringify(column.name)} ${what}; correct it or leave it empty`,
      );
    }
    into[at] = value;
    if (column.flagged) into[at + 1] = gone ? 1 : 0;
    return;
  }
  const index = gone ? -1 : column.values.indexOf(field);
  if (column.kind === "boolean") into[at] = index < 0 ? 0.5 : index;
  else into[at + (index < 0 ? column.values.length : index)] = 1;
}
