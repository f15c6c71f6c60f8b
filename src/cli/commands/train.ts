import process from "node:process";
import { type Command, Option } from "commander";
import { activations, initializers, losses, optimizers, plan, type Run, train } from "../../index.js";
import { buildLoss, buildNetwork, buildOptimizer, buildSchedule } from "../build.js";
import { withCommonOptions } from "../common-options.js";
import { type DataParts, dataNames, holdBack, openData } from "../data-sets.js";
import { defaultOut, recipeFor, scheduleNames, validationShare } from "../defaults.js";
import { exitCodes } from "../exit-codes.js";
import { counted } from "../format.js";
import { interrupts } from "../interrupts.js";
import { checkOut, interruptedPath, writeModel } from "../model-files.js";
import { namesOf, Options } from "../options.js";
import { reportPlan } from "../plan-report.js";
import { trainingProgress } from "../progress.js";
import { confusionRows, evaluationFields } from "../report.js";
import { announce, reportTraining, sayWithoutFastMath, suggestNext } from "../train-report.js";
import { notYet, type TrainSettings, trainSettings } from "../train-settings.js";

const usual = recipeFor("digits");

const help = `
What is left out depends on the data. For digits it is --layers ${usual.layers.join(",")}
--activation ${usual.activation} --dropout ${usual.dropout} --optimizer ${usual.optimizer} --lr ${usual.rate}
--batch ${usual.batch} --epochs ${usual.epochs}.
Schedules run over all epochs: cosine and polynomial fall to 0, step takes
a tenth twice, exponential ends at a hundredth, linear is a warm-up over the
first tenth.
Not there yet: ${notYet.map((name) => `--${name}`).join(", ")}.

With --json: start, one epoch a line, then done with epochs, seconds,
examplesPerSecond, engine, test {loss, accuracy or r2 and mae} and model (path).
Ctrl-C stops after the step at hand and saves the model so far as
${interruptedPath(defaultOut)}.`;

export function define(command: Command): void {
  const list = (table: object) => namesOf(table).join(", ");
  command
    .argument("[data]", `one of ${dataNames.join(", ")} (digits), or a folder of IDX files`)
    .option("--layers <units>", "units of the hidden layers, such as 64,32, or none")
    .option("--activation <name>", list(activations))
    .option("--init <name>", `${list(initializers)} (what suits the activation)`)
    .option("--optimizer <name>", list(optimizers))
    .option("--lr <rate>", "learning rate (what suits the optimizer)")
    .option("--schedule <name>", `${scheduleNames.join(", ")} (constant)`)
    .option("--weight-decay <number>", "pull of the weights towards 0 (the optimizer's own)")
    .option("--clip <norm>", "largest common norm of the gradients")
    .option("--dropout <share>", "units left out in each step, behind each hidden layer (0)")
    .option("--loss <name>", `${list(losses)} (what suits the data)`)
    .option("--batch <examples>", `examples a step (${usual.batch})`)
    .option("--epochs <number>", "passes over the training data")
    .option("--patience <epochs>", `stop after so many epochs without progress on ${100 * validationShare}% held back`)
    .option(
      "--fast-math",
      "fused multiply-add in the wasm engine where the runtime has it: not the same bits everywhere",
    )
    .option("--split <kind>", "ordered, random, or the share of the test part such as 0.2")
    .option("--out <file>", `where the model goes (${defaultOut})`)
    .option("--config <file>", "a JSON file of these options, without dashes; the command line wins")
    .addHelpText("after", help)
    .action((data: string | undefined, _: unknown, self: Command) => run(data, Options.of(self)));
  withCommonOptions(command, { seed: "of initial weights, order, dropout and split (1)" });
  for (const name of notYet) {
    const flags = name === "watch" ? `--${name}` : `--${name} <value>`;
    command.addOption(new Option(flags).hideHelp());
  }
}

async function run(dataName: string | undefined, options: Options): Promise<void> {
  const settings = trainSettings(dataName, options);
  const { terminal, seed, epochs, batch, patience, clip, engine, threads, fastMath, provider } = settings;
  checkOut(settings.out);
  const data = await openData(settings.data, seed, settings.split);
  const { training, validation } =
    patience === undefined ? { training: data.training, validation: undefined } : holdBack(data, validationShare, seed);
  const loss = buildLoss(settings, training);
  const network = buildNetwork(settings, training, loss);
  const optimizer = buildOptimizer(settings);
  const schedule = buildSchedule(settings);

  announce(settings, network, { ...data, training });
  if (fastMath) sayWithoutFastMath(settings);
  const { signal } = interrupts;
  const progress = trainingProgress(terminal, epochs, Math.ceil(training.count / Math.min(batch, training.count)));
  signal.addEventListener("abort", () => {
    progress.stop();
    terminal.message("Stopping after this step; Ctrl-C once more leaves at once.");
  });
  const trained = await train(network, training, {
    loss,
    optimizer,
    epochs,
    batch,
    seed,
    engine,
    ...(threads !== undefined && { threads }),
    fastMath,
    ...(provider !== undefined && { provider }),
    signal,
    ...(schedule !== undefined && { schedule }),
    ...(clip !== undefined && { clip }),
    ...(patience !== undefined && validation !== undefined && { patience, validation }),
    onEngine: ({ engine: name, threads: count, why }) =>
      terminal.message(`${name} on ${counted(count, "thread")}: ${why}`),
    onStep: progress.step,
    onEpoch: (report) => {
      progress.epoch(report);
      const { validation: watched, ...fields } = report;
      terminal.event("epoch", { ...fields, ...(watched !== undefined && { validation: evaluationFields(watched) }) });
    },
  }).finally(progress.stop);

  if (trained.ended === "interrupted") return interrupted(settings, data, trained);
  const size = await writeModel(trained.model, data, settings.out);
  const test = await trained.evaluateOn(data.test);
  terminal.event("done", {
    epochs: trained.epochs,
    seconds: trained.seconds,
    examplesPerSecond: trained.examplesPerSecond,
    engine: trained.engine,
    threads: trained.threads,
    why: trained.why,
    ...(trained.fewerThreadsBecause !== undefined && { fewerThreadsBecause: trained.fewerThreadsBecause }),
    ...(trained.build !== undefined && { build: trained.build }),
    ended: trained.ended,
    bestEpoch: trained.bestEpoch,
    seed,
    test: { ...evaluationFields(test), ...confusionRows(test) },
    model: settings.out,
  });
  reportTraining(settings, data, trained, test, size);
  if (!terminal.quiet && !terminal.json) {
    const step = plan(network, {
      loss,
      optimizer,
      batch: Math.min(batch, training.count),
      ...(clip !== undefined && { clip }),
    });
    reportPlan(terminal, step, "The step", "forward, backward and update for one batch");
    suggestNext(settings);
  }
}

/** The training so far is kept beside the usual place, so that an earlier model stays as it was. */
async function interrupted({ terminal, out }: TrainSettings, data: DataParts, trained: Run): Promise<void> {
  const path = interruptedPath(out);
  await writeModel(trained.model, data, path);
  terminal.event("interrupted", {
    epochs: trained.epochs,
    seconds: trained.seconds,
    engine: trained.engine,
    model: path,
  });
  process.stderr.write(`retrograd: interrupted in epoch ${trained.epochs}; the model so far is in ${path}\n`);
  process.exitCode = exitCodes.interrupted;
}
