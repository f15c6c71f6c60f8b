import type { ColumnNote } from "../index.js";
import { counted } from "./format.js";

const reasons: Readonly<Record<ColumnNote["why"], string>> = {
  asked: "as asked",
  numbers: "numbers",
  twoValues: "two values",
  fewValues: "few values, each met often",
  wholeNumbers: "whole numbers of few values",
  text: "mostly different texts",
  constant: "always the same",
  rowNumbers: "numbers of rows",
};

/** `numbers: age, fare`, one line a kind; what was left out and filled, and why. */
export function describeColumns(notes: readonly ColumnNote[], leftOut: number): string[] {
  const used = notes.filter(({ isTarget }) => !isTarget);
  const target = notes.find(({ isTarget }) => isTarget);
  const line = (title: string, kind: ColumnNote["kind"], say = ({ name }: ColumnNote) => name) => {
    const own = used.filter((note) => note.kind === kind);
    return own.length === 0 ? [] : [`  ${title}: ${own.map(say).join(", ")}`];
  };
  const gaps = used.filter(({ kind, missing }) => missing > 0 && kind !== "drop");
  return [
    ...(target === undefined ? [] : [`  predicts: ${target.name} (${describeTarget(target)})`]),
    ...line("numbers", "number"),
    ...line("yes or no", "boolean"),
    ...line("categories", "category", ({ name, distinct }) => `${name} (${distinct})`),
    ...line("left out", "drop", ({ name, why }) => `${name} (${reasons[why]})`),
    ...(gaps.length === 0
      ? []
      : [`  missing: ${gaps.map(({ name, missing }) => `${name} (${missing})`).join(", ")}; filled and flagged`]),
    ...(leftOut === 0 ? [] : [`  ${counted(leftOut, "row")} left out: nothing stands in the target column`]),
    "  (change it with --columns, such as age=category,id=drop)",
  ];
}

function describeTarget({ kind, distinct, why }: ColumnNote): string {
  return kind === "number" ? "a number" : `${counted(distinct, "class", "classes")}: ${reasons[why]}`;
}

export function whyOf({ why }: ColumnNote): string {
  return reasons[why];
}
