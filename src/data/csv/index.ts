export { type CsvOptions, csv, csvColumns, type TableSplit } from "./csv.js";
export { csvWith, type RawRows } from "./raw-rows.js";
export type { ColumnKind, ColumnNote, FeatureColumn, TablePreparation, TargetColumn } from "./table.js";
