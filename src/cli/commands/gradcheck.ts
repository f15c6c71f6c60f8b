import process from "node:process";
import { setImmediate } from "node:timers/promises";
import type { Command } from "commander";
import { checkGradientsOf, type GradientTarget, gradientTargets, type TargetCheck, UsageError } from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { exitCodes } from "../exit-codes.js";
import { counted, duration, grouped } from "../format.js";
import { errorOf, GradcheckTable } from "../gradcheck-table.js";
import { interrupts } from "../interrupts.js";
import { Options } from "../options.js";
import { noSuch } from "../suggest.js";
import type { Terminal } from "../terminal.js";

const help = `
Each derivative rule is compared, in float64, with central differences
(f(x + h) − f(x − h)) / 2h at random smooth points; a relative error above 1e-6
fails. --engine and --threads change nothing here: rules are proved, no engine.

Exit code 1 when a derivative is wrong. With --json: one target a line (kind,
name, cases, failed, worst, where), then done with cases, failed and worst.`;

export function define(command: Command): void {
  command
    .option("--cases <number>", "random cases for each (200)")
    .option("--only <list>", "kinds (op, layer, loss, optimizer) or names, with commas between them")
    .addHelpText("after", help)
    .action((_: unknown, self: Command) => run(Options.of(self)));
  withCommonOptions(command, { seed: "of the random points (1)" });
}

async function run(options: Options): Promise<void> {
  const { terminal, seed = 1 } = commonSettings(options);
  const cases = options.whole("cases", 1) ?? 200;
  const targets = chosen(options);
  const { signal } = interrupts;
  const started = performance.now();
  const results: TargetCheck[] = [];
  const table = new GradcheckTable(terminal, targets);
  for (const target of targets) {
    table.working(target, results.length);
    await setImmediate();
    if (signal.aborted) return interrupted(terminal, results.length, targets.length);
    const result = checkGradientsOf(target, { seed, cases });
    results.push(result);
    terminal.event("target", result);
    table.add(result);
  }
  finish(terminal, results, (performance.now() - started) / 1000);
}

function chosen(options: Options): readonly GradientTarget[] {
  const text = options.text("only");
  if (text === undefined) return gradientTargets;
  const wanted = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const known = [...new Set(gradientTargets.flatMap(({ kind, name }) => [kind, name]))];
  const unknown = wanted.find((word) => !known.includes(word));
  if (unknown !== undefined || wanted.length === 0) {
    throw new UsageError(`${options.labelOf("only")}: ${noSuch("derivative", unknown ?? text, known)}`);
  }
  return gradientTargets.filter(({ kind, name }) => wanted.includes(kind) || wanted.includes(name));
}

function finish(terminal: Terminal, results: readonly TargetCheck[], seconds: number): void {
  const cases = results.reduce((sum, result) => sum + result.cases, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const worst = results.reduce((most, result) => Math.max(most, result.worst), 0);
  terminal.event("done", { targets: results.length, cases, failed, worst, seconds });
  const skipped = results.filter((result) => result.skipped !== undefined).length;
  const proved = `${counted(results.length - skipped, "derivative")}, ${counted(cases, "case")}, worst relative error ${errorOf(worst)}, ${duration(seconds)}`;
  const { out } = terminal;
  const verdict = failed === 0 ? out.green("✓ all as they should be") : out.red(`✗ ${grouped(failed)} wrong`);
  terminal.report(...(terminal.quiet ? [] : [""]), `${verdict}: ${proved}`);
  if (failed === 0) return;
  process.exitCode = exitCodes.internal;
  const names = results.filter((result) => result.failed > 0).map(({ name }) => name);
  process.stderr.write(`retrograd: ${counted(failed, "case")} failed, in ${names.join(", ")}\n`);
}

function interrupted(terminal: Terminal, done: number, all: number): void {
  terminal.event("interrupted", { targets: done });
  process.stderr.write(`retrograd: interrupted after ${done} of ${counted(all, "derivative")}\n`);
  process.exitCode = exitCodes.interrupted;
}
