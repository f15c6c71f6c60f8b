import type { Dataset, Preparation } from "../data/index.js";
import type { Choice, EngineChoice } from "../engines/index.js";
import type { Loss } from "../nn/index.js";
import type { Optimizer, Schedule } from "../optim/index.js";
import type { SizesMeet } from "../tensor/index.js";
import type { Checkpoints } from "./checkpoint/checkpoint.js";
import type { TrainingState } from "./checkpoint/state.js";
import type { Evaluation } from "./evaluate-on.js";
import type { Prediction } from "./interpret.js";
import type { Model } from "./model.js";
import type { Watch } from "./watch/watch.js";

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
  /** Threads of the engine; left out, as many as pay. Results never depend on it. */
  readonly threads?: number;
  /**
   * Fused multiply-add in the `wasm` engine, where the runtime has it (`whyNoFastMath`): faster, but the same seed no longer
   * gives the same bits on every machine (false).
   */
  readonly fastMath?: boolean;
  /** Where the `onnx` engine computes: on the processor (`cpu`) unless told otherwise. */
  readonly provider?: "cpu" | "cuda" | "webgpu";
  /** Looks at gradients and activations now and then, and names what goes wrong: `watch()`. Changes nothing in the training. */
  readonly watch?: Watch;
  /** Called when the engine is open: which one, on how many threads, and why. */
  readonly onEngine?: (choice: Choice) => void;
  /** Keeps the training safe while it runs: `checkpoint(folder)`. */
  readonly checkpoint?: Checkpoints;
  /** Where to go on, see `resume`. */
  readonly from?: TrainingState;
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
  /** The engine that ran it. */
  readonly engine: string;
  /** Threads that computed. */
  readonly threads: number;
  /** Why they were fewer than asked for, as half a sentence. */
  readonly fewerThreadsBecause?: string;
  /** Why this engine and so many threads. */
  readonly why: string;
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
export type CheckData<In extends number, Out extends number, DataIn extends number, DataOut extends number> =
  SizesMeet<In, DataIn> extends true
    ? FitsOutputs<Out, DataOut> extends true
      ? unknown
      : `the network gives ${Out} outputs, but the data has ${DataOut}`
    : `the network takes ${In} features, but the data has ${DataIn}`;
/** One output is enough for two classes: the logit of the second. */
type FitsOutputs<Out extends number, DataOut extends number> = [Out, DataOut] extends [1, 2]
  ? true
  : SizesMeet<Out, DataOut>;
