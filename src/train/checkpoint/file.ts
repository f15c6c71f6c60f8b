import { FormatError } from "../../formats/error.js";
import { JsonReader } from "../../formats/json-reader.js";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../../formats/safetensors.js";
import { parseStrictJson } from "../../formats/strict-json.js";
import type { EpochReport } from "../run.js";
import { historyFrom, historyTensors } from "./history.js";
import type { TrainingState } from "./state.js";

/** The metadata entry that makes a safetensors file a checkpoint, and its version. */
const entry = "retrograd-checkpoint";
const version = 1;
const prefix = { lasting: "lasting/", best: "best/" };

/** A training in the middle of it as the bytes of a safetensors file. The same state gives the same bytes. */
export function encodeCheckpoint(state: TrainingState): Uint8Array<ArrayBuffer> {
  const { lasting, best, history, ...rest } = state;
  const tensors = new Map<string, StoredTensor>([
    ...listed(prefix.lasting, lasting),
    ...listed(prefix.best, best?.weights ?? new Map()),
    ...historyTensors(history),
  ]);
  const description = {
    version,
    ...rest,
    ...(best !== undefined && { best: { loss: best.loss, epoch: best.epoch } }),
  };
  return encodeSafetensors(tensors, { [entry]: JSON.stringify(description) });
}

/**
 * Reads a checkpoint from bytes that are not trusted.
 * @throws FormatError and nothing else.
 */
export function decodeCheckpoint(bytes: Uint8Array, source: string): TrainingState {
  const { tensors, metadata } = decodeSafetensors(bytes, source);
  const text = Object.hasOwn(metadata, entry) ? metadata[entry] : undefined;
  if (text === undefined) {
    throw new FormatError(`${source} is no checkpoint of a training: its metadata has no entry "${entry}"`);
  }
  const read = new JsonReader(parseStrictJson(text, `${source}: the description`), `${source}: the description`);
  const found = read.number("version");
  if (found !== version) {
    throw new FormatError(
      `${source} has checkpoint version ${found}, this is for version ${version}; update retrograd`,
    );
  }
  const sums = read.object("sums");
  const best = read.has("best") ? read.object("best") : undefined;
  const about = Object.entries(read.object("about").facts()).map(([name, fact]) => [name, String(fact)]);
  return {
    epoch: counted(read, "epoch"),
    index: counted(read, "index"),
    steps: counted(read, "steps"),
    sums: { loss: sums.number("loss"), right: counted(sums, "right"), seen: counted(sums, "seen") },
    examples: counted(read, "examples"),
    seconds: read.number("seconds"),
    history: historyFrom(tensors, source) as EpochReport[],
    ...(best !== undefined && {
      best: {
        loss: best.number("loss"),
        epoch: counted(best, "epoch"),
        weights: numbersOf(tensors, prefix.best, source),
      },
    }),
    lasting: numbersOf(tensors, prefix.lasting, source),
    setting: read.object("setting").facts(),
    about: Object.fromEntries(about) as Record<string, string>,
  };
}

function listed(before: string, values: ReadonlyMap<string, Float32Array | Float64Array>): [string, StoredTensor][] {
  return [...values].map(([name, data]) => [
    before + name,
    data instanceof Float32Array
      ? { shape: [data.length], dtype: "F32", data }
      : { shape: [data.length], dtype: "F64", data },
  ]);
}

function numbersOf(tensors: ReadonlyMap<string, StoredTensor>, before: string, source: string) {
  const values = new Map<string, Float32Array | Float64Array>();
  for (const [name, { dtype, data }] of tensors) {
    if (!name.startsWith(before)) continue;
    if (dtype !== "F32" && dtype !== "F64")
      throw new FormatError(`${source}: ${name} has numbers of type ${dtype}; a checkpoint's are F32 or F64`);
    values.set(name.slice(before.length), data.slice());
  }
  return values;
}

function counted(read: JsonReader, key: string): number {
  const value = read.number(key);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new FormatError(`${read.where}: "${key}" is ${value}, not a whole number from 0; the file is damaged`);
  }
  return value;
}
