import { availableParallelism, cpus } from "node:os";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import type { Command } from "commander";
import { bench, EngineError, UsageError, writeFileAtomic } from "../../index.js";
import { BenchTable } from "../bench-table.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { exitCodes } from "../exit-codes.js";
import { counted } from "../format.js";
import { interrupts } from "../interrupts.js";
import { checkOut } from "../model-files.js";
import { Options } from "../options.js";
import { noSuch } from "../suggest.js";

const caseNames = bench.cases.map(({ name }) => name);

const help = `
Cases (ReLU, softmax cross-entropy, SGD):
${bench.cases.map(({ name, sizes, batch }) => `  ${name.padEnd(3)} ${sizes.join("-")}, batches of ${batch}`).join("\n")}
Kernels are those of the wasm engine. Products are timed in turns with a loop of
multiply-adds on registers, the others, on vectors that no cache holds, with a
copy. On a machine that has other work to do, read the ratios.

With --json: one step or kernel a line, then done with their numbers.`;

export function define(command: Command): void {
  command
    .option("--cases <list>", `training steps to time: ${caseNames.join(", ")}, or none (all)`)
    .option("--kernels <which>", "all or none (all)")
    .option("--seconds <number>", "how long each row is timed (2)")
    .option("--fast-math", "with fused multiply-adds where the runtime has them")
    .option("--out <file>", "writes the tables (.md) or the numbers (.json) as well")
    .addHelpText("after", help)
    .action((_: unknown, self: Command) => run(Options.of(self)));
  withCommonOptions(command, { seed: "changes nothing here: weights and batches are fixed" });
}

/** One row to measure. */
interface Job {
  readonly what: string;
  readonly measure: () => Promise<void>;
}

async function run(options: Options): Promise<void> {
  const { terminal, engine, threads } = commonSettings(options);
  const out = outOf(options);
  const fastMath = options.flag("fast-math");
  const milliseconds = 1000 * (options.number("seconds", { above: 0 }) ?? 2);
  const table = new BenchTable(terminal);
  const counts = threads !== undefined ? [threads] : availableParallelism() > 1 ? [1, 2] : [1];
  const name = engine === "auto" ? "wasm" : engine;
  const described = (count: number) => `${name}${fastMath ? ", fast math" : ""}, ${counted(count, "thread")}`;
  const jobs: Job[] = [
    ...casesOf(options).flatMap((one) =>
      (name === "reference" ? [1] : counts).map((count) => ({
        what: `case ${one.name} on ${described(count)}`,
        measure: async () =>
          table.addStep(await bench.timeSteps(one, { engine: name, threads: count, fastMath }, milliseconds)),
      })),
    ),
    ...(options.choice("kernels", "choice", ["all", "none"]) === "none" || name !== "wasm"
      ? []
      : bench.kernelNames
    ).flatMap((kernel) =>
      counts.map((count) => ({
        what: `${kernel} on ${described(count)}`,
        measure: async () =>
          table.addKernel(await bench.timeKernel(kernel, { threads: count, fastMath }, milliseconds / 2)),
      })),
    ),
  ];
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${counted(availableParallelism(), "core")}, ${process.platform}-${process.arch}, Node ${process.versions.node}`;
  terminal.message(machine);
  const { signal } = interrupts;
  for (const [done, { what, measure }] of jobs.entries()) {
    table.working(what, done, jobs.length);
    await setImmediate();
    if (signal.aborted) break;
    try {
      await measure();
    } catch (error) {
      if (error instanceof EngineError && done === 0) throw error;
      table.failed(what, error instanceof Error ? error.message : String(error));
    }
  }
  table.clear();
  const measured = { machine, steps: table.steps, kernels: table.kernels };
  if (out !== undefined) {
    const text = out.endsWith(".json") ? `${JSON.stringify(measured, null, 2)}\n` : table.markdown(machine);
    await interrupts.finish(writeFileAtomic(out, new TextEncoder().encode(text)));
    terminal.message(`Written to ${out}.`);
  }
  if (signal.aborted) process.exitCode = exitCodes.interrupted;
  terminal.event(signal.aborted ? "interrupted" : "done", {
    steps: table.steps.length,
    kernels: table.kernels.length,
    failed: jobs.length - table.steps.length - table.kernels.length,
    ...(out !== undefined && { out }),
  });
}

function casesOf(options: Options) {
  const text = options.text("cases");
  if (text === "none") return [];
  return (text?.split(",").map((word) => word.trim()) ?? caseNames).map((name) => {
    if (!caseNames.includes(name))
      throw new UsageError(`${options.labelOf("cases")}: ${noSuch("case", name, caseNames)}`);
    return bench.caseNamed(name);
  });
}

function outOf(options: Options): string | undefined {
  const out = options.text("out");
  if (out === undefined) return undefined;
  if (!/\.(md|json)$/.test(out))
    throw new UsageError(`--out ${JSON.stringify(out)}: give the file the ending .md or .json`);
  checkOut(out);
  return out;
}
