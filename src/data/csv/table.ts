/** How a column is used. `text` and `constant` columns hold nothing to learn from and are left out. */
export type ColumnKind = "number" | "boolean" | "category" | "drop";

/** Rows of text as a file holds them, with the line each begins in. */
export interface RawTable {
  /** What messages call the file. */
  readonly source: string;
  /** Names of the columns: those of the header, or `column 1`, `column 2`, … */
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  /** Whether 5,1 is a number: where the columns are not divided by commas. */
  readonly decimalComma: boolean;
}

/** A column that features are made of, as it was in the training part. */
export type FeatureColumn =
  /** One feature, where missing numbers are `fill`; and one that says where, when there were any. */
  | { readonly kind: "number"; readonly name: string; readonly fill: number; readonly flagged: boolean }
  /** One feature: 0 for the first value, 1 for the second, ½ where it is missing or another. */
  | { readonly kind: "boolean"; readonly name: string; readonly values: readonly string[] }
  /** A feature for each value, and one for missing and unseen ones. */
  | { readonly kind: "category"; readonly name: string; readonly values: readonly string[] };

export type TargetColumn =
  | { readonly kind: "class"; readonly name: string; readonly classes: readonly string[] }
  | { readonly kind: "value"; readonly name: string };

/** How a table becomes features and targets: fitted once, kept with the model, so that it can take raw rows. Plain JSON. */
export interface TablePreparation {
  /** All columns of the training file, in their order; those without a header are told apart by it. */
  readonly layout: readonly string[];
  readonly hasHeader: boolean;
  readonly columns: readonly FeatureColumn[];
  /** Kinds that were not inferred but asked for. */
  readonly asked?: Readonly<Record<string, string>>;
  readonly target: TargetColumn;
}

/** What was taken for what, and why: to be shown, and overruled. */
export interface ColumnNote {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isTarget: boolean;
  readonly why: "asked" | "numbers" | "twoValues" | "fewValues" | "wholeNumbers" | "text" | "constant" | "rowNumbers";
  readonly distinct: number;
  readonly missing: number;
}

const missing = new Set(["", "na", "n/a", "nan", "null", "none", "?"]);

export function isMissing(field: string): boolean {
  return missing.has(field.trim().toLowerCase());
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number a field is, NaN where it is none. */
export function numberOf(field: string, decimalComma: boolean): number {
  const text = field.trim();
  if (decimal.test(text)) return Number(text);
  const point = decimalComma ? text.replace(",", ".") : text;
  return decimal.test(point) ? Number(point) : Number.NaN;
}

/** How many features a column makes, and their names. */
export function featureNamesOf(column: FeatureColumn): string[] {
  const { kind, name } = column;
  if (kind === "number") return column.flagged ? [name, `${name} is missing`] : [name];
  if (kind === "boolean") return [`${name} = ${column.values[1]}`];
  return [...column.values.map((value) => `${name} = ${value}`), `${name} = another`];
}

/** A field without the spaces around it. */
export function fieldAt(table: RawTable, row: number, column: number): string {
  return (table.rows[row] as readonly string[])[column]?.trim() ?? "";
}
