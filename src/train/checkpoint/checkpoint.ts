import { FileError } from "../../formats/error.js";
import { readFileBytes, writeFileAtomic } from "../../formats/files.js";
import { decodeCheckpoint, encodeCheckpoint } from "./file.js";
import type { TrainingState } from "./state.js";

export interface CheckpointOptions {
  /** Steps from one checkpoint to the next. */
  readonly steps?: number;
  /** Or seconds (60). One more is written when training ends or is interrupted. */
  readonly seconds?: number;
  /** Texts to find again in `readCheckpoint(…).about`. */
  readonly about?: Readonly<Record<string, string>>;
}

/** Where and how often checkpoints go; see `checkpoint`. */
export class Checkpoints {
  #steps = 0;
  #time = performance.now();

  constructor(
    readonly save: (bytes: Uint8Array) => Promise<void> | void,
    readonly options: CheckpointOptions,
  ) {}

  /** Called by `train` when it begins. */
  begin(steps: number): void {
    this.#steps = steps;
    this.#time = performance.now();
  }

  isDue(steps: number): boolean {
    const { steps: every, seconds = every === undefined ? 60 : Number.POSITIVE_INFINITY } = this.options;
    if (every !== undefined && steps - this.#steps >= every) return true;
    return performance.now() - this.#time >= 1000 * seconds;
  }

  async write(state: Omit<TrainingState, "about">): Promise<void> {
    await this.save(encodeCheckpoint({ ...state, about: this.options.about ?? {} }));
    this.begin(state.steps);
  }
}

/** The file in a folder of checkpoints: always the latest. */
export const checkpointFile = "checkpoint.safetensors";

/**
 * Keeps a training safe: `train(network, data, { …, checkpoint: checkpoint("folder", { steps: 500 }) })`. The file in the
 * folder (Node) is replaced whole or not at all; in a page, give a function that takes the bytes. `resume` goes on from it.
 */
export function checkpoint(
  where: string | ((bytes: Uint8Array) => Promise<void> | void),
  options: CheckpointOptions = {},
): Checkpoints {
  if (typeof where === "function") return new Checkpoints(where, options);
  const save = async (bytes: Uint8Array) => {
    const { mkdir } = await import("node:fs/promises");
    await mkdir(where, { recursive: true });
    await writeFileAtomic(`${where}/${checkpointFile}`, bytes);
  };
  return new Checkpoints(save, options);
}

/**
 * A checkpoint from its folder, its file (Node) or its bytes.
 * @throws FileError when there is none, FormatError when it is damaged.
 */
export async function readCheckpoint(source: string | Uint8Array): Promise<TrainingState> {
  if (typeof source !== "string") return decodeCheckpoint(source, "the checkpoint");
  const { stat } = await import("node:fs/promises");
  const isFolder = await stat(source).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const path = isFolder ? `${source}/${checkpointFile}` : source;
  try {
    return decodeCheckpoint(await readFileBytes(path), path);
  } catch (error) {
    if (!(error instanceof FileError && error.reason === "missing")) throw error;
    throw new FileError(`there is no checkpoint at ${JSON.stringify(path)}; check the path`, "missing", {
      cause: error,
    });
  }
}
