import { FormatError, quoted } from "./error.js";
import { JsonReader } from "./json-reader.js";

/** How columns of raw text become features, as `TablePreparation` in the data room; plain JSON. */
export interface TableDescription {
  readonly layout: readonly string[];
  readonly hasHeader: boolean;
  readonly columns: readonly ColumnDescription[];
  readonly asked?: Readonly<Record<string, string>>;
  readonly target:
    | { readonly kind: "class"; readonly name: string; readonly classes: readonly string[] }
    | { readonly kind: "value"; readonly name: string };
}

type ColumnDescription =
  | { readonly kind: "number"; readonly name: string; readonly fill: number; readonly flagged: boolean }
  | { readonly kind: "boolean" | "category"; readonly name: string; readonly values: readonly string[] };

/**
 * Reads the description of a table from JSON that is not trusted.
 * @param inputs Features of the network: what the columns must make.
 * @throws FormatError when it is none, or makes another number of features.
 */
export function readTable(read: JsonReader, inputs: number): TableDescription {
  const columns = read
    .list("columns")
    .map((one, i) => readColumn(new JsonReader(one, `${read.where}: column ${i + 1}`)));
  const made = columns.reduce((sum, column) => sum + featuresOf(column), 0);
  if (made !== inputs) {
    throw new FormatError(
      `${read.where}: the columns make ${made} features, the network takes ${inputs}; the file is damaged`,
    );
  }
  const target = read.object("target");
  const name = target.string("name");
  const kind = target.string("kind");
  if (kind !== "class" && kind !== "value") throw unknown(target, kind);
  return {
    layout: texts(read, "layout"),
    hasHeader: truth(read, "hasHeader"),
    columns,
    ...(read.has("asked") && { asked: textsByName(read.object("asked")) }),
    target: kind === "class" ? { kind, name, classes: texts(target, "classes") } : { kind, name },
  };
}

function readColumn(read: JsonReader): ColumnDescription {
  const [kind, name] = [read.string("kind"), read.string("name")];
  if (kind === "number") return { kind, name, fill: read.number("fill"), flagged: truth(read, "flagged") };
  if (kind !== "boolean" && kind !== "category") throw unknown(read, kind);
  return { kind, name, values: texts(read, "values") };
}

function featuresOf(column: ColumnDescription): number {
  if (column.kind === "number") return column.flagged ? 2 : 1;
  return column.kind === "boolean" ? 1 : column.values.length + 1;
}

function texts(read: JsonReader, key: string): string[] {
  return read.strings(key, read.list(key).length);
}

function textsByName(read: JsonReader): Record<string, string> {
  return Object.fromEntries(read.entries().map(([name]) => [name, read.string(name)]));
}

function truth(read: JsonReader, key: string): boolean {
  const value = read.value(key);
  if (typeof value !== "boolean")
    throw new FormatError(`${read.where}: ${quoted(key)} is neither true nor false; the file is damaged`);
  return value;
}

function unknown(read: JsonReader, kind: string): FormatError {
  return new FormatError(`${read.where}: there is no kind ${quoted(kind)}; the file is damaged`);
}
