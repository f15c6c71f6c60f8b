import type { Paint } from "./terminal-chart.js";
import { cutText, padEnd, padStart, textWidth } from "./text.js";

export interface ConfusionTable {
  readonly classes: readonly string[];
  /** Counts by true class (row) and predicted class (column), row-major. */
  readonly counts: ArrayLike<number>;
  /** Most cells of the terminal a line may take; columns are numbered where their names would not fit. */
  readonly width?: number;
  readonly right?: Paint;
  readonly wrong?: Paint;
  readonly faint?: Paint;
}

const longestName = 16;

/** A confusion matrix with the recall of each class behind its row, or undefined when the width is not enough. */
export function confusionTable(table: ConfusionTable): string[] | undefined {
  const { classes, counts, width = 80, right = plain, wrong = plain, faint = plain } = table;
  const names = classes.map((name) => cutText(name, longestName));
  const count = (truth: number, predicted: number) => counts[truth * classes.length + predicted] ?? 0;
  const digits = Math.max(...Array.from(counts, (value) => String(value).length));
  const nameWidth = Math.max("truth".length, ...names.map(textWidth));
  const cells = [Math.max(digits, ...names.map(textWidth)), Math.max(digits, String(classes.length).length + 1)];
  const fits = cells.map((cell) => nameWidth + classes.length * (cell + 2) + "  100.0%".length <= width);
  if (!fits.includes(true)) return undefined;
  const cell = fits[0] ? (cells[0] ?? 0) : (cells[1] ?? 0);
  const headings = fits[0] ? names : names.map((_, i) => `#${i + 1}`);

  const header = [padEnd("truth", nameWidth), ...headings.map((name) => padStart(name, cell + 2)), "  recall"].join("");
  const rows = classes.map((_, truth) => {
    const row = classes.map((_, predicted) => {
      const value = count(truth, predicted);
      const text = padStart(value === 0 && truth !== predicted ? "·" : String(value), cell + 2);
      if (truth === predicted) return right(text);
      return value === 0 ? faint(text) : wrong(text);
    });
    const total = classes.reduce((sum, _, predicted) => sum + count(truth, predicted), 0);
    const recall = total === 0 ? "–" : `${((100 * count(truth, truth)) / total).toFixed(1)}%`;
    return [padEnd(names[truth] ?? "", nameWidth), ...row, padStart(recall, 8)].join("");
  });
  return [faint(header), ...rows];
}

/** The most frequent mistakes, the most frequent first. */
export function commonMistakes(
  classes: readonly string[],
  counts: ArrayLike<number>,
  most: number,
): { readonly truth: string; readonly predicted: string; readonly count: number }[] {
  return Array.from(counts, (count, at) => ({
    truth: classes[Math.floor(at / classes.length)] ?? "",
    predicted: classes[at % classes.length] ?? "",
    count,
  }))
    .filter(({ count, truth, predicted }) => count > 0 && truth !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

const plain: Paint = (text) => text;
