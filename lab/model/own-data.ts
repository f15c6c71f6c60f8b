import { type ColumnNote, csv, csvColumns, DataError, type Split } from "../../src/index.js";

/** A table of the reader's own, divided in two, and what was taken for what. */
export interface OwnTable {
  /** The rows as they were read: the same text gives the same table again. */
  readonly text: string;
  readonly target: string;
  /** Of the division in two. */
  readonly seed: number;
  readonly split: Split;
  readonly notes: readonly ColumnNote[];
}

/** Fewer rows teach nothing. */
const fewest = 10;

/**
 * A table from pasted or dropped text, read as the library's `csv` reads files.
 * @param target the column to predict: the last one when left out, or when there is no such column.
 * @throws DataError with what is wrong, where, and the remedy.
 */
export async function readOwnData(given: string, seed: number, target?: string): Promise<OwnTable> {
  if (given.trim() === "") throw new DataError("there are no rows yet; paste some, or drop a file");
  // A single line would be taken for the path of a file.
  const text = `${given.trim()}\n`;
  const { notes: found, count } = await csvColumns(text);
  if (count < fewest)
    throw new DataError(`the table has rows: ${count}; give at least ${fewest} to learn from and test on`);
  const chosen = found.find(({ name }) => name === target)?.name ?? found.at(-1)?.name ?? "";
  const { training, test, notes } = await csv(text, { target: chosen, seed });
  return { text, target: chosen, seed, split: { training, test }, notes };
}
