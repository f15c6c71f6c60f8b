import type { Language } from "../../language/index.js";
import type { ExplainedPhase, ExplainedStep, Explanation } from "../explanation.js";
import { digitsOf } from "../numbers.js";
import { boxes } from "./boxes.js";
import { factsOf, phaseOrder, statisticsLine } from "./facts.js";
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
    const { steps } = this.explanation;
    const { cacheTable, shapeTable, verdict } = factsOf(this.explanation, this.#language);
    const inPhase = (phase: ExplainedPhase) => steps.filter((step) => step.phase === phase);
    const told = phaseOrder.flatMap((phase) =>
      inPhase(phase).length === 0
        ? []
        : [...this.#heading(phases[phase][this.#language]), ...inPhase(phase).flatMap((step) => this.#step(step))],
    );
    const word = (label: keyof typeof labels) => labels[label][this.#language];
    return [
      ...this.#title(),
      ...told,
      ...this.#heading(word("cache")),
      ...this.#paragraph(word("cacheSays")),
      "",
      ...this.#table(cacheTable),
      "",
      ...this.#heading(word("shapes")),
      ...this.#paragraph(word("shapesSay")),
      "",
      ...this.#table(shapeTable),
      "",
      ...this.#heading(word("check")),
      ...this.#paragraph(verdict),
    ];
  }

  #title(): string[] {
    const { title, facts, lossLine, predictions } = factsOf(this.explanation, this.#language);
    return [this.#paint.bold(title), ...wrap(facts.join(" · "), this.#columns), lossLine, ...predictions, ""];
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

  #value(step: ExplainedStep): string[] {
    const { name, shape } = step;
    const { positive, negative, dim } = this.#paint;
    const indent = cells(name) + 5;
    const { grid, texts, widths } = this.#fitted(step, this.#columns - indent - 4);
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
    return [
      ...shown,
      ...wrap(statisticsLine(step), this.#columns - indent).map((line) => " ".repeat(indent) + dim(line)),
    ];
  }

  /** The value with as many columns as the line has room for. */
  #fitted({ value, shape }: ExplainedStep, room: number) {
    for (let columns = 10; ; columns--) {
      const grid = gridOf(value, shape, this.explanation.convention, { rows: 8, columns });
      const texts = grid.rows.map((row) => row.map((number) => (number === undefined ? "…" : grid.format(number))));
      const widths = (texts[0] ?? []).map((_, j) => Math.max(...texts.map((row) => cells(row[j] ?? ""))));
      const width = widths.reduce((total, one) => total + one + 2, 0);
      if (width <= room || columns === 3) return { grid, texts, widths };
    }
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

  #table(all: readonly (readonly string[])[]): string[] {
    const widths = (all[0] ?? []).map((_, j) => Math.max(...all.map((row) => cells(row[j] ?? ""))));
    return all.map((row, i) => {
      const line = row
        .map((cell, j) => (j === row.length - 1 ? cell : cell + " ".repeat((widths[j] ?? 0) - cells(cell))))
        .join("   ");
      return `  ${i === 0 ? this.#paint.dim(line) : line}`;
    });
  }
}
