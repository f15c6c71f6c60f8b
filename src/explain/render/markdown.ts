import type { Language } from "../../language/index.js";
import type { ExplainedStep, Explanation } from "../explanation.js";
import { digitsOf } from "../numbers.js";
import { factsOf, phaseOrder, statisticsLine } from "./facts.js";
import { gridOf } from "./grid.js";
import { checkSays, labels, phases, placeOf } from "./labels.js";
import { elementLatex, formulaLatex, valueLatex } from "./latex.js";

/** An explanation as Markdown, with formulas in LaTeX between `$$` (as KaTeX, GitHub and Jupyter read it). */
export function renderMarkdown(explanation: Explanation, language: Language): string {
  const { title, facts, lossLine, predictions, cacheTable, shapeTable, verdict } = factsOf(explanation, language);
  const parts = phaseOrder.flatMap((phase) => {
    const steps = explanation.steps.filter((step) => step.phase === phase);
    if (steps.length === 0) return [];
    return [`## ${phases[phase][language]}`, ...steps.flatMap((step) => stepLines(step, explanation, language))];
  });
  const lines = [
    `# ${title}`,
    [...facts, lossLine].join(" · "),
    ...predictions,
    ...parts,
    `## ${labels.cache[language]}`,
    labels.cacheSays[language],
    table(cacheTable),
    `## ${labels.shapes[language]}`,
    labels.shapesSay[language],
    table(shapeTable),
    `## ${labels.check[language]}`,
    verdict,
  ];
  return `${lines.join("\n\n")}\n`;
}

function stepLines(step: ExplainedStep, explanation: Explanation, language: Language): string[] {
  const { name, says, pieces, rule, element, cached, check } = step;
  const place = name === step.kind ? "" : ` · ${placeOf(step)[language]}`;
  const { elided } = gridOf(step.value, step.shape, explanation.convention, { rows: 6, columns: 8 });
  return [
    `### \`${name}\`${place}`,
    says[language],
    ...(pieces.length === 0 ? [] : [displayed(formulaLatex(step, explanation.convention))]),
    ...(rule === undefined ? [] : [displayed(rule.latex)]),
    displayed(valueLatex(step, explanation)),
    ...(elided ? [`\`${statisticsLine(step)}\``] : []),
    ...(element === undefined ? [] : [displayed(elementLatex(element, (value) => digitsOf(value, 4)))]),
    ...(cached.length === 0 ? [] : [`${labels.reads[language]}${cached.map((one) => `\`${one}\``).join(", ")}`]),
    ...(check === undefined
      ? []
      : [`${check.agrees ? "✓" : "✗"} ${checkSays(check, (value) => digitsOf(value, 6))[language]}`]),
  ];
}

function displayed(latex: string): string {
  return `$$\n${latex.trim()}\n$$`;
}

function table([header = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
