import type { Language } from "../../language/index.js";
import type { ExplainedPhase, ExplainedStep, Explanation } from "../explanation.js";
import { digitsOf } from "../numbers.js";
import { boxes } from "./boxes.js";
import { gridOf } from "./grid.js";
import { checkSays, labels, phases, placeOf } from "./labels.js";
import { cells, wrap } from "./wrap.js";

/** What a terminal makes of words and numbers; without, a text stays as it is. */
export interface ExplainPaint {
  readonly bold?: (text: string) => string;
  readonly dim?: (text: string) => string;
  readonly positive?: (text: string) => string;
  readonly negative?: (text: string) => string;
}

export interface TextOptions {
  readonly language?: Language;
  /** Cells a line may take (100). */
  readonly columns?: number;
  readonly paint?: ExplainPaint;
}

const same = (text: string) => text;

/** An explanation for a terminal: what a teacher would write at the blackboard, aligned, with color for the sign. */
export function renderText(explanation: Explanation, options: TextOptions = {}): string {
  const page = new TextPage(explanation, options);
  return `${page.lines().join("\n")}\n`;
}

class TextPage {
  readonly #language: Language;
  readonly #columns: number;
  readonly #paint: Required<ExplainPaint>;

  constructor(
    readonly explanation: Explanation,
    { language = "en", columns = 100, paint = {} }: TextOptions,
  ) {
    this.#language = language;
    this.#columns = Math.max(40, Math.min(columns, 120));
    this.#paint = { bold: same, dim: same, positive: same, negative: same, ...paint };
  }

