import type { Command } from "commander";
import {
  activationDrawing,
  activations,
  type Language,
  plot,
  plotActivations,
  tableOfAll,
  tableOfThree,
  timeActivation,
  timedActivations,
  UsageError,
} from "../../index.js";
import { activationCharts } from "../activation-charts.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { counted } from "../format.js";
import { namesOf, Options } from "../options.js";
import { writeTexts } from "../pictures.js";
import { heading } from "../report.js";
import { noSuch } from "../suggest.js";

const subjects = ["activations"] as const;
const defaultFolder = "activations";

const help = `
plot activations draws every activation and its derivative: values come from
the ops, derivatives from gradients(). In the terminal in braille dots; as SVG
files (one an activation, the two curves also alone, and one sheet of all; light
and dark) and as activations.md, with the table of sigmoid, tanh and ReLU and
the longer one of all.

With --json: done with files (paths) and activations (names).`;

export function define(command: Command): void {
  command
    .argument("[subject]", "what to draw: activations")
    .option("--only <list>", "activations, with commas between them (all)")
    .option("--time", "measure what each costs and add it to the longer table")
    .option("--out <folder>", `where the files go (${defaultFolder}), or none to draw in the terminal only`)
    .addHelpText("after", help)
    .action((subject: string | undefined, _: unknown, self: Command) => run(subject, Options.of(self)));
  withCommonOptions(command, { seed: "changes nothing here" });
}

async function run(subject: string = subjects[0], options: Options): Promise<void> {
  const { terminal, language } = commonSettings(options);
  if (!subjects.some((known) => known === subject)) {
    throw new UsageError(`plot: ${noSuch("subject", subject, subjects)}`);
  }
  const only = chosen(options);
  const folder = options.text("out") ?? defaultFolder;
  const costs = options.flag("time") ? await measureCosts() : undefined;
  const drawings = only.map((name) => activationDrawing(name, language));
  if (!terminal.quiet) {
    terminal.report(heading(terminal, title[language]), ...activationCharts(terminal, drawings));
    const { head, rows, right, title: tableTitle } = tableOfAll(language, costs);
    const paint = (cell: string, row: number) => (row === 0 ? terminal.out.dim(cell) : cell);
    terminal.report(
      "",
      heading(terminal, tableTitle),
      ...plot.textTable({ rows: [head, ...rows], right, width: terminal.columns, paint }),
    );
  }
  const files = folder === "none" ? [] : await writeTexts(folder, picturesOf(language, only, costs));
  terminal.event("done", { files, language, activations: only });
  if (files.length > 0) {
    terminal.report(
      ...(terminal.quiet ? [] : [""]),
      `${terminal.out.bold(written[language])}  ${folder} (${counted(files.length, "file")})`,
    );
  }
}

/** Everything that is written, by file name. */
function picturesOf(language: Language, only: ReturnType<typeof chosen>, costs: Costs): Map<string, string> {
  const texts = new Map(plotActivations({ language, only }).map(({ name, svg }) => [`${name}.svg`, svg]));
  const three = tableOfThree(language, (name, which) => (only.includes(name) ? `![](${name}-${which}.svg)` : "–"));
  const all = tableOfAll(language, costs);
  const section = (table: typeof all) =>
    `## ${table.title}\n\n${plot.markdownTable(table.head, table.rows, table.right)}`;
  return texts.set(
    "activations.md",
    `# ${title[language]}\n\n![](activations.svg)\n\n${section(three)}\n${section(all)}`,
  );
}

type Costs = Awaited<ReturnType<typeof measureCosts>> | undefined;

/** Nanoseconds a value, the least of several timings: what was not in the machine's way. */
async function measureCosts() {
  const costs = new Map<string, { forward: number; backward: number }>();
  for (const name of timedActivations) {
    const { forward, backward } = await timeActivation(name);
    costs.set(name, { forward: Math.min(...forward), backward: Math.min(...backward) });
  }
  return costs;
}

function chosen(options: Options) {
  const known = namesOf(activations);
  const text = options.text("only");
  if (text === undefined) return known;
  const wanted = text.split(",").map((word) => word.trim());
  const unknown = wanted.find((word) => !known.some((name) => name === word));
  if (unknown !== undefined) throw new UsageError(`--only: ${noSuch("activation", unknown, known)}`);
  return known.filter((name) => wanted.includes(name));
}

const title: Record<Language, string> = { en: "Activations and their derivatives", zh: "激活函数及其导数" };
const written: Record<Language, string> = { en: "Pictures", zh: "图片" };
