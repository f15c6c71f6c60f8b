import type { Dataset } from "../../data/index.js";
import { UsageError } from "../../tensor/index.js";
import type { StepDescription } from "../graphs.js";
import type { EpochReport, TrainOptions } from "../run.js";

type Numbers = Float32Array | Float64Array;

/** A training in the middle of it: all that the steps to come depend on. */
export interface TrainingState {
  /** The epoch at hand (from 1) and its next batch (from 0): the order of the examples follows from seed and epoch. */
  readonly epoch: number;
  readonly index: number;
  readonly steps: number;
  /** Of the epoch at hand: summed loss, examples named rightly, examples seen. */
  readonly sums: { readonly loss: number; readonly right: number; readonly seen: number };
  /** Examples learned from in the epochs before, and seconds that took. */
  readonly examples: number;
  readonly seconds: number;
  readonly history: readonly EpochReport[];
  /** With patience: the best so far. */
  readonly best?: { readonly loss: number; readonly epoch: number; readonly weights: ReadonlyMap<string, Numbers> };
  /** Parameters, states and the optimizer's memories, by name. */
  readonly lasting: ReadonlyMap<string, Numbers>;
  /** What must be the same when the training goes on. */
  readonly setting: Setting;
  /** Whatever the caller wants to find again. */
  readonly about: Readonly<Record<string, string>>;
}

export type Setting = Readonly<Record<string, string | number>>;

type SettingOptions = Pick<TrainOptions, "shuffle" | "patience" | "schedule" | "fastMath"> & {
  batch: number;
  engine: string;
};

/** What makes a training this one, beside its state: to be compared before it goes on. */
export function settingOf(
  { network, loss, optimizer, clip, seed }: StepDescription,
  data: Dataset,
  { batch, engine, shuffle = true, patience, schedule, fastMath = false }: SettingOptions,
): Setting {
  const layers = network.layers.map(({ kind, options }) => `${kind} ${JSON.stringify(options)}`);
  return {
    network: layers.join(", "),
    loss: `${loss.name} ${JSON.stringify(loss.options)}`,
    optimizer: `${optimizer.name}(${optimizer.rate}) ${JSON.stringify(optimizer.options)}`,
    seed,
    clip: clip ?? "none",
    batch,
    shuffle: String(shuffle),
    patience: patience ?? "none",
    schedule: schedule?.name ?? "constant",
    engine,
    fastMath: String(fastMath),
    examples: data.count,
    data: fingerprint(data),
  };
}

/** @throws UsageError naming the first thing that is not as it was. */
export function checkSetting(then: Setting, now: Setting): void {
  for (const [name, value] of Object.entries(now)) {
    if (then[name] === value) continue;
    if (name === "data")
      throw new UsageError("resume: the training data is not what the checkpoint was made with; give the same data");
    throw new UsageError(
      `resume: the checkpoint was made with ${name} ${then[name]}, this training has ${value}; make them equal`,
    );
  }
}

/** FNV-1a over the bits of features and targets: another table gives another number. */
function fingerprint({ features, target }: Dataset): number {
  const targets = target.kind === "class" ? target.labels : target.values;
  let hash = 0x811c9dc5;
  for (const numbers of [features, targets]) {
    const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] as number), 0x01000193);
  }
  return hash >>> 0;
}
