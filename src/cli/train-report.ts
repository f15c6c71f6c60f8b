import process from "node:process";
import { type Evaluation, type Network, type Run, whyNoFastMath } from "../index.js";
import type { DataParts } from "./data-sets.js";
import { describeData, describeNetwork, describeSize, parameterCount } from "./describe.js";
import { describeColumns } from "./describe-columns.js";
import { bytes, counted, duration, grouped, plain } from "./format.js";
import { commandLine } from "./invocation.js";
import { describeEvaluation, heading, reportConfusion, reportHistory } from "./report.js";
import type { TrainSettings } from "./train-settings.js";

/** Says what is going to be trained. */
export function announce(
  { terminal, ...settings }: TrainSettings,
  network: Network,
  { training, test, notes, leftOut = 0 }: DataParts,
): void {
  const { data, seed, epochs, batch, optimizer, rate, schedule, engine } = settings;
  terminal.event("start", {
    data,
    training: training.count,
    test: test.count,
    ...(notes !== undefined && { columns: notes, leftOut }),
    inputs: training.inputs,
    outputs: training.outputs,
    network: describeNetwork(network),
    parameters: parameterCount(network),
    optimizer,
    rate,
    schedule,
    epochs,
    batch,
    seed,
    engine,
  });
  const scheduled = schedule === "constant" ? "" : `, ${schedule} schedule`;
  const examples = `${grouped(training.count)} examples to learn from, ${grouped(test.count)} to test`;
  terminal.message(`${data}: ${examples}, ${describeData(training)}`);
  if (notes !== undefined) for (const line of describeColumns(notes, leftOut)) terminal.message(line);
  terminal.message(
    `${describeNetwork(network)} (${describeSize(network)}): ${optimizer} at rate ${plain(rate)}${scheduled}, batches of ${grouped(batch)}, seed ${seed}`,
  );
}

/** `--fast-math` where there is none is said and does not stop the training. */
export function sayWithoutFastMath({ engine }: TrainSettings): void {
  const reason =
    engine === "auto" || engine === "wasm"
      ? whyNoFastMath()
      : `the ${engine} engine has only one build; use --engine wasm`;
  if (reason !== undefined) process.stderr.write(`retrograd: --fast-math: ${reason}\n`);
}

/** How the training went and how the network does on data it has not seen. */
export function reportTraining(
  { terminal, ...settings }: TrainSettings,
  { test: part }: DataParts,
  trained: Run,
  test: Evaluation,
  size: number,
): void {
  const { out } = terminal;
  if (!terminal.quiet) {
    const { epochs, bestEpoch, examplesPerSecond: speed, engine, build, threads, fewerThreadsBecause: why } = trained;
    const early = trained.ended === "patience" ? `, stopped early; the model is that of epoch ${bestEpoch}` : "";
    const pace = `${grouped(Math.round(speed))} examples a second, ${engine} engine${build === "relaxed" ? ", relaxed build" : ""}${threads > 1 ? `, ${threads} threads` : ""}`;
    terminal.report(`Trained ${counted(epochs, "epoch")} in ${duration(trained.seconds)}${early} (${pace})`);
    if (why !== undefined) terminal.report(`${counted(threads, "thread")}: ${why}`);
    reportHistory(terminal, trained.history);
    terminal.report("");
  }
  terminal.report(`${out.bold("Test")}   ${describeEvaluation(test, part)}`);
  if (!terminal.quiet) reportConfusion(terminal, test, part);
  terminal.report(...(terminal.quiet ? [] : [""]), `${out.bold("Model")}  ${settings.out} (${bytes(size)})`);
}

/** Commands that work from here. */
export function suggestNext({ terminal, data, table, out, layers, seed, optimizer }: TrainSettings): void {
  const other = data === "digits" && layers.length < 2 ? ["--layers", "128,64"] : ["--seed", String(seed + 1)];
  const target = table.target === undefined ? [] : ["--target", table.target];
  const next: [string, string][] = [
    [commandLine("predict", out, data, "--limit", "10"), "watch it predict"],
    [
      commandLine("train", data, ...target, ...other, "--optimizer", optimizer === "adam" ? "nesterov" : "adam"),
      "train it another way",
    ],
    [commandLine("gradcheck"), "prove every derivative"],
  ];
  const width = Math.max(...next.map(([line]) => line.length));
  const fits = terminal.columns >= width + 4 + "prove every derivative".length;
  const { cyan, dim } = terminal.out;
  terminal.report("", heading(terminal, "Try next"));
  terminal.report(
    ...next.map(([line, why]) => `  ${cyan(line)}${fits ? " ".repeat(width - line.length + 2) + dim(why) : ""}`),
  );
}
