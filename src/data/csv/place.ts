import type { Text } from "../../language/index.js";
import type { RawTable } from "./table.js";

/** Where something stands in a file, as messages begin: `data.csv:12:3`. Line and column count from 1. */
export function placeIn(source: string, line: number, column?: number): Text {
  return column === undefined
    ? { en: `${source}:${line}`, zh: `${inChinese(source)}第 ${line} 行` }
    : { en: `${source}:${line}:${column}`, zh: `${inChinese(source)}第 ${line} 行第 ${column} 列` };
}

/** The same of a row and a column of a table, which count from 0. */
export function placeOf({ source, lines }: RawTable, row: number, column: number): Text {
  return placeIn(source, lines[row] as number, column + 1);
}

/** What messages call a table without a name. */
export const unnamed = "the table";

/** The name of a table as Chinese sentences begin with it. */
export function inChinese(source: string): string {
  return source === unnamed ? "表格" : `${source} `;
}
