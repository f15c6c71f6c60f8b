import { DataError, DataOptionError } from "../error.js";
import { placeOf } from "./place.js";
import { type ColumnKind, type ColumnNote, isMissing, numberOf, type RawTable } from "./table.js";

/** Most values a column of texts may have to count as categories. */
const mostCategories = 100;
/** Whole numbers of so few values, each met often, are classes to tell apart rather than amounts. */
const mostWholeClasses = 10;
/** A share of numbers from which the rest of a column counts as mistakes rather than as texts. */
const almostAll = 0.9;

/**
 * What each column holds, after the habits of Ludwig and AutoGluon: two values are a boolean, few texts are categories, numbers
 * are numbers; texts that are mostly unique, constants and row numbers are left out.
 * @param asked kinds that are not to be inferred, by column.
 * @throws DataError when a few fields of a column of numbers are none, DataOptionError when a column is asked for that is not there.
 */
export function inferColumns(
  table: RawTable,
  target: string,
  asked: Readonly<Record<string, ColumnKind>> = {},
): ColumnNote[] {
  for (const name of Object.keys(asked)) {
    if (!table.names.includes(name)) {
      throw new DataOptionError(
        `${table.source} has no column ${JSON.stringify(name)}; there are ${table.names.join(", ")}`,
      );
    }
  }
  return table.names.map((name, column) => {
    const fields = table.rows.map((row) => (row[column] as string).trim());
    const present = fields.filter((field) => !isMissing(field));
    const distinct = new Set(present).size;
    const isTarget = name === target;
    const found = { name, isTarget, distinct, missing: fields.length - present.length };
    const own = Object.hasOwn(asked, name) ? asked[name] : undefined;
    if (own !== undefined) return { ...found, kind: own, why: "asked" };
    if (distinct <= 1) return { ...found, kind: "drop", why: "constant" };
    if (distinct === 2) return { ...found, kind: "boolean", why: "twoValues" };
    if (areNumbers(table, column, present.length)) {
      const numbers = present.map((field) => numberOf(field, table.decimalComma));
      if (
        isTarget &&
        numbers.every(Number.isInteger) &&
        distinct <= mostWholeClasses &&
        present.length >= 10 * distinct
      ) {
        return { ...found, kind: "category", why: "wholeNumbers" };
      }
      const counts =
        numbers.length === fields.length && numbers.every((x, i) => i === 0 || x === (numbers[i - 1] as number) + 1);
      return counts && !isTarget
        ? { ...found, kind: "drop", why: "rowNumbers" }
        : { ...found, kind: "number", why: "numbers" };
    }
    const repeated = distinct <= mostCategories && distinct <= present.length / 2;
    return repeated || isTarget
      ? { ...found, kind: "category", why: "fewValues" }
      : { ...found, kind: "drop", why: "text" };
  });
}

function areNumbers(table: RawTable, column: number, present: number): boolean {
  const { rows, names, decimalComma } = table;
  const wrong = rows.flatMap((row, i) => {
    const field = row[column] as string;
    return isMissing(field) || !Number.isNaN(numberOf(field, decimalComma)) ? [] : [i];
  });
  const [first] = wrong;
  if (first === undefined) return true;
  if (present - wrong.length < almostAll * present) return false;
  const field = JSON.stringify(rows[first]?.[column]);
  const name = JSON.stringify(names[column]);
  const place = placeOf(table, first, column);
  const others = present - wrong.length;
  throw new DataError({
    en: `${place.en}: ${field} is not a number like the other ${others} of column ${name}; correct it or leave it empty, or take the column as a category`,
    zh: `${place.zh}：${field} 不是数字，而 ${name} 列的其余 ${others} 个值都是数字；请改正或留空，或把该列当作类别`,
  });
}
