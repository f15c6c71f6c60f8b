import type { Language } from "../../language/index.js";
import type { ExplainedElement, ExplainedStep, Explanation } from "../explanation.js";
import { digitsOf } from "../numbers.js";
import { symbolOf } from "../symbols.js";
import { factsOf, phaseOrder, statisticsLine } from "./facts.js";
import { gridOf } from "./grid.js";
import { checkSays, labels, phases, placeOf } from "./labels.js";
import { elementParts, formulaLatex } from "./latex.js";
import { escapeHtml, mathRenderer, matrixTable, page, scrolled, type ToMathML } from "./page.js";

/** An explanation as one HTML page that needs nothing else: formulas as MathML, light and dark by the reader's preference. */
export async function renderHtml(explanation: Explanation, language: Language): Promise<string> {
  const math = await mathRenderer();
  const { title, facts, lossLine, predictions, cacheTable, shapeTable, verdict } = factsOf(explanation, language);
  const present = phaseOrder.filter((phase) => explanation.steps.some((step) => step.phase === phase));
  const sections = present.map((phase) => {
    const steps = explanation.steps.filter((step) => step.phase === phase);
    return `<section id="${phase}"><h2>${phases[phase][language]}</h2>\n${steps.map((step) => article(step, explanation, language, math)).join("\n")}</section>`;
  });
  const ends = [
    section("cache", labels.cache[language], `<p>${escapeHtml(labels.cacheSays[language])}</p>${table(cacheTable)}`),
    section("shapes", labels.shapes[language], `<p>${escapeHtml(labels.shapesSay[language])}</p>${table(shapeTable)}`),
    section("check", labels.check[language], `<p>${escapeHtml(verdict)}</p>`),
  ];
  const links = [
    ...present.map((phase) => [phase, phases[phase][language]]),
    ...(["cache", "shapes", "check"] as const).map((id) => [id, labels[id][language]]),
  ];
  const header = [
    `<p>${escapeHtml([...facts, lossLine].join(" · "))}</p>`,
    ...predictions.map((line) => `<p>${escapeHtml(line)}</p>`),
    `<nav>${links.map(([id, text]) => `<a href="#${id}">${text}</a>`).join(" ")}</nav>`,
  ].join("\n");
  return page({ title, language, header, main: [...sections, ...ends].join("\n") });
}

function section(id: string, title: string, content: string): string {
  return `<section id="${id}"><h2>${title}</h2>\n${content}</section>`;
}

function article(step: ExplainedStep, explanation: Explanation, language: Language, math: ToMathML): string {
  const { name, kind, says, pieces, rule, element, cached, check } = step;
  const place = name === kind ? "" : ` <small>${escapeHtml(placeOf(step)[language])}</small>`;
  const reads =
    cached.length === 0
      ? ""
      : `<p class="note">${labels.reads[language]}${cached.map((one) => `<code>${escapeHtml(one)}</code>`).join(", ")}</p>`;
  const checked =
    check === undefined
      ? ""
      : `<p class="note ${check.agrees ? "right" : "wrong"}">${check.agrees ? "✓" : "✗"} ${escapeHtml(checkSays(check, (value) => digitsOf(value, 6))[language])}</p>`;
  return [
    `<article><h3>${math(symbolOf(name).latex)}${place}</h3>`,
    `<p>${escapeHtml(says[language])}</p>`,
    pieces.length === 0 ? "" : scrolled(math(formulaLatex(step, explanation.convention), true)),
    rule === undefined ? "" : scrolled(math(rule.latex, true)),
    matrix(step, explanation, math),
    element === undefined ? "" : scrolled(aligned(element, math)),
    reads,
    checked,
    "</article>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** One entry's formula above the same in numbers, both beginning at the equals sign. */
function aligned(element: ExplainedElement, math: ToMathML): string {
  const { left, right, numbers } = elementParts(element, (value) => digitsOf(value, 4));
  const cells = [left, right, "", numbers].map(
    (latex) => `<span>${latex === "" ? "" : math(`\\displaystyle ${latex}`)}</span>`,
  );
  return `<div class="aligned">${cells.join("")}</div>`;
}

function matrix(step: ExplainedStep, { convention }: Explanation, math: ToMathML): string {
  const grid = gridOf(step.value, step.shape, convention, { rows: 8, columns: 10 });
  const figures = grid.elided ? `<p class="note">${escapeHtml(statisticsLine(step))}</p>` : "";
  const left = math(`${symbolOf(step.name).latex} =`);
  return `${scrolled(`<div class="value">${left}${matrixTable(grid, step.shape)}</div>`)}${figures}`;
}

function table([header = [], ...rows]: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: "th" | "td") =>
    `<tr>${row.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
  return scrolled(
    `<table class="list"><thead>${cells(header, "th")}</thead><tbody>${rows.map((row) => cells(row, "td")).join("")}</tbody></table>`,
  );
}
