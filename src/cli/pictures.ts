import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { FileError, writeFileAtomic } from "../index.js";
import { interrupts } from "./interrupts.js";

/** Writes texts into a folder, made when it is not there, each whole or not at all; returns their paths. */
export async function writeTexts(folder: string, texts: ReadonlyMap<string, string>): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new FileError(`--out ${JSON.stringify(folder)} cannot be made a folder; choose another place`, "other", {
      cause: error,
    });
  }
  const paths: string[] = [];
  for (const [name, text] of texts) {
    const path = join(folder, name);
    await interrupts.finish(writeFileAtomic(path, new TextEncoder().encode(text)));
    paths.push(path);
  }
  return paths;
}
