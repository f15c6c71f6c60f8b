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
  if (given.trim() === "") {
    throw new DataError({
      en: "there are no rows yet; paste some, or drop a file",
      zh: "还没有数据；请粘贴几行，或拖入一个文件",
    });
  }
  // A single line would be taken for the path of a file.
  const text = `${given.trim()}\n`;
  const { notes: found, count } = await csvColumns(text);
  if (count < fewest) {
    throw new DataError({
      en: `the table has rows: ${count}; give at least ${fewest} to learn from and test on`,
      zh: `表格只有 ${count} 行；训练与测试至少需要 ${fewest} 行`,
    });
  }
  const chosen = found.find(({ name }) => name === target)?.name ?? found.at(-1)?.name ?? "";
  const { training, test, notes } = await csv(text, { target: chosen, seed });
  return { text, target: chosen, seed, split: { training, test }, notes };
}

/**
 * The text of a file that was dropped or chosen.
 * @throws DataError when it is not text in UTF-8, as spreadsheets may save it.
 */
export async function readOwnFile(file: Blob): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch (cause) {
    throw new DataError(
      {
        en: "this file is not text in UTF-8; save it as CSV with the encoding UTF-8",
        zh: "这个文件不是 UTF-8 编码的文本；请另存为 UTF-8 编码的 CSV",
      },
      { cause },
    );
  }
}
