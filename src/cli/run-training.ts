import { resolve } from "node:path";
import process from "node:process";
import { plan, type Run, type TrainingState, train, UsageError, writeFileAtomic } from "../index.js";
import { buildLoss, buildNetwork, buildOptimizer, buildSchedule } from "./build.js";
import { checkpointOf, kept } from "./checkpoints.js";
import { type DataParts, holdBack, openData } from "./data-sets.js";
import { validationShare } from "./defaults.js";
import { exitCodes } from "./exit-codes.js";
import { counted } from "./format.js";
import { interrupts } from "./interrupts.js";
import { commandLine } from "./invocation.js";
import { checkOut, interruptedPath, writeModel } from "./model-files.js";
import type { Options } from "./options.js";
import { reportPlan } from "./plan-report.js";
import { trainingProgress } from "./progress.js";
import { confusionRows, evaluationFields } from "./report.js";
import { reportPage } from "./report-page/index.js";
import { announce, reportTraining, sayWithoutFastMath, suggestNext } from "./train-report.js";
import { dataSettings, type TrainSettings, trainSettings } from "./train-settings.js";
import { reportWatch, watchOnTerminal } from "./watch-report.js";

/**
 * Trains as the options say, judges the network on the test part, and saves the model.
 * @param from a checkpoint to go on from; the options are those of the training then.
 */
export async function runTraining(dataName: string | undefined, options: Options, from?: TrainingState): Promise<void> {
  const given = dataSettings(dataName, options);
  const data = await openData(given.data, given.seed, given.split, given.table);
  const settings = trainSettings(given, data, options);
  const { terminal, seed, epochs, batch, patience, clip, engine, threads, fastMath, provider } = settings;
  checkOut(settings.out);
  if (settings.report !== undefined) checkReport(settings.report, settings.out);
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
  const keeping = checkpointOf(settings, options, dataName);
  const watching = settings.watch ? watchOnTerminal(terminal, settings.language) : undefined;
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
    ...(watching !== undefined && { watch: watching }),
    ...(keeping !== undefined && { checkpoint: keeping }),
    ...(from !== undefined && { from }),
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
  const step = () =>
    plan(network, {
      loss,
      optimizer,
      batch: Math.min(batch, training.count),
      ...(clip !== undefined && { clip }),
    });
  if (settings.report !== undefined && watching !== undefined) {
    const parts = { settings, network, data: { ...data, training }, trained, test, watching, step: step() };
    const html = await reportPage({ ...parts, given: kept(options) });
    await interrupts.finish(writeFileAtomic(settings.report, new TextEncoder().encode(html)));
  }
  terminal.event("done", {
    epochs: trained.epochs,
    seconds: trained.seconds,
    examplesPerSecond: trained.examplesPerSecond,
    engine: trained.engine,
    threads: trained.threads,
    why: trained.why,
    ...(trained.build !== undefined && { build: trained.build }),
    ended: trained.ended,
    bestEpoch: trained.bestEpoch,
    seed,
    test: { ...evaluationFields(test), ...confusionRows(test) },
    model: settings.out,
    ...(settings.report !== undefined && { report: settings.report }),
    ...(watching !== undefined && { watch: watching.findings.map(({ disease }) => disease) }),
  });
  reportTraining(settings, data, trained, test, size);
  if (watching !== undefined) reportWatch(terminal, watching, settings.language);
  if (!terminal.quiet && !terminal.json) {
    reportPlan(terminal, step(), "The step", "forward, backward and update for one batch");
    suggestNext(settings);
  }
}

/** Where the report goes, which must not be where the model goes. */
function checkReport(report: string, out: string): void {
  checkOut(report, "report");
  if (resolve(report) === resolve(out)) {
    throw new UsageError(`--report ${JSON.stringify(report)} is where the model goes; give it another name`);
  }
}

/** The training so far is kept beside the usual place, so that an earlier model stays as it was. */
async function interrupted(settings: TrainSettings, data: DataParts, trained: Run): Promise<void> {
  const { terminal, out, checkpoint } = settings;
  const path = interruptedPath(out);
  await writeModel(trained.model, data, path);
  terminal.event("interrupted", {
    epochs: trained.epochs,
    seconds: trained.seconds,
    engine: trained.engine,
    model: path,
    ...(checkpoint !== undefined && { checkpoint }),
  });
  const next = checkpoint === undefined ? "" : `; go on with: ${commandLine("resume", checkpoint)}`;
  process.stderr.write(`retrograd: interrupted in epoch ${trained.epochs}; the model so far is in ${path}${next}\n`);
  process.exitCode = exitCodes.interrupted;
}
