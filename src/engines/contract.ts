/**
 * An engine is what turns a plan into numbers. A plan is a list of steps over one arena, a single array of numbers in
 * which every value has its place; an engine owns such an arena and runs the steps in order, nothing more. It chooses no
 * order, no place and no derivative: all that was decided before, once, for every engine. So an engine is small: a way to
 * run each kind of step (`src/plan/steps.ts`), tested step by step against the `reference` engine by one suite.
 *
 * Several plans may be opened over one arena (a full batch, the last partial batch, prediction): they agree on the first
 * `persistent` numbers, where parameters and optimizer state live, so switching between them copies nothing.
 */
import type { Plan } from "../plan/steps.js";

export type EngineName = "reference" | "wasm" | "onnx";

export interface Engine {
  readonly name: EngineName;
  /** What the arena's numbers are. */
  readonly precision: "float64" | "float32";
  /**
   * Takes memory for the plans and makes them ready to run; the arena starts as zeros.
   * @throws EngineError when the memory cannot be had or a step is not supported.
   */
  open(plans: readonly Plan[], options?: EngineOptions): Promise<Device>;
}

export interface EngineOptions {
  /**
   * Threads to use at most (1). An engine uses fewer where more would not be faster or cannot be had, and its device says so.
   * The wasm engine's results never depend on it.
   */
  readonly threads?: number;
  /** Only for the wasm engine: fused multiply-add where the runtime has it; faster, but results depend on the machine (false). */
  readonly fastMath?: boolean;
  /** Only for the onnx engine: what computes (`cpu`). */
  readonly provider?: "cpu" | "cuda" | "webgpu";
}

/** An arena with plans ready to run on it. Running allocates nothing. */
export interface Device {
  /** The arena itself, long enough for the longest plan: write inputs into it, read results from it. */
  readonly arena: Float32Array | Float64Array;
  /**
   * Runs all steps of one of the plans, once, on what the arena holds. Inputs and scalars are read from the arena and outputs
   * are there afterwards; an engine that computes elsewhere gives a promise, and rejects it with the reason when a run fails.
   */
  run(plan: number): void | Promise<void>;
  /** Only for an engine that keeps parameters and states elsewhere: brings the arena's copy up to date, to be read. */
  pull?(): void;
  /** Its counterpart, after parameters or states were written into the arena. */
  push?(): void;
  /** Which build of its kernels runs, for an engine that has several. */
  readonly build?: "portable" | "relaxed";
  /** Threads that compute; 1 where not said. */
  readonly threads?: number;
  /** Why they are fewer than were asked for, as half a sentence. */
  readonly fewerThreadsBecause?: string;
  close(): void;
}

/** The engine cannot do what was asked: the message says what and what to use instead. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}
