import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Checkpoints, checkpoint, FormatError, type TrainingState, writeFileAtomic } from "../index.js";
import { interrupts } from "./interrupts.js";
import { Options } from "./options.js";
import type { TrainSettings } from "./train-settings.js";

/** The file in a folder of checkpoints, as the library calls it. */
const fileName = "checkpoint.safetensors";

/** How often checkpoints are made. */
export type Every = { readonly steps: number } | { readonly seconds: number };

/** `--every 500` (steps) or `--every 30s`. */
export function everyOf(options: Options): Every | undefined {
  const text = options.text("every")?.trim();
  if (text === undefined) return undefined;
  const [, number = "", unit] = /^(\d+(?:\.\d+)?) *(s?)$/.exec(text) ?? [];
  const value = Number(number);
  if (!(value > 0) || (unit === "" && !Number.isSafeInteger(value))) {
    options.refuse("every", "must be steps such as 500, or seconds such as 30s");
  }
  return unit === "s" ? { seconds: value } : { steps: value };
}

/** Checkpoints as the settings ask for them, with all that `resume` needs: the options of this very training. */
export function checkpointOf(
  { checkpoint: folder, every }: TrainSettings,
  options: Options,
  dataName: string | undefined,
): Checkpoints | undefined {
  if (folder === undefined) return undefined;
  const about = { options: JSON.stringify(kept(options)), ...(dataName !== undefined && { data: dataName }) };
  const save = async (bytes: Uint8Array) => {
    await mkdir(folder, { recursive: true });
    await writeFileAtomic(join(folder, fileName), bytes);
  };
  return checkpoint((bytes) => interrupts.finish(save(bytes)), { ...every, about });
}

/** The command that a checkpoint was made by, with what is asked for now. */
export function commandOf(
  state: TrainingState,
  path: string,
  asked: Options,
): { data: string | undefined; options: Options } {
  const text = state.about["options"];
  if (text === undefined) {
    throw new FormatError(
      `${path} was made by a program, not by the command train; go on with resume() of the library`,
    );
  }
  const folder = path.endsWith(".safetensors") ? dirname(path) : path;
  const then = readTexts(text, path);
  return { data: state.about["data"], options: Options.from({ ...then, checkpoint: folder, ...asked.texts() }) };
}

/** How a training is shown is not a part of it. */
const ofTheMoment = new Set(["config", "json", "quiet", "debug", "lang"]);

export function kept(options: Options): Record<string, string> {
  return Object.fromEntries(Object.entries(options.texts()).filter(([name]) => !ofTheMoment.has(name)));
}

function readTexts(json: string, path: string): Record<string, string> {
  try {
    const found: unknown = JSON.parse(json);
    if (typeof found === "object" && found !== null) {
      return Object.fromEntries(Object.entries(found).map(([name, text]) => [name, String(text)]));
    }
  } catch {
    // What is wrong is said below.
  }
  throw new FormatError(`${path} does not say how it was trained; the file is damaged`);
}
