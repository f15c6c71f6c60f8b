import {
  dense,
  type Experiment,
  type Explanation,
  experiments,
  explain,
  inLanguage,
  type Language,
  languages,
  type Measured,
  plot,
  plotActivations,
  renderExplanation,
  sequential,
  sigmoid,
  tableOfAll,
  tableOfThree,
} from "../src/index.js";
import { jacobianPicture } from "./jacobian-picture.js";
import type { Measurements } from "./measured.js";
import { type Directive, formula } from "./render.js";
import { value } from "./values.js";

/** Where a chapter in docs/notes/<language>/ finds the pictures of its language. */
const figures = (language: Language) => `../figures/${language}`;

/** Pictures by file name, for one language. */
export function picturesFor(measured: Measurements, language: Language): Map<string, string> {
  const table: Readonly<Record<string, Experiment>> = experiments;
  const charts = Object.keys(table).flatMap((name) =>
    (measured.experiments[name]?.charts ?? []).map((chart, i): [string, string] => [
      chartFile(name, i),
      plot.figure(inLanguage(chart, language)),
    ]),
  );
  const activations = plotActivations({ language }).map(({ name, svg }): [string, string] => [`${name}.svg`, svg]);
  return new Map([...activations, ...charts, ["jacobian.svg", jacobianPicture(language)]]);
}

const chartFile = (name: string, index: number): string => `${name}${index === 0 ? "" : `-${index + 1}`}.svg`;

/** Everything a chapter may ask for. */
export async function directivesFor(measured: Measurements): Promise<Readonly<Record<string, Directive>>> {
  const told = explain(sequential(dense(2, 3), sigmoid, dense(3, 2)), { batch: 2, seed: 1 });
  const parts = new Map<string, string>();
  for (const language of languages) {
    for (const phase of ["forward", "backward"] as const) {
      parts.set(`${phase} ${language}`, await partOf(told, phase, language));
    }
  }
  return {
    formula,
    value,
    explain: (phase, language) => parts.get(`${phase} ${language}`) ?? missing(phase),
    cache: (_, language) => cacheTable(told, language),
    jacobian: (_, language) => `![${words.jacobian[language]}](${figures(language)}/jacobian.svg)`,
    activations: (which, language) => activationTable(which, language),
    experiment: (name, language) => experimentReport(measured, name, language),
    gradcheck: (_, language) => words.gradcheck(measured.gradcheck)[language],
  };
}

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}

/** The steps of one phase alone, with their headings a level deeper than the chapter's. */
async function partOf(told: Explanation, phase: "forward" | "backward", language: Language): Promise<string> {
  const phases = phase === "forward" ? ["given", "forward"] : ["backward"];
  const part = { ...told, steps: told.steps.filter((step) => phases.includes(step.phase)) };
  const text = await renderExplanation(part, { format: "markdown", language });
  return text.trim().replace(/^(#+) /gm, (_, marks: string) => `${"#".repeat(Math.min(6, marks.length + 2))} `);
}

function cacheTable({ cache }: Explanation, language: Language): string {
  const head = {
    en: ["kept", "shape", "bytes (float32)", "used by"],
    zh: ["保留", "形状", "字节（float32）", "谁要用"],
  }[language];
  const rows = cache.map(({ name, shape, bytes, usedBy }) => [
    `\`${name}\``,
    shape.join(" × "),
    `${bytes}`,
    usedBy.map((one) => `\`${one}\``).join(", "),
  ]);
  return plot.markdownTable(head, rows);
}

function activationTable(which: string, language: Language): string {
  if (which === "all") {
    const { head, rows } = tableOfAll(language);
    return `![${words.sheet[language]}](${figures(language)}/activations.svg)\n\n${plot.markdownTable(head, rows)}`;
  }
  const { head, rows } = tableOfThree(
    language,
    (name, curve) => `![${name}](${figures(language)}/${name}-${curve}.svg)`,
  );
  return plot.markdownTable(head, rows);
}

/** Claim, picture, verdict and the rule behind it. */
function experimentReport(measured: Measurements, name: string, language: Language): string {
  const table: Readonly<Record<string, Experiment>> = experiments;
  const [experiment, result] = [table[name], measured.experiments[name]];
  if (experiment === undefined || result === undefined) return missing(`measured experiment ${name}`);
  const { claim, source, rule, protocol } = inLanguage(
    { claim: experiment.claim, source: experiment.source, rule: experiment.rule, protocol: experiment.protocol },
    language,
  );
  const pictures = result.charts.map(
    (chart, i) => `![${chart.title[language]}](${figures(language)}/${chartFile(name, i)})`,
  );
  const verdict = words.verdicts[result.verdict][language];
  return [
    `> **${words.claim[language]}** ${claim} *(${source})*`,
    ...pictures,
    `**${words.measured[language]}${verdict}.** ${result.sentence[language]}`,
    `<details><summary>${words.how[language]}</summary>\n\n${protocol}\n\n${rule}\n\n${figureTable(Object.values(result.figures), language)}\n\n\`retrograd experiment ${name}\`\n\n</details>`,
  ].join("\n\n");
}

function figureTable(found: readonly Measured[], language: Language): string {
  const head = { en: ["figure", "value", "from", "to"], zh: ["量", "值", "从", "到"] }[language];
  const shown = ({ format, unit }: Measured, number: number) =>
    number === null || !Number.isFinite(number) ? "–" : `${plot.formatNumber(number, format)}${unit ?? ""}`;
  return plot.markdownTable(
    head,
    found.map((one) => [one.label[language], shown(one, one.center), shown(one, one.low), shown(one, one.high)]),
  );
}

const words = {
  claim: { en: "Claim.", zh: "论断。" },
  measured: { en: "Measured: it ", zh: "测量结果：" },
  how: { en: "How it was measured, and every figure", zh: "测量方法与全部数字" },
  verdicts: {
    holds: { en: "holds", zh: "成立" },
    "holds when": { en: "holds under a condition", zh: "有条件地成立" },
    "does not hold here": { en: "does not hold here", zh: "在此不成立" },
  },
  jacobian: {
    en: "The Jacobian of softmax at (2, 1, 0.1) as a heat map",
    zh: "softmax 在 (2, 1, 0.1) 处的雅可比矩阵热图",
  },
  sheet: { en: "Every activation with its derivative", zh: "全部激活函数及其导数" },
  gradcheck: ({ targets, cases, failed, worst }: Measurements["gradcheck"]) => ({
    en: `\`retrograd gradcheck\` compared ${targets} derivatives (ops, layers, losses, optimizers) in ${cases.toLocaleString("en")} cases: ${failed} failed, and the largest relative error was ${worst.toExponential(1)}.`,
    zh: `\`retrograd gradcheck\` 比较了 ${targets} 个导数（算子、层、损失、优化器），共 ${cases.toLocaleString("en")} 例：${failed} 例失败，最大相对误差 ${worst.toExponential(1)}。`,
  }),
} as const;
