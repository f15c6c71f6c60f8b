import { accessSync, constants, statSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import { DataError, FileError, loadModel, type Model, saveModel, UsageError } from "../index.js";
import { type DataName, type DataParts, dataNames, openData, parseSplit, type SplitChoice } from "./data-sets.js";
import { counted } from "./format.js";
import { interrupts } from "./interrupts.js";
import { commandLine } from "./invocation.js";
import { isTable } from "./tables.js";

/** @throws UsageError before anything is trained, when the model could not be written afterwards. */
export function checkOut(path: string, option = "out"): void {
  const folder = dirname(path);
  const where = `--${option} ${JSON.stringify(path)}`;
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (path === "" || !stats?.isDirectory())
    throw new UsageError(`${where}: there is no folder ${JSON.stringify(folder)}; create it first`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `${where} is a folder; give the path of a file, such as ${JSON.stringify(join(path, option === "report" ? "report.html" : "model.safetensors"))}`,
    );
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`${where}: the folder ${JSON.stringify(folder)} may not be written to; choose another place`, {
      cause: error,
    });
  }
}

/** `model.safetensors` → `model.interrupted.safetensors`. */
export function interruptedPath(path: string): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.interrupted${ext}`);
}

/** Writes a model, with what was trained on; returns the size of the file. A Ctrl-C does not cut it short. */
export async function writeModel(model: Model, { name, split }: DataParts, path: string): Promise<number> {
  const described: Model = { ...model, training: { ...model.training, data: name, split } };
  const bytes = await interrupts.finish(saveModel(described, path));
  return bytes.length;
}

export async function openModel(path: string): Promise<Model> {
  try {
    return await loadModel(path);
  } catch (error) {
    if (error instanceof FileError && error.reason === "missing") {
      const remedy = `check the path, or make one with: ${commandLine("train", "--out", path)}`;
      throw new FileError(`there is no model file ${JSON.stringify(path)}; ${remedy}`, "missing", { cause: error });
    }
    throw error;
  }
}

/** The data a model is to be used on: the set it was trained on unless told otherwise, divided as it was for training. */
export async function dataFor(
  model: Model,
  name: DataName | undefined,
  seed: number | undefined,
  split: SplitChoice | undefined,
): Promise<DataParts> {
  const { training } = model;
  const own = dataNames.find(
    (known) => training["data"] === known || String(training["data"]).startsWith(`${known} (`),
  );
  const used = name ?? own;
  if (used !== undefined && isTable(used)) throw new UsageError(`${used} is a table; name it on the command line`);
  if (used === undefined) throw new UsageError(`name the data to use the model on: ${dataNames.join(", ")}`);
  const theSame = used === own;
  const ownSplit = theSame ? parseSplit(String(training["split"])) : undefined;
  const ownSeed = theSame && typeof training["seed"] === "number" ? training["seed"] : 1;
  const data = await openData(used, seed ?? ownSeed, split ?? ownSplit);
  if (data.test.inputs !== model.network.inputs) {
    throw new DataError(
      `${used} has ${counted(data.test.inputs, "feature")}, but the model takes ${model.network.inputs}` +
        `${own === undefined ? "; use data with the same columns" : `; it was trained on ${own}`}`,
    );
  }
  return data;
}

/** Whether digits were divided otherwise for training, so that these may be among those learned from. */
export function mayHaveSeen({ training }: Model, { name, split }: DataParts, seed: number | undefined): boolean {
  if (name !== "digits" || training["data"] !== name) return false;
  const otherSeed = split !== "ordered" && seed !== undefined && seed !== training["seed"];
  return split !== training["split"] || otherSeed;
}
