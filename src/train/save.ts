import type { Preparation } from "../data/index.js";
import { readFileBytes, writeFileAtomic } from "../formats/files.js";
import { decodeModel, encodeModel } from "../formats/model-file.js";
import type { Model } from "./model.js";
import type { Run } from "./run.js";

/**
 * A model as a safetensors file: weights, preparation of features, classes, loss and how it was trained, all in one.
 * The same model gives the same bytes. With a path (Node) the file is written whole or not at all.
 * @returns The bytes of the file.
 * @throws UsageError when a layer is a function of your own, FileError when the path cannot be written.
 */
export async function saveModel<In extends number, Out extends number>(
  trained: Model<In, Out> | Run<In, Out>,
  path?: string,
): Promise<Uint8Array> {
  const model = "model" in trained ? trained.model : trained;
  const bytes = encodeModel(model as Model);
  if (path !== undefined) await writeFileAtomic(path, bytes);
  return bytes;
}

/**
 * A model from a file (a path, in Node) or from its bytes. Nothing in the file is trusted, and none of it is code.
 * @throws FileError when the file cannot be read, FormatError when it is not a model.
 */
export async function loadModel(source: string | Uint8Array): Promise<Model> {
  const bytes = typeof source === "string" ? await readFileBytes(source) : source;
  const file = decodeModel(bytes, typeof source === "string" ? source : "the model");
  return { ...file, normalizer: { ...file.normalizer, kind: file.normalizer.kind as Preparation } };
}
