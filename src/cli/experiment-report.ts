import {
  type Experiment,
  experiments,
  inLanguage,
  type Language,
  type Measured,
  plot,
  type Result,
  type Text,
} from "../index.js";
import type { CommonSettings } from "./common-options.js";
import { duration } from "./format.js";
import { commandLine } from "./invocation.js";
import { heading } from "./report.js";

/** Cells of running text: longer lines are hard to read. */
const longest = 90;
/** Most rows of figures that are printed; all of them are in the JSON file. */
const mostRows = 24;

export function listExperiments({ terminal, language }: CommonSettings): void {
  const all: readonly Experiment[] = Object.values(experiments);
  terminal.event("done", {
    experiments: all.map(({ name, title, claim, source }) => ({ name, title, claim, source })),
  });
  const width = Math.min(terminal.columns, longest);
  for (const { name, claim } of all) {
    terminal.report(terminal.out.bold(name), ...plot.wrapText(claim[language], width - 2).map((line) => `  ${line}`));
  }
  terminal.report("", `${words.next[language]} ${commandLine("experiment", all[0]?.name ?? "")}`);
}

/** What is claimed and how it will be measured. */
export function reportBefore({ terminal, language }: CommonSettings, experiment: Experiment): void {
  if (terminal.quiet) return;
  const { out } = terminal;
  terminal.report(heading(terminal, `${experiment.title[language]}`, experiment.name));
  const { claim, source, protocol } = experiment;
  for (const [label, text] of [
    [words.claim, claim],
    [words.source, source],
    [words.protocol, protocol],
  ] as const) {
    terminal.report(...labelled(out.bold, label[language], text[language], terminal.columns));
  }
}

export function reportResult(
  { terminal, language }: CommonSettings,
  experiment: Experiment,
  result: Result,
  seconds: number,
  files: readonly string[],
): void {
  const { out } = terminal;
  const color = { holds: out.green, "holds when": out.yellow, "does not hold here": out.red }[result.verdict];
  const verdict = words[result.verdict][language];
  if (terminal.quiet) {
    terminal.report(`${experiment.name}: ${color(verdict)}`);
    return;
  }
  terminal.report("", ...figureTable(result, language, terminal.columns, out.dim));
  const paints = [out.cyan, out.yellow, out.green, out.magenta, out.blue, out.red];
  const width = Math.min(terminal.columns, longest);
  for (const chart of result.charts) {
    const { title, subtitle, panels } = inLanguage(chart, language);
    terminal.report("", ...plot.wrapText(title, width).map((line) => out.bold(line)));
    if (subtitle !== undefined) terminal.report(...plot.wrapText(subtitle, width).map((line) => out.dim(line)));
    for (const panel of panels) {
      if (panel.title !== undefined)
        terminal.report("", ...plot.wrapText(panel.title, width).map((line) => out.bold(line)));
      terminal.report(...plot.terminalPanel(panel, { width, paints, faint: out.dim }));
    }
  }
  terminal.report(
    "",
    ...labelled(
      color,
      words.verdict[language],
      `${verdict}${words.stop[language]}${result.sentence[language]}`,
      terminal.columns,
    ),
    ...labelled(out.bold, words.rule[language], experiment.rule[language], terminal.columns),
    ...labelled(out.bold, words.files[language], `${files.join(", ")} (${duration(seconds)})`, terminal.columns),
    "",
  );
}

/** A label in front of a wrapped text. */
function labelled(paint: (text: string) => string, label: string, text: string, columns: number): string[] {
  const indent = plot.textWidth(label) + 2;
  const lines = plot.wrapText(text, Math.max(20, Math.min(columns, longest) - indent));
  return lines.map((line, i) => (i === 0 ? `${paint(label)}  ${line}` : " ".repeat(indent) + line));
}

function figureTable(
  { figures, seeds }: Result,
  language: Language,
  columns: number,
  dim: (text: string) => string,
): string[] {
  const all = Object.values(figures);
  const rows = all.slice(0, mostRows).map((figure) => {
    const mark = figure.timing ? " ◷" : "";
    return [figure.label[language], centerOf(figure), spreadOf(figure) + mark];
  });
  const counted = `${seeds.length} ${seeds.length === 1 ? words.seed[language] : words.seeds[language]}`;
  const table = plot.textTable({
    rows: [[`${words.figure[language]} (${counted})`, "", words.spread[language]], ...rows],
    right: [1],
    width: columns,
    paint: (cell, row) => (row === 0 ? dim(cell) : cell),
  });
  const left = all.length - rows.length;
  const more = left > 0 ? [dim(`… ${words.more({ left })[language]}`)] : [];
  return [...table, ...more, ...(all.some(({ timing }) => timing) ? [dim(`◷ ${words.timing[language]}`)] : [])];
}

function centerOf({ center, format, unit = "" }: Measured): string {
  return `${plot.formatNumber(center, format)}${unit}`;
}

function spreadOf({ kind, center, low, high, format, values }: Measured): string {
  if (values.length < 2) return "";
  const number = (value: number) => plot.formatNumber(value, format);
  return kind === "mean" ? `± ${number(Math.max(high - center, center - low))}` : `${number(low)} … ${number(high)}`;
}

const words = {
  claim: { en: "Claim", zh: "论断" },
  source: { en: "Source", zh: "出处" },
  protocol: { en: "Protocol", zh: "方案" },
  verdict: { en: "Verdict", zh: "结论" },
  stop: { en: ". ", zh: "。" },
  rule: { en: "Rule", zh: "判据" },
  files: { en: "Files", zh: "文件" },
  figure: { en: "figure", zh: "数据" },
  spread: { en: "± sd, or least … most", zh: "± 标准差，或最小 … 最大" },
  seed: { en: "seed", zh: "个种子" },
  seeds: { en: "seeds", zh: "个种子" },
  timing: { en: "measured by the clock: another run gives other numbers", zh: "计时所得：每次运行都会不同" },
  next: { en: "Try", zh: "试试" },
  holds: { en: "holds", zh: "成立" },
  "holds when": { en: "holds when", zh: "有条件成立" },
  "does not hold here": { en: "does not hold here", zh: "此处不成立" },
  more: ({ left }: { left: number }): Text => ({
    en: `${left} more in the JSON file`,
    zh: `其余 ${left} 项见 JSON 文件`,
  }),
} as const;
