import { createDataset, DataError, type Dataset, type Split, splitDataset } from "../../src/index.js";

/** So many distinct whole numbers as answers are classes; more are amounts to predict. */
const mostClasses = 12;

/**
 * A table from pasted or dropped text: numbers separated by commas, semicolons or tabs, one example a line, the answer last. A first
 * line of names is taken as such. Answers that are words, or few whole numbers, are classes.
 * @throws DataError with what is wrong, where, and the remedy.
 */
export function readOwnData(text: string, seed: number): Split {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const [first = ""] = lines;
  const separator = [";", "\t", ","].find((one) => first.includes(one)) ?? ",";
  const rows = lines.map((line) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")));
  const hasNames = rows.length > 1 && (rows[0] as string[]).every((cell) => !isNumber(cell));
  const names = hasNames ? (rows.shift() as string[]) : (rows[0] ?? []).map((_, i) => `x${i + 1}`);
  const width = names.length;
  if (rows.length < 10)
    throw new DataError(`your data has rows: ${rows.length}; give at least 10 to learn from and test on`);
  if (width < 2)
    throw new DataError("your data has one column; give features and, last, the answer, separated by commas");
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0) {
    throw new DataError(
      `row ${ragged + 1} of your data has ${rows[ragged]?.length} cells, the first has ${width}; make them equal`,
    );
  }
  const features = rows.map((row, i) => row.slice(0, -1).map((cell, j) => numberIn(cell, i, names[j] as string)));
  return splitDataset(
    datasetOf(
      features,
      rows.map((row) => row[width - 1] as string),
      names,
    ),
    { fraction: 0.2, seed },
  );
}

function datasetOf(features: number[][], answers: readonly string[], names: readonly string[]): Dataset {
  const target = names.at(-1) ?? "answer";
  const distinct = [...new Set(answers)].sort((a, b) =>
    isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : 1,
  );
  const areClasses =
    answers.some((answer) => !isNumber(answer)) ||
    (distinct.length <= mostClasses && distinct.every((one) => Number.isInteger(Number(one))));
  const parts = {
    name: "your data",
    inputs: names.length - 1,
    features,
    featureNames: names.slice(0, -1),
    preparation: "standardize" as const,
  };
  if (!areClasses) {
    const values = answers.map((answer, i) => [numberIn(answer, i, target)]);
    return createDataset({ ...parts, target: { kind: "value", values, names: [target] } });
  }
  const labels = answers.map((answer) => distinct.indexOf(answer));
  return createDataset({ ...parts, target: { kind: "class", labels, classes: distinct } });
}

const isNumber = (cell: string) => cell !== "" && Number.isFinite(Number(cell));

function numberIn(cell: string, row: number, column: string): number {
  if (isNumber(cell)) return Number(cell);
  throw new DataError(
    `row ${row + 1} of your data has "${cell}" in column ${column}, which is no number; put one there or leave the row out`,
  );
}
