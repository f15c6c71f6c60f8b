import { cutText, padEnd, padStart, textWidth } from "./text.js";

export interface TextTable {
  readonly rows: readonly (readonly string[])[];
  /** Columns whose cells stand at the right, as numbers do. */
  readonly right?: readonly number[];
  /** Put on a cell after it has been filled up with spaces. */
  readonly paint?: (cell: string, row: number, column: number) => string;
  /** Widths to keep to, for tables written a few rows at a time. */
  readonly widths?: readonly number[];
  /** Most cells a line may take; the last column is cut to keep to it. */
  readonly width?: number;
}

/** Rows as lines with aligned columns, two spaces between them. */
export function textTable(table: TextTable): string[] {
  const { rows, right = [], paint = (cell) => cell, widths = columnWidths(table.rows), width = Infinity } = table;
  return rows.map((row, i) => {
    const cells = row.map((cell, column) => {
      const own = widths[column] ?? 0;
      if (right.includes(column)) return paint(padStart(cell, own), i, column);
      if (column < row.length - 1) return paint(padEnd(cell, own), i, column);
      const before = widths.slice(0, column).reduce((sum, one) => sum + one + 2, 0);
      return paint(cutText(cell, Math.max(1, width - before)), i, column);
    });
    return cells.join("  ").trimEnd();
  });
}

export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => textWidth(row[column] ?? ""))));
}
