import { type Dataset, type EpochReport, type Evaluation, plot } from "../index.js";
import { grouped, percent, significant, wrapped } from "./format.js";
import type { Terminal } from "./terminal.js";

/** `accuracy 92.78% (334 of 360) · loss 0.3012`, or the figures of a regression. */
export function describeEvaluation(evaluation: Evaluation, { count }: Dataset): string {
  const { loss, accuracy, r2, meanAbsoluteError } = evaluation;
  const parts = [
    ...(accuracy === undefined
      ? []
      : [`accuracy ${percent(accuracy)} (${grouped(Math.round(accuracy * count))} of ${grouped(count)})`]),
    ...(r2 === undefined ? [] : [`R² ${significant(r2)}`]),
    ...(meanAbsoluteError === undefined ? [] : [`mean absolute error ${significant(meanAbsoluteError)}`]),
    `loss ${significant(loss)}`,
  ];
  return parts.join(" · ");
}

/** The figures of an evaluation under the names of the contract. */
export function evaluationFields({ loss, accuracy, r2, meanAbsoluteError }: Evaluation) {
  if (accuracy !== undefined) return { loss, accuracy };
  return { loss, r2, mae: meanAbsoluteError };
}

/** Counts by true class (row) and predicted class (column) as rows, for programs. */
export function confusionRows({ confusion }: Evaluation): { confusion?: number[][] } {
  if (confusion === undefined) return {};
  const classes = Math.sqrt(confusion.length);
  return {
    confusion: Array.from({ length: classes }, (_, row) => [...confusion.slice(row * classes, (row + 1) * classes)]),
  };
}

export function reportConfusion(terminal: Terminal, { confusion }: Evaluation, { target }: Dataset): void {
  if (confusion === undefined || target.kind !== "class") return;
  const { out, columns } = terminal;
  // A model may know classes that this data does not have.
  const classes = Array.from({ length: Math.sqrt(confusion.length) }, (_, i) => target.classes[i] ?? `${i}`);
  const table = plot.confusionTable({
    classes,
    counts: confusion,
    width: columns,
    right: (text) => out.bold(out.green(text)),
    wrong: out.red,
    faint: out.dim,
  });
  const mistakes = plot
    .commonMistakes(classes, confusion, 3)
    .map(({ truth, predicted, count }) => `${truth} taken for ${predicted} (${count}×)`);
  terminal.report("", heading(terminal, "Confusion matrix", "row: truth, column: prediction"));
  terminal.report(...(table ?? [`(${classes.length} classes need a wider terminal, or --json)`]));
  if (mistakes.length > 0) terminal.report(...wrapped(`Most frequent: ${mistakes.join(", ")}`, columns, 2));
}

export function reportHistory(terminal: Terminal, history: readonly EpochReport[]): void {
  const { out } = terminal;
  const watched = history.flatMap(({ validation }) => (validation === undefined ? [] : [validation.loss]));
  const all = [...history.map(({ loss }) => loss), ...watched];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const logarithmic = least > 0 && most > 10 * least;
  const chart = plot.terminalChart({
    logarithmic,
    series: [
      { name: "training", values: history.map(({ loss }) => loss), paint: out.cyan },
      ...(watched.length === 0 ? [] : [{ name: "validation", values: watched, paint: out.yellow }]),
    ],
    x: "epoch",
    width: Math.min(terminal.columns, 80),
    height: 7,
    format: (value) => significant(value, 3),
  });
  if (chart.length > 0)
    terminal.report("", heading(terminal, "Loss", logarithmic ? "logarithmic scale" : ""), ...chart);
}

export function heading({ out }: Terminal, title: string, remark = ""): string {
  return remark === "" ? out.bold(title) : `${out.bold(title)} ${out.dim(`(${remark})`)}`;
}

/** Names in bold with what is said of them, wrapped beside. */
export function reportFacts(terminal: Terminal, facts: readonly (readonly [name: string, text: string])[]): void {
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  for (const [name, text] of facts) {
    const [first = "", ...rest] = wrapped(`${name.padEnd(width)}${text}`, terminal.columns, width);
    terminal.report(terminal.out.bold(first.slice(0, width)) + first.slice(width), ...rest);
  }
}
