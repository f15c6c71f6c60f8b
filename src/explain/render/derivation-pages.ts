import type { Language } from "../../language/index.js";
import type { Derivation, DerivationLine } from "../derive/derivation.js";
import { inLatex } from "../numbers.js";
import { gridOf } from "./grid.js";
import { escapeHtml, mathRenderer, matrixTable, page, scrolled, type ToMathML } from "./page.js";

/** A derivation as Markdown with LaTeX. */
export function renderDerivationMarkdown({ title, sections }: Derivation, language: Language): string {
  const parts = sections.flatMap(({ title: heading, says, lines }) => [
    `## ${heading[language]}`,
    ...(says === undefined ? [] : [says[language]]),
    ...lines.flatMap((line) => [
      `$$\n${line.formula.latex}${valueLatex(line)}\n$$`,
      ...[remark(line), line.says?.[language], checked(line, language)].filter((text) => text !== undefined),
    ]),
  ]);
  return `${[`# \`${title.text}\``, ...parts].join("\n\n")}\n`;
}

/** A derivation as one HTML page that needs nothing else. */
export async function renderDerivationHtml({ title, sections }: Derivation, language: Language): Promise<string> {
  const math = await mathRenderer();
  const body = sections.map(({ title: heading, says, lines }, i) => {
    const told = lines.map((line) => article(line, language, math)).join("\n");
    return `<section id="s${i}"><h2>${escapeHtml(heading[language])}</h2>\n${says === undefined ? "" : `<p>${escapeHtml(says[language])}</p>`}\n${told}</section>`;
  });
  return page({ title: title.text, language, header: "", main: body.join("\n") });
}

function article(line: DerivationLine, language: Language, math: ToMathML): string {
  const { rule, op, says } = line;
  const parts = [
    scrolled(math(line.formula.latex, true)),
    matrix(line),
    says === undefined ? "" : `<p>${escapeHtml(says[language])}</p>`,
    op === undefined
      ? ""
      : `<p class="note"><code>${escapeHtml(op)}</code>${rule === undefined ? "" : ` ${math(rule.latex)}`}</p>`,
    line.check === undefined
      ? ""
      : `<p class="note ${line.check.agrees ? "right" : "wrong"}">${escapeHtml(checked(line, language) ?? "")}</p>`,
  ];
  return `<article>${parts.filter((part) => part !== "").join("\n")}</article>`;
}

function matrix({ value, shape }: DerivationLine): string {
  if (value === undefined || shape === undefined) return "";
  const grid = gridOf(value, shape, "row", { rows: 6, columns: 8 });
  return scrolled(`<div class="value">${matrixTable(grid, shape)}</div>`);
}

function remark({ op, rule }: DerivationLine): string | undefined {
  if (op === undefined) return undefined;
  return rule === undefined ? `\`${op}\`` : `\`${op}\`: $${rule.latex}$`;
}

function checked({ check }: DerivationLine, language: Language): string | undefined {
  if (check === undefined) return undefined;
  const difference = check.difference === 0 ? "0" : check.difference.toExponential(1);
  return `${check.agrees ? "✓" : "✗"} ${check.against[language]}: ${difference}`;
}

function valueLatex({ value, shape }: DerivationLine): string {
  if (value === undefined || shape === undefined) return "";
  const { rows, format } = gridOf(value, shape, "row", { rows: 5, columns: 7 });
  const number = (entry: number | undefined) => (entry === undefined ? "\\cdots" : inLatex(format(entry)));
  if (shape.length === 0) return ` = ${number(rows[0]?.[0])}`;
  return ` = \\begin{bmatrix} ${rows.map((row) => row.map(number).join(" & ")).join(" \\\\ ")} \\end{bmatrix}`;
}
