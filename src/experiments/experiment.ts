import type { Text } from "../language/index.js";
import type { Chart } from "./chart.js";
import type { Measured } from "./statistics.js";

/** What came out: the claim holds, holds under a condition that the sentence names, or does not hold in this protocol. */
export type Verdict = "holds" | "holds when" | "does not hold here";

/** One claim of the lecture notes, measured. */
export interface Experiment {
  readonly name: string;
  readonly title: Text;
  /** The claim in one sentence. */
  readonly claim: Text;
  /** Where the claim stands, and the papers it goes back to. */
  readonly source: Text;
  /** Everything that is fixed: networks, data, optimizer, steps. */
  readonly protocol: Text;
  /** How the verdict follows from the figures. */
  readonly rule: Text;
  /** @throws the signal's reason when it is aborted. */
  run(options?: ExperimentOptions): Promise<Result>;
}

export interface ExperimentOptions {
  /** One seed; `seeds` counts when both are given. */
  readonly seed?: number;
  /** Everything is measured once for each (1, 2, 3, 4, 5). */
  readonly seeds?: readonly number[];
  /** A shorter run that shows the same thing less surely: for tests and impatient readers. */
  readonly quick?: boolean;
  /** How much is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Plain JSON. The same seeds give the same numbers, bit for bit, but for what is marked as a timing. */
export interface Result {
  readonly verdict: Verdict;
  /** The verdict in one sentence, with its numbers. */
  readonly sentence: Text;
  readonly figures: Readonly<Record<string, Measured>>;
  readonly charts: readonly Chart[];
  readonly seeds: readonly number[];
  readonly quick: boolean;
}

/** What an experiment works out, before seeds are noted. */
export type Findings = Pick<Result, "verdict" | "sentence" | "figures" | "charts">;

/** Adds to an experiment's own work what all have in common: seeds, progress, interruption. */
export function defineExperiment(
  about: Omit<Experiment, "run">,
  measure: (seeds: readonly number[], quick: boolean, work: Work) => Promise<Findings>,
): Experiment {
  return {
    ...about,
    run: async ({ seed, seeds, quick = false, onProgress, signal } = {}) => {
      const used = seeds ?? (seed === undefined ? (quick ? [1, 2] : [1, 2, 3, 4, 5]) : [seed]);
      const work = new Work(onProgress, signal);
      const findings = await measure(used, quick, work);
      onProgress?.(1);
      return { ...findings, seeds: used, quick };
    },
  };
}

/** Milliseconds between two pauses in which the event loop may notice a Ctrl-C or draw. */
const breathe = 30;

/** The work of one run: parts to count, and pauses in which it can be stopped. */
export class Work {
  #done = 0;
  #total = 1;
  #breath = performance.now();

  constructor(
    readonly onProgress: ((share: number) => void) | undefined,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Says how many parts there will be. */
  plan(parts: number): void {
    this.#total = parts;
  }

  /** One part is done. */
  async part(): Promise<void> {
    this.#done++;
    this.onProgress?.(Math.min(1, this.#done / this.#total));
    await this.pause();
  }

  /** To be awaited often: lets others have their turn now and then, and stops where the signal says so. */
  async pause(): Promise<void> {
    this.signal?.throwIfAborted();
    if (performance.now() - this.#breath < breathe) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#breath = performance.now();
    this.signal?.throwIfAborted();
  }
}
