import { applyNormalizer, type Dataset } from "../data/index.js";
import { selectEngine } from "../engines/index.js";
import type { Network } from "../nn/index.js";
import { checkTraining } from "./check-options.js";
import type { DivergedError } from "./diverged.js";
import { causeOfDivergence } from "./divergence.js";
import { type Evaluation, evaluateOn, judge } from "./evaluate-on.js";
import { Feed } from "./feed.js";
import type { StepDescription } from "./graphs.js";
import type { Model } from "./model.js";
import { predict } from "./predict.js";
import type { CheckData, EpochReport, Run, TrainOptions } from "./run.js";
import { Session, type SessionOptions } from "./session.js";

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
  } = options;
  const [net, dataset, validation] = [network as Network, data as Dataset, options.validation];
  checkTraining(net, dataset, options);
  const engine = selectEngine(options.engine);
  const feed = new Feed(dataset, { batch, seed, preparation: options.preparation });
  const description: StepDescription = { network: net, loss, optimizer, clip, seed };
  const memory = {
    batchSizes: feed.sizes,
    engine,
    threads: options.threads ?? 1,
    ...(options.provider !== undefined && { provider: options.provider }),
  };
  using session = await Session.open(description, {
    ...memory,
    ...(validation !== undefined && { predictBatch: Math.min(256, validation.count) }),
  });
  const scaled = { loss, network: net, ...(feed.scaling !== undefined && { targetScaling: feed.scaling }) };
  const validate = validationOf(session, validation, (outputs) => judge(scaled, validation as Dataset, outputs), feed);

  const history: EpochReport[] = [];
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const atEpochStart = { lasting: session.snapshot(), steps: 0 };
  let best: { loss: number; epoch: number; weights: Model["weights"] } | undefined;
  let ended: Run["ended"] = "finished";
  let examples = 0;
  let breath = started;
  using probe = await options.watch?.open(description, feed, epochs);
  await probe?.look(session, { epoch: 0, rate: optimizer.rate * (schedule?.factor(0) ?? 1) });

  for (let epoch = 1; epoch <= epochs && ended === "finished"; epoch++) {
    const rate = optimizer.rate * (schedule?.factor(epoch - 1) ?? 1);
    if (shuffle) feed.shuffle(epoch);
    session.snapshot(atEpochStart.lasting);
    atEpochStart.steps = session.steps;
    const sums = { loss: 0, right: 0, seen: 0 };
    let last = 0;
    for (let index = 0; index < feed.batches && ended === "finished"; index++) {
      const length = feed.write(session, index);
      const stepping = session.step(length, rate);
      if (stepping !== undefined) await stepping;
      const stepLoss = session.batch(length).loss[0] as number;
      if (!Number.isFinite(stepLoss)) throw await findCause(description, memory, feed, atEpochStart, index, rate);
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
    }
    // A step's own update shows in the loss of the next one only, and the epoch's last step has none.
    if (!session.isFinite()) throw await findCause(description, memory, feed, atEpochStart, last, rate);
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
    training: { data: dataset.name, seed, epochs: bestEpoch, batch, optimizer: optimizer.name, rate: optimizer.rate },
  };
  const choice = { engine: engine.name };
  return {
    model,
    history,
    epochs: history.length,
    steps: session.steps,
    seconds,
    examplesPerSecond: examples / seconds,
    engine: engine.name,
    ended,
    bestEpoch,
    evaluateOn: (other) => evaluateOn(model as Model, other as Dataset, choice),
    predict: (rows) => predict(model as Model, rows, choice),
  };
}

/** Judges the weights as they are now on the validation data, in the session that is training them. */
function validationOf(
  session: Session,
  validation: Dataset | undefined,
  judgeOutputs: (outputs: Float64Array) => Evaluation,
  feed: Feed,
): (() => Promise<Evaluation>) | undefined {
  if (validation === undefined) return undefined;
  const features = applyNormalizer(feed.normalizer, validation.features);
  const { inputs, count } = validation;
  return async () => {
    const width = session.description.network.outputs;
    const outputs = new Float64Array(count * width);
    const size = Math.min(256, count);
    for (let start = 0; start < count; start += size) {
      const length = Math.min(size, count - start);
      const predicted = await session.predict((x) =>
        x.set(features.subarray(start * inputs, (start + length) * inputs)),
      );
      outputs.set(predicted.subarray(0, length * width), start * width);
    }
    return judgeOutputs(outputs);
  };
}

/** Takes the epoch's steps again with every value kept, to name the first one that is not finite. */
async function findCause(
  description: StepDescription,
  memory: Pick<SessionOptions, "batchSizes" | "engine" | "threads" | "provider">,
  feed: Feed,
  start: { lasting: Float32Array | Float64Array; steps: number },
  failed: number,
  rate: number,
): Promise<DivergedError> {
  using session = await Session.open(description, { ...memory, keep: "named" });
  session.restore(start.lasting);
  session.steps = start.steps;
  const takeStep = async (index: number) => {
    const size = feed.write(session, index);
    await session.step(size, rate);
    return { size, rate };
  };
  return await causeOfDivergence({ session, steps: failed + 1, takeStep });
}
