import type { Dataset } from "../data/index.js";
import type { Network } from "../nn/index.js";
import { checkTraining } from "./check-options.js";
import type { TrainingState } from "./checkpoint/state.js";
import { evaluateOn, judge } from "./evaluate-on.js";
import { Feed } from "./feed.js";
import type { StepDescription } from "./graphs.js";
import type { Model } from "./model.js";
import { predict } from "./predict.js";
import { recipeOf } from "./program/recipe-of.js";
import type { CheckData, EpochReport, Run, TrainOptions } from "./run.js";
import { Session } from "./session.js";
import { validationOf } from "./validate.js";

/** Time given to the event loop (progress, Ctrl-C) about this often, in milliseconds. */
const breathe = 30;

/**
 * Trains a network on data and returns the run, with its model.
 *
 * Features are prepared (normalized) by a rule fitted on this data alone and kept with the model; numbers to predict are
 * scaled to mean 0 and deviation 1 likewise. The same seed gives the same bits.
 *
 * @throws DataError when the data does not fit the network or the loss, DivergedError when a value stops being finite,
 * UsageError for options that make no sense.
 */
export async function train<In extends number, Out extends number, DataIn extends number, DataOut extends number>(
  network: Network<In, Out>,
  data: Dataset<DataIn, DataOut> & CheckData<In, Out, DataIn, DataOut>,
  options: TrainOptions,
): Promise<Run<In, Out>> {
  const {
    loss,
    optimizer,
    epochs = 30,
    batch = 32,
    seed = 1,
    schedule,
    clip,
    shuffle = true,
    patience,
    signal,
    checkpoint,
    from,
  } = options;
  const [net, dataset, validation] = [network as Network, data as Dataset, options.validation];
  checkTraining(net, dataset, options);
  const feed = new Feed(dataset, { batch, seed, preparation: options.preparation });
  const description: StepDescription = { network: net, loss, optimizer, clip, seed };
  const memory = {
    batchSizes: feed.sizes,
    engine: options.engine ?? "auto",
    threads: options.threads,
    fastMath: options.fastMath ?? false,
    ...(options.provider !== undefined && { provider: options.provider }),
  };
  using session = await Session.open(description, {
    ...memory,
    ...(validation !== undefined && { predictBatch: Math.min(256, validation.count) }),
  });
  const { engine, choice } = session;
  options.onEngine?.({ ...choice, threads: session.threads });
  const opened = { ...memory, engine, threads: choice.threads };
  const scaled = { loss, network: net, ...(feed.scaling !== undefined && { targetScaling: feed.scaling }) };
  const validate = validationOf(session, validation, (outputs) => judge(scaled, validation as Dataset, outputs), feed);

  const keeping = checkpoint !== undefined || from !== undefined ? await import("./checkpoint/go-on.js") : undefined;
  const setting = keeping?.settingOf(description, dataset, { ...options, batch, engine: engine.name }) ?? {};
  if (from !== undefined) keeping?.goOnFrom(session, from, setting);
  checkpoint?.begin(session.steps);

  const history: EpochReport[] = [...(from?.history ?? [])];
  const started = performance.now();
  const elapsed = () => (from?.seconds ?? 0) + (performance.now() - started) / 1000;
  const start = { lasting: session.snapshot(), steps: session.steps, index: 0 };
  // The diagnosis is loaded when it is needed.
  const causeAt = async (index: number, rate: number) => {
    const { findCause } = await import("./find-cause.js");
    using again = await Session.open(description, { ...opened, keep: "named" });
    return await findCause(again, feed, start, index, rate);
  };
  let best: TrainingState["best"] = from?.best;
  let ended: Run["ended"] = "finished";
  let examples = from?.examples ?? 0;
  let breath = started;
  const save = (place: Pick<TrainingState, "epoch" | "index" | "sums">) =>
    checkpoint?.write({
      ...place,
      steps: session.steps,
      examples,
      seconds: elapsed(),
      history,
      ...(best !== undefined && { best }),
      lasting: session.lasting(),
      setting,
    });
  using probe = await options.watch?.open(description, feed, epochs);
  const firstEpoch = from?.epoch ?? 1;
  const rateOf = (epoch: number) => optimizer.rate * (schedule?.factor(epoch - 1) ?? 1);
  await probe?.look(session, { epoch: firstEpoch - 1, rate: rateOf(firstEpoch) });

  for (let epoch = firstEpoch; epoch <= epochs && ended === "finished"; epoch++) {
    const rate = rateOf(epoch);
    if (shuffle) feed.shuffle(epoch);
    session.snapshot(start.lasting);
    start.steps = session.steps;
    start.index = epoch === from?.epoch ? from.index : 0;
    const sums = epoch === from?.epoch ? { ...from.sums } : { loss: 0, right: 0, seen: 0 };
    let last = start.index - 1;
    for (let index = start.index; index < feed.batches && ended === "finished"; index++) {
      const length = feed.write(session, index);
      const stepping = session.step(length, rate);
      if (stepping !== undefined) await stepping;
      const stepLoss = session.batch(length).loss[0] as number;
      if (!Number.isFinite(stepLoss)) throw await causeAt(index, rate);
      sums.loss += stepLoss * length;
      sums.right += feed.countRight(session, index, length);
      sums.seen += length;
      options.onStep?.({ step: session.steps, epoch, loss: stepLoss });
      if (performance.now() - breath > breathe) {
        await new Promise((resolve) => setTimeout(resolve));
        breath = performance.now();
      }
      if (signal?.aborted) ended = "interrupted";
      last = index;
      if (checkpoint !== undefined && (signal?.aborted || checkpoint.isDue(session.steps))) {
        await save({ epoch, index: index + 1, sums });
      }
    }
    // A step's own update shows in the loss of the next one only, and the epoch's last step has none.
    if (!session.isFinite()) throw await causeAt(last, rate);
    examples += sums.seen;
    const judged = await validate?.();
    const report: EpochReport = {
      epoch,
      epochs,
      loss: sums.loss / sums.seen,
      ...(dataset.target.kind === "class" && { accuracy: sums.right / sums.seen }),
      ...(judged !== undefined && { validation: judged }),
      rate,
      seconds: elapsed(),
    };
    history.push(report);
    options.onEpoch?.(report);
    await probe?.look(session, { epoch, rate });
    if (patience === undefined || judged === undefined) continue;
    if (best === undefined || judged.loss < best.loss) best = { loss: judged.loss, epoch, weights: session.weights() };
    else if (epoch - best.epoch >= patience && ended === "finished") ended = "patience";
  }

  const next = ended === "patience" ? epochs + 1 : history.length + 1;
  if (ended !== "interrupted") await save({ epoch: next, index: 0, sums: { loss: 0, right: 0, seen: 0 } });
  const seconds = elapsed();
  const bestEpoch = best?.epoch ?? history.length;
  const { target, featureNames, table } = dataset;
  const model: Model<In, Out> = {
    ...scaled,
    network,
    weights: best?.weights ?? session.weights(),
    normalizer: feed.normalizer,
    ...(target.kind === "class" ? { classes: target.classes } : { targetNames: target.names }),
    ...(featureNames !== undefined && { featureNames }),
    ...(table !== undefined && { table }),
    training: {
      recipe: JSON.stringify(recipeOf(options)),
      data: dataset.name,
      seed,
      epochs: bestEpoch,
      batch,
      optimizer: optimizer.name,
      rate: optimizer.rate,
    },
  };
  const predictOptions = { engine: engine.name };
  const { build, threads, fewerThreadsBecause } = session;
  return {
    model,
    history,
    epochs: history.length,
    steps: session.steps,
    seconds,
    examplesPerSecond: examples / seconds,
    engine: choice.engine,
    threads,
    why: choice.why,
    ...(fewerThreadsBecause !== undefined && { fewerThreadsBecause }),
    ...(build !== undefined && { build }),
    ended,
    bestEpoch,
    evaluateOn: (other) => evaluateOn(model as Model, other as Dataset, predictOptions),
    predict: (rows) => predict(model as Model, rows, predictOptions),
  };
}
