import { applyNormalizer, type Dataset, type Preparation } from "../data/index.js";
import type { Choice, EngineChoice } from "../engines/index.js";
import type { Loss, Network } from "../nn/index.js";
import type { Optimizer, Schedule } from "../optim/index.js";
import type { SizesMeet } from "../tensor/index.js";
import { checkTraining } from "./check-options.js";
import type { DivergedError } from "./diverged.js";
import { type Evaluation, evaluateOn, judge } from "./evaluate-on.js";
import { Feed } from "./feed.js";
import type { StepDescription } from "./graphs.js";
import type { Prediction } from "./interpret.js";
import type { Model } from "./model.js";
import { predict } from "./predict.js";
import { Session, type SessionOptions } from "./session.js";

export interface TrainOptions {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Passes over the training data (30). */
  readonly epochs?: number;
  /** Examples a step (32); the last batch of an epoch may be smaller. */
  readonly batch?: number;
  /** Everything random (initial weights, order, dropout) depends on this alone (1). */
  readonly seed?: number;
  /** How the learning rate changes from epoch to epoch. */
  readonly schedule?: Schedule;
  /** Largest common norm of the gradients. */
  readonly clip?: number;
  /** Visit the examples in a new order each epoch (true). */
  readonly shuffle?: boolean;
  /** Data to watch while training; needed for `patience`. Never learned from. */
  readonly validation?: Dataset;
  /** Stop after so many epochs without a better validation loss, and go back to the best weights. */
  readonly patience?: number;
  /** What is done to the features, fitted on the training data (what the data asks for). */
  readonly preparation?: Preparation;
  readonly engine?: EngineChoice;
  /**
   * Threads of the engine at most; left out, as many as pay. It uses fewer where more are not faster. The wasm engine's results
   * never depend on it.
   */
  readonly threads?: number;
  /**
   * Fused multiply-add in the `wasm` engine, where the runtime has it (`whyNoFastMath`): faster, but the same seed no longer
   * gives the same bits on every machine (false).
   */
  readonly fastMath?: boolean;
  /** Where the `onnx` engine computes: on the processor (`cpu`) unless told otherwise. */
  readonly provider?: "cpu" | "cuda" | "webgpu";
  /** Called when the engine is open: which one, on how many threads, and why. */
  readonly onEngine?: (choice: Choice) => void;
  /** Called after each epoch. */
  readonly onEpoch?: (report: EpochReport) => void;
  /** Called after each step: cheap things only. */
  readonly onStep?: (report: StepReport) => void;
  /** Stops training after the step at hand; the run so far is returned. */
  readonly signal?: AbortSignal;
}

export interface StepReport {
  /** Counted from 1, over all epochs. */
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
}

export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean loss of the epoch's batches, as they were met. */
  readonly loss: number;
  /** For a classifier: share of the epoch's examples named rightly, as they were met. */
  readonly accuracy?: number;
  readonly validation?: Evaluation;
  readonly rate: number;
  /** Seconds since training began. */
  readonly seconds: number;
}

/** What training gives back: the model, and how it came about. */
export interface Run<In extends number = number, Out extends number = number> {
  readonly model: Model<In, Out>;
  readonly history: readonly EpochReport[];
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly examplesPerSecond: number;
  /** The engine that ran it, on how many threads, and why this one. */
  readonly engine: string;
  /** Why this engine, and so many threads. */
  readonly why: string;
  /** Threads that computed. */
  readonly threads: number;
  /** Why they were fewer than asked for, as half a sentence. */
  readonly fewerThreadsBecause?: string;
  /** Which build of its kernels ran, where the engine has several: `relaxed` uses fused multiply-add. */
  readonly build?: "portable" | "relaxed";
  /** `finished`, `patience` (stopped early) or `interrupted` (by the signal). */
  readonly ended: "finished" | "patience" | "interrupted";
  /** The epoch whose weights the model has: the last, or the best when stopped early. */
  readonly bestEpoch: number;
  evaluateOn<DataIn extends number, DataOut extends number>(
    dataset: Dataset<DataIn, DataOut> & CheckData<In, Out, DataIn, DataOut>,
  ): Promise<Evaluation>;
  predict(rows: readonly (readonly number[])[]): Promise<Prediction[]>;
}

/** Rows and columns that do not fit, as a sentence; `unknown` when they do. */
type CheckData<In extends number, Out extends number, DataIn extends number, DataOut extends number> =
  SizesMeet<In, DataIn> extends true
    ? FitsOutputs<Out, DataOut> extends true
      ? unknown
      : `the network gives ${Out} outputs, but the data has ${DataOut}`
    : `the network takes ${In} features, but the data has ${DataIn}`;
/** One output is enough for two classes: the logit of the second. */
type FitsOutputs<Out extends number, DataOut extends number> = [Out, DataOut] extends [1, 2]
  ? true
  : SizesMeet<Out, DataOut>;

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

  const history: EpochReport[] = [];
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const atEpochStart = { lasting: session.snapshot(), steps: 0 };
  let best: { loss: number; epoch: number; weights: Model["weights"] } | undefined;
  let ended: Run["ended"] = "finished";
  let examples = 0;
  let breath = started;

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
      if (!Number.isFinite(stepLoss)) throw await findCause(description, opened, feed, atEpochStart, index, rate);
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
    if (!session.isFinite()) throw await findCause(description, opened, feed, atEpochStart, last, rate);
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
    if (patience === undefined || judged === undefined) continue;
    if (best === undefined || judged.loss < best.loss) best = { loss: judged.loss, epoch, weights: session.weights() };
    else if (epoch - best.epoch >= patience && ended === "finished") ended = "patience";
  }

  const seconds = elapsed();
  const bestEpoch = best?.epoch ?? history.length;
  const { target, featureNames } = dataset;
  const model: Model<In, Out> = {
    ...scaled,
    network,
    weights: best?.weights ?? session.weights(),
    normalizer: feed.normalizer,
    ...(target.kind === "class" ? { classes: target.classes } : { targetNames: target.names }),
    ...(featureNames !== undefined && { featureNames }),
    training: { data: dataset.name, seed, epochs: bestEpoch, batch, optimizer: optimizer.name, rate: optimizer.rate },
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
    engine: engine.name,
    why: choice.why,
    threads,
    ...(fewerThreadsBecause !== undefined && { fewerThreadsBecause }),
    ...(build !== undefined && { build }),
    ended,
    bestEpoch,
    evaluateOn: (other) => evaluateOn(model as Model, other as Dataset, predictOptions),
    predict: (rows) => predict(model as Model, rows, predictOptions),
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
  memory: Pick<SessionOptions, "batchSizes" | "engine" | "threads" | "fastMath" | "provider">,
  feed: Feed,
  start: { lasting: Float32Array | Float64Array; steps: number },
  failed: number,
  rate: number,
): Promise<DivergedError> {
  const { diagnose } = await import("./diagnose.js");
  using session = await Session.open(description, { ...memory, keep: "named" });
  session.restore(start.lasting);
  session.steps = start.steps;
  const takeStep = async (index: number) => {
    const size = feed.write(session, index);
    await session.step(size, rate);
    return { size, rate };
  };
  return await diagnose({ session, steps: failed + 1, takeStep });
}