  lines(): string[] {
    const { steps, cache, shapes } = this.explanation;
    const inPhase = (phase: ExplainedPhase) => steps.filter((step) => step.phase === phase);
    const order: readonly ExplainedPhase[] = ["given", "forward", "backward", "update"];
    const told = order.flatMap((phase) =>
      inPhase(phase).length === 0
        ? []
        : [...this.#heading(phases[phase][this.#language]), ...inPhase(phase).flatMap((step) => this.#step(step))],
    );
    const cacheRows = cache.map(({ name, shape, bytes, usedBy }) => [
      name,
      shape.join("×"),
      String(bytes),
      usedBy.join(", "),
    ]);
    const shapeRows = shapes.map(({ name, row, column }) => [name, row.join("×"), column.join("×")]);
    const word = (label: keyof typeof labels) => labels[label][this.#language];
    return [
      ...this.#title(),
      ...told,
      ...this.#heading(word("cache")),
      ...this.#paragraph(word("cacheSays")),
      "",
      ...this.#table([word("name"), word("shape"), word("bytes"), word("usedBy")], cacheRows),
      "",
      ...this.#heading(word("shapes")),
      ...this.#paragraph(word("shapesSay")),
      "",
      ...this.#table([word("name"), word("inRows"), word("inColumns")], shapeRows),
      "",
      ...this.#heading(word("check")),
      ...this.#verdict(),
    ];
  }

  #title(): string[] {
    const { network, loss, optimizer, batch, convention, lossValue, predictions } = this.explanation;
    const zh = this.#language === "zh";
    const examples = zh ? `${batch} 个样本` : `${batch} ${batch === 1 ? "example" : "examples"}`;
    const arranged = labels[convention === "row" ? "rows" : "columns"][this.#language];
    const facts = [loss, examples, arranged, ...(optimizer === undefined ? [] : [optimizer])];
    const said = predictions?.map(({ says, probability, truth }, i) => {
      const share = probability === undefined ? "" : ` (${(100 * probability).toFixed(1)}%)`;
      const right = truth === undefined ? "" : `, ${labels.truth[this.#language]} ${truth}`;
      return `${batch === 1 ? "" : `${i + 1}: `}${labels.predicted[this.#language]} ${says}${share}${right}`;
    });
    return [
      this.#paint.bold(network),
      ...wrap(facts.join(" · "), this.#columns),
      `${labels.loss[this.#language]} = ${digitsOf(lossValue, 6)}`,
      ...(said ?? []),
      "",
    ];
  }

  #heading(title: string): string[] {
    const rule = "─".repeat(Math.max(0, this.#columns - cells(title) - 4));
    return [`${this.#paint.dim("──")} ${this.#paint.bold(title)} ${this.#paint.dim(rule)}`, ""];
  }

  #paragraph(text: string): string[] {
    return wrap(text, this.#columns - 2).map((line) => `  ${line}`);
  }

  #step(step: ExplainedStep): string[] {
    const { dim, bold } = this.#paint;
    const given = step.phase === "given" && step.pieces.length === 0;
    const formula = given ? [] : boxes(step, this.explanation.convention, this.#columns - 2).map((line) => `  ${line}`);
    const rule = step.rule === undefined ? [] : wrap(step.rule.text, this.#columns - 4).map((line) => `  ${line}`);
    return [
      step.name === step.kind ? bold(step.name) : `${bold(step.name)}  ${dim(placeOf(step)[this.#language])}`,
      ...this.#paragraph(step.says[this.#language]),
      ...(formula.length === 0 ? [] : ["", ...formula]),
      ...(rule.length === 0 ? [] : ["", ...rule]),
      "",
      ...this.#value(step),
      ...this.#element(step),
      ...this.#notes(step),
      "",
    ];
  }

  #value({ name, value, shape, statistics }: ExplainedStep): string[] {
    const { positive, negative, dim } = this.#paint;
    const indent = cells(name) + 5;
    const columns = Math.max(3, Math.min(10, Math.floor((this.#columns - indent - 4) / 9)));
    const grid = gridOf(value, shape, this.explanation.convention, { rows: 8, columns });
    const texts = grid.rows.map((row) => row.map((number) => (number === undefined ? "…" : grid.format(number))));
    const widths = (texts[0] ?? []).map((_, j) => Math.max(...texts.map((row) => cells(row[j] ?? ""))));
    const paint = (text: string, number: number | undefined) =>
      number === undefined || number === 0 ? dim(text) : number > 0 ? positive(text) : negative(text);
    const single = shape.length === 0;
    const last = texts.length - 1;
    const lines = texts.map((row, i) => {
      const numbers = row.map((text, j) => " ".repeat((widths[j] ?? 0) - cells(text)) + paint(text, grid.rows[i]?.[j]));
      if (single) return numbers.join("");
      const [open, close] = last === 0 ? ["[", "]"] : i === 0 ? ["⎡", "⎤"] : i === last ? ["⎣", "⎦"] : ["⎢", "⎥"];
      return `${open} ${numbers.join("  ")} ${close}`;
    });
    const middle = Math.floor(last / 2);
    const shown = lines.map((line, i) => `  ${i === middle ? `${name} = ` : " ".repeat(indent - 2)}${line}`);
    if (!grid.elided) return shown;
    const { min, max, mean, norm, zeros } = statistics;
    const figures = `${shape.join("×")}   min ${digitsOf(min, 3)}   max ${digitsOf(max, 3)}   mean ${digitsOf(mean, 3)}   norm ${digitsOf(norm, 4)}   zeros ${(100 * zeros).toFixed(zeros === 0 || zeros === 1 ? 0 : 1)}%`;
    return [...shown, ...wrap(figures, this.#columns - indent).map((line) => " ".repeat(indent) + dim(line))];
  }

  #element({ element, formula }: ExplainedStep): string[] {
    if (element === undefined) return [];
    const { symbols, numbers, value } = element;
    const indent = cells(symbols.text.split(/ = | ← /)[0] ?? "");
    const result = ` = ${digitsOf(value, 4)}`;
    const width = this.#columns - 2;
    const lines = symbols.text === formula.text ? [] : wrap(symbols.text, width);
    const filled = wrap(`= ${numbers.text}${digitsOf(value, 4) === numbers.text ? "" : result}`, width - indent - 1);
    return ["", ...lines.map((line) => `  ${line}`), ...filled.map((line) => `  ${" ".repeat(indent + 1)}${line}`)];
  }

  #notes({ cached, check }: ExplainedStep): string[] {
    const { dim } = this.#paint;
    const reads =
      cached.length === 0 ? [] : wrap(`${labels.reads[this.#language]}${cached.join(", ")}`, this.#columns - 2);
    const checked =
      check === undefined
        ? []
        : wrap(
            `${check.agrees ? "✓" : "✗"} ${checkSays(check, (value) => digitsOf(value, 6))[this.#language]}`,
            this.#columns - 2,
          );
    const lines = [...reads, ...checked].map((line) => `  ${dim(line)}`);
    return lines.length === 0 ? [] : ["", ...lines];
  }

  #table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
    const all = [header, ...rows];
    const widths = header.map((_, j) => Math.max(...all.map((row) => cells(row[j] ?? ""))));
    return all.map((row, i) => {
      const line = row
        .map((cell, j) => (j === row.length - 1 ? cell : cell + " ".repeat((widths[j] ?? 0) - cells(cell))))
        .join("   ");
      return `  ${i === 0 ? this.#paint.dim(line) : line}`;
    });
  }

  #verdict(): string[] {
    const { worstRelativeError, agrees, conventionDifference } = this.explanation;
    const checks = this.explanation.steps.filter(({ check }) => check !== undefined).length;
    const worst = worstRelativeError.toExponential(1);
    const other = conventionDifference === 0 ? "0" : conventionDifference.toExponential(1);
    const text = {
      en: `${agrees ? "✓" : "✗"} ${checks} gradients against central differences in float64: largest relative error ${worst}. The other convention's formulas, transposed: largest difference ${other}.`,
      zh: `${agrees ? "✓" : "✗"} ${checks} 个梯度与 float64 中心差分比较：最大相对误差 ${worst}。换另一种排列再转置：最大差 ${other}。`,
    };
    return this.#paragraph(text[this.#language]);
  }
}
