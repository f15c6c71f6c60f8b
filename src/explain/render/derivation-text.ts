import type { Derivation, DerivationLine } from "../derive/derivation.js";
import { gridOf } from "./grid.js";
import type { TextOptions } from "./text.js";
import { cells, wrap } from "./wrap.js";

const same = (text: string) => text;

/** A derivation for a terminal: formula by formula, the rule beside each, the numbers below. */
export function renderDerivationText({ title, sections }: Derivation, options: TextOptions): string {
  const { language = "en" } = options;
  const columns = Math.max(40, Math.min(options.columns ?? 100, 120));
  const paint = { bold: same, dim: same, positive: same, negative: same, ...options.paint };
  const value = (line: DerivationLine): string[] => {
    if (line.value === undefined || line.shape === undefined) return [];
    const grid = gridOf(line.value, line.shape, "row", { rows: 5, columns: Math.floor((columns - 8) / 9) });
    const texts = grid.rows.map((row) => row.map((number) => (number === undefined ? "…" : grid.format(number))));
    const widths = (texts[0] ?? []).map((_, j) => Math.max(...texts.map((row) => cells(row[j] ?? ""))));
    return texts.map((row, i) => {
      const numbers = row.map((text, j) => {
        const number = grid.rows[i]?.[j] ?? 0;
        const spaces = " ".repeat((widths[j] ?? 0) - cells(text));
        return spaces + (number === 0 ? paint.dim : number > 0 ? paint.positive : paint.negative)(text);
      });
      const edges =
        line.shape?.length === 0
          ? ["", ""]
          : texts.length === 1
            ? ["[ ", " ]"]
            : i === 0
              ? ["⎡ ", " ⎤"]
              : i === texts.length - 1
                ? ["⎣ ", " ⎦"]
                : ["⎢ ", " ⎥"];
      return `      ${edges[0]}${numbers.join("  ")}${edges[1]}`;
    });
  };
  const told = (line: DerivationLine): string[] => {
    const { check, rule, op } = line;
    const remark = [op, rule?.text].filter((part) => part !== undefined).join(": ");
    const checked =
      check === undefined
        ? ""
        : `${check.agrees ? "✓" : "✗"} ${check.against[language]}: ${check.difference === 0 ? "0" : check.difference.toExponential(1)}`;
    const room = columns - 4 - cells(line.formula.text);
    const beside = remark !== "" && cells(remark) + 3 <= room;
    return [
      ...wrap(line.formula.text, columns - 2).map(
        (text, i) => `  ${i === 0 ? paint.bold(text) : text}${beside ? `   ${paint.dim(remark)}` : ""}`,
      ),
      ...(beside || remark === "" ? [] : wrap(remark, columns - 6).map((text) => `      ${paint.dim(text)}`)),
      ...(line.says === undefined ? [] : wrap(line.says[language], columns - 6).map((text) => `      ${text}`)),
      ...value(line),
      ...(checked === "" ? [] : [`      ${paint.dim(checked)}`]),
      "",
    ];
  };
  const lines = sections.flatMap((section) => [
    `${paint.dim("──")} ${paint.bold(section.title[language])} ${paint.dim("─".repeat(Math.max(0, columns - cells(section.title[language]) - 4)))}`,
    "",
    ...(section.says === undefined
      ? []
      : [...wrap(section.says[language], columns - 2).map((text) => `  ${text}`), ""]),
    ...section.lines.flatMap(told),
  ]);
  return `${[...wrap(title.text, columns).map(paint.bold), "", ...lines].join("\n").trimEnd()}\n`;
}
