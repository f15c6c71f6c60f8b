import { type ColumnNote, csv, csvColumns, DataError, type Split } from "../../src/index.js";

/** A table of the reader's own, divided in two, and what was taken for what. */
export interface OwnTable {
  readonly split: Split;
  readonly notes: readonly ColumnNote[];
  readonly target: string;
}

/** Fewer rows teach nothing. */
const fewest = 10;

/**
 * A table from pasted or dropped text, read as the library's `csv` reads files.
 * @param target the column to predict: the last one when left out, or when there is no such column.
 * @throws DataError with what is wrong, where, and the remedy.
 */
export async function readOwnData(text: string, seed: number, target?: string): Promise<OwnTable> {
  if (text.trim() === "") throw new DataError("there are no rows yet; paste some, or drop a file");
  // A single line would be taken for the path of a file.
  const source = `${text.trim()}\n`;
  const { notes: found, count } = await csvColumns(source);
  if (count < fewest)
    throw new DataError(`the table has rows: ${count}; give at least ${fewest} to learn from and test on`);
  const chosen = found.find(({ name }) => name === target)?.name ?? found.at(-1)?.name ?? "";
  const { training, test, notes } = await csv(source, { target: chosen, seed });
  return { split: { training, test }, notes, target: chosen };
}
