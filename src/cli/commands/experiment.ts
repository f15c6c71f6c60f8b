import process from "node:process";
import type { Command } from "commander";
import { type Experiment, experiments, inLanguage, type Language, plot, type Result, UsageError } from "../../index.js";
import { type CommonSettings, commonSettings, withCommonOptions } from "../common-options.js";
import { exitCodes } from "../exit-codes.js";
import { ExperimentProgress } from "../experiment-progress.js";
import { listExperiments, reportBefore, reportResult } from "../experiment-report.js";
import { interrupts } from "../interrupts.js";
import { namesOf, Options } from "../options.js";
import { writeTexts } from "../pictures.js";
import { noSuch } from "../suggest.js";

const defaultFolder = "experiments";

const help = `
Each experiment measures one claim of the lecture notes by a fixed protocol and
comes to a verdict by a stated rule: holds, holds when, does not hold here. The
same seeds give the same figures bit for bit; timings are marked as such.
Writes <name>.svg (light and dark) and <name>.json. Without a name: the list.

With --json: experiment (name, claim, verdict, sentence, figures, seconds,
files) for each, then done with claim, verdict and figures (--all: results).
Ctrl-C stops at once.`;

export function define(command: Command): void {
  command
    .argument("[name]", namesOf(experiments).join(", "))
    .option("--all", "one after the other")
    .option("--seeds <list>", "measure once for each of these seeds (1,2,3,4,5)")
    .option("--quick", "fewer seeds and shorter runs, for a first look")
    .option("--out <folder>", `where pictures and numbers go (${defaultFolder})`)
    .addHelpText("after", help)
    .action((name: string | undefined, _: unknown, self: Command) => run(name, Options.of(self)));
  withCommonOptions(command, { seed: "measure for this one seed" });
}

async function run(name: string | undefined, options: Options): Promise<void> {
  const settings = commonSettings(options);
  const chosen = choose(name, options.flag("all"));
  if (chosen.length === 0) return listExperiments(settings);
  const results: object[] = [];
  for (const experiment of chosen) {
    reportBefore(settings, experiment);
    const started = performance.now();
    const result = await measure(settings, experiment, options, chosen.length);
    if (result === undefined) return interrupted(settings, experiment, results.length, chosen.length);
    const seconds = (performance.now() - started) / 1000;
    const files = await write(options.text("out") ?? defaultFolder, experiment, result, settings.language);
    const { verdict, sentence, figures } = result;
    const told = { name: experiment.name, claim: experiment.claim, verdict, sentence, figures };
    results.push(told);
    settings.terminal.event("experiment", { ...told, seeds: result.seeds, seconds, files });
    reportResult(settings, experiment, result, seconds, files);
  }
  settings.terminal.event("done", results.length === 1 ? (results[0] as object) : { results });
}

function choose(name: string | undefined, all: boolean): readonly Experiment[] {
  const table: Readonly<Record<string, Experiment>> = experiments;
  if (name === undefined) return all ? Object.values(table) : [];
  if (all) throw new UsageError(`give either a name or --all, not ${JSON.stringify(name)} and --all`);
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new UsageError(noSuch("experiment", name, Object.keys(table)));
  return [found];
}

/** The result, or undefined when Ctrl-C was pressed. */
async function measure(
  { terminal, seed }: CommonSettings,
  experiment: Experiment,
  options: Options,
  count: number,
): Promise<Result | undefined> {
  const seeds = options.wholes("seeds", 0) ?? (seed === undefined ? undefined : [seed]);
  if (seeds?.length === 0) throw new UsageError("--seeds needs at least one seed, such as 1,2,3");
  const { signal } = interrupts;
  const progress = new ExperimentProgress(terminal, experiment.name, count);
  try {
    return await experiment.run({
      ...(seeds !== undefined && { seeds }),
      quick: options.flag("quick"),
      signal,
      onProgress: (share) => progress.at(share),
    });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    progress.stop();
  }
}

async function write(folder: string, experiment: Experiment, result: Result, language: Language): Promise<string[]> {
  const { run: _, ...about } = experiment;
  const texts = new Map(
    result.charts.map((chart, i) => [
      `${experiment.name}${i === 0 ? "" : `-${i + 1}`}.svg`,
      plot.figure(inLanguage(chart, language)),
    ]),
  );
  return writeTexts(
    folder,
    texts.set(`${experiment.name}.json`, `${JSON.stringify({ ...about, ...result }, null, 2)}\n`),
  );
}

function interrupted({ terminal }: CommonSettings, { name }: Experiment, done: number, all: number): void {
  terminal.event("interrupted", { experiment: name, finished: done });
  process.stderr.write(`retrograd: interrupted in ${name}${all > 1 ? ` (${done} of ${all} finished)` : ""}\n`);
  process.exitCode = exitCodes.interrupted;
}
