import { type Dataset, plot } from "../index.js";
import type { DataParts } from "./data-sets.js";
import { grouped, plain, significant } from "./format.js";
import { heading, reportFacts } from "./report.js";
import { summarize } from "./statistics.js";
import type { Terminal } from "./terminal.js";

/** What is in a data set: its parts, features with their ranges, classes with their counts, and a look at some digits. */
export function inspectData(terminal: Terminal, { name, training, test, split }: DataParts): void {
  const { inputs, outputs, target, preparation, featureNames = [] } = training;
  const classes =
    target.kind === "class"
      ? target.classes.map((label, i) => ({ name: label, ...countsOf(i, training, test) }))
      : undefined;
  const features = featureNames.map((feature, i) => ({ name: feature, ...summarize(column(training, i)) }));
  terminal.event("done", {
    kind: "data",
    name,
    split,
    training: training.count,
    test: test.count,
    inputs,
    outputs,
    preparation,
    target: target.kind,
    classes,
    ...(target.kind === "value" && { targets: target.names }),
    features,
  });

  const { out } = terminal;
  const whole = summarize(training.features);
  const paint = (cell: string, row: number) => (row === 0 ? out.dim(cell) : cell);
  terminal.report(out.bold(name), "");
  reportFacts(terminal, [
    ["examples", `${grouped(training.count)} to learn from, ${grouped(test.count)} to test (split: ${split})`],
    [
      "features",
      `${grouped(inputs)}, from ${plain(whole.least)} to ${plain(whole.most)} (preparation: ${preparation})`,
    ],
    target.kind === "class" ? ["classes", target.classes.join(", ")] : ["predicts", target.names.join(", ")],
  ]);
  if (inputs <= 16) {
    const rows = features.map(({ name: feature, mean, deviation, least, most }) => [
      feature,
      ...[mean, deviation, least, most].map((value) => significant(value, 3)),
    ]);
    terminal.report(
      "",
      ...plot.textTable({
        rows: [["feature", "mean", "deviation", "least", "most"], ...rows],
        right: [1, 2, 3, 4],
        paint,
      }),
    );
  }
  if (classes !== undefined) {
    const rows = classes.map((one) => [one.name, grouped(one.training), grouped(one.test)]);
    terminal.report("", ...plot.textTable({ rows: [["class", "training", "test"], ...rows], right: [1, 2], paint }));
  }
  if (name === "digits" && !terminal.quiet) reportDigits(terminal, test);
}

function reportDigits(terminal: Terminal, { features, inputs, target }: Dataset): void {
  if (target.kind !== "class") return;
  const { out, columns } = terminal;
  const shades = out.isColorSupported;
  const count = Math.max(1, Math.min(10, Math.floor((columns + 2) / 10)));
  const pictures = Array.from({ length: count }, (_, i) => {
    const picture = plot.grayPicture({
      pixels: features.subarray(i * inputs, (i + 1) * inputs),
      width: 8,
      most: 16,
      shades,
    });
    return [...picture, (target.classes[target.labels[i] ?? 0] ?? "").padStart(4).padEnd(8)];
  });
  terminal.report(
    "",
    heading(terminal, "The first of the test part"),
    ...plot.sideBySide(pictures).map((line) => line.trimEnd()),
  );
}

function countsOf(label: number, training: Dataset, test: Dataset) {
  const count = ({ target }: Dataset) =>
    target.kind === "class" ? target.labels.filter((own) => own === label).length : 0;
  return { training: count(training), test: count(test) };
}

function column({ features, inputs, count }: Dataset, index: number): number[] {
  return Array.from({ length: count }, (_, row) => features[row * inputs + index] ?? 0);
}
