import { csvColumns, plot } from "../index.js";
import { whyOf } from "./describe-columns.js";
import { grouped } from "./format.js";
import { reportFacts } from "./report.js";
import type { TableChoice } from "./tables.js";
import type { Terminal } from "./terminal.js";

/** What is in a table: its columns, what they would be taken for and why, with the first values. */
export async function inspectTable(terminal: Terminal, path: string, { columns, header }: TableChoice): Promise<void> {
  const { count, hasHeader, notes, first } = await csvColumns(path, {
    columns,
    ...(header !== undefined && { header }),
  });
  terminal.event("done", { kind: "table", path, rows: count, hasHeader, columns: notes });
  const { out } = terminal;
  terminal.report(out.bold(path), "");
  reportFacts(terminal, [
    ["rows", grouped(count)],
    ["columns", `${notes.length}, ${hasHeader ? "named by the first row" : "without names"}`],
  ]);
  const rows = notes.map((note, i) => [
    note.name,
    note.kind,
    whyOf(note),
    grouped(note.distinct),
    grouped(note.missing),
    first.map((row) => row[i] ?? "").join(" "),
  ]);
  const table = [["column", "taken for", "because", "different", "missing", "first values"], ...rows];
  const paint = (cell: string, row: number) => (row === 0 ? out.dim(cell) : cell);
  terminal.report("", ...plot.textTable({ rows: table, right: [3, 4], width: terminal.columns, paint }));
}
