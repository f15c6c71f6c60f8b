import { DataError } from "../error.js";
import { inChinese, placeIn } from "./place.js";
import { numberOf, type RawTable } from "./table.js";

export interface ParseOptions {
  /** Whether the first row holds the names of the columns. Left out: it does when no field of it is a number. */
  readonly header?: boolean;
  /** What divides the columns. Left out: what the rows agree on. */
  readonly delimiter?: string;
  /** Names that a header would hold, known from a model. */
  readonly known?: readonly string[];
}

/**
 * Reads the text of a table: commas, semicolons, tabs or bars between fields, quotes around those that hold them, any line
 * ends, with or without a byte order mark.
 * @throws DataError naming file, line and column, with the remedy.
 */
export async function parseTable(text: string, source: string, options: ParseOptions = {}): Promise<RawTable> {
  const { default: papa } = await import("papaparse");
  const clean = text.replace(/^\uFEFF/, "");
  const rows: string[][] = [];
  const lines: number[] = [];
  const lineAt = lineCounter(clean);
  let end = 0;
  let delimiter = options.delimiter ?? (/\.tsv(\.gz)?$/i.test(source) ? "\t" : "");
  papa.parse<string[]>(clean, {
    delimiter,
    delimitersToGuess: [",", "\t", ";", "|"],
    step: ({ data, meta, errors }) => {
      const line = lineAt(end);
      const wrong = errors.find(({ type }) => type === "Quotes");
      if (wrong !== undefined) {
        const place = placeIn(source, line);
        const what = wrong.code === "MissingQuotes" ? "引号没有闭合" : "结束引号之后还有别的字符";
        throw new DataError({
          en: `${place.en}: ${wrong.message}; close the quotes, or write "" for one quote inside`,
          zh: `${place.zh}：${what}；请补上引号，引号之内的一个引号要写成 ""`,
        });
      }
      end = meta.cursor;
      delimiter = meta.delimiter;
      if (data.every((field) => field.trim() === "")) return;
      rows.push(data);
      lines.push(line);
    },
  });
  const [first] = rows;
  if (first === undefined) {
    throw new DataError({
      en: `${source} is empty; give a table with one example a row`,
      zh: `${inChinese(source)}是空的；请给出一个每行一个样本的表格`,
    });
  }
  checkWidths(rows, lines, source);
  const decimalComma = delimiter !== ",";
  const hasHeader = options.header ?? looksLikeHeader(rows, options.known ?? [], decimalComma);
  const names = hasHeader ? headerOf(first, source) : first.map((_, i) => `column ${i + 1}`);
  const skip = hasHeader ? 1 : 0;
  if (rows.length === skip) {
    throw new DataError({
      en: `${source} has only a header; give at least one row below it`,
      zh: `${inChinese(source)}只有表头；请在其下至少给出一行`,
    });
  }
  return { source, names, hasHeader, rows: rows.slice(skip), lines: lines.slice(skip), decimalComma };
}

/** The line (from 1) in which a character stands, for places that only go up; blank lines before it are passed over. */
function lineCounter(text: string): (place: number) => number {
  let [at, line] = [0, 1];
  const isEnd = (i: number) => text[i] === "\n" || (text[i] === "\r" && text[i + 1] !== "\n");
  return (place) => {
    for (; at < place; at++) if (isEnd(at)) line++;
    return line;
  };
}

function checkWidths(rows: readonly (readonly string[])[], lines: readonly number[], source: string): void {
  const width = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged < 0) return;
  const found = rows[ragged]?.length ?? 0;
  const place = placeIn(source, lines[ragged] as number, Math.min(found, width) + 1);
  const remedy =
    found > width
      ? { en: "put quotes around fields with a delimiter inside", zh: "含有分隔符的字段请加上引号" }
      : {
          en: "fill the row up, with nothing between two delimiters where a value is missing",
          zh: "请补足这一行，缺失的值在两个分隔符之间空着即可",
        };
  throw new DataError({
    en: `${place.en}: this row has ${found} columns where ${width} are expected; ${remedy.en}`,
    zh: `${place.zh}：这一行有 ${found} 列，应为 ${width} 列；${remedy.zh}`,
  });
}

/** A first row without numbers is a header: above numbers certainly, above texts unless its fields come again among them. */
function looksLikeHeader(
  rows: readonly (readonly string[])[],
  known: readonly string[],
  decimalComma: boolean,
): boolean {
  const [first = [], ...below] = rows;
  if (first.some((field) => known.includes(field.trim()))) return true;
  if (first.some((field) => !Number.isNaN(numberOf(field, decimalComma)))) return false;
  if (first.some((_, column) => below.some((row) => !Number.isNaN(numberOf(row[column] ?? "", decimalComma)))))
    return true;
  return !first.every((field, column) => below.some((row) => row[column] === field)) || below.length === 0;
}

function headerOf(first: readonly string[], source: string): string[] {
  const names = first.map((name, i) => name.trim() || `column ${i + 1}`);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0) {
    const [place, name] = [placeIn(source, 1, twice + 1), JSON.stringify(names[twice])];
    throw new DataError({
      en: `${place.en}: there are two columns ${name}; rename one`,
      zh: `${place.zh}：有两列都叫 ${name}；请给其中一列改名`,
    });
  }
  return names;
}
