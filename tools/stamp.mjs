/** Content hashes of inputs, kept in build/ so that nothing is made twice. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder, without a trailing slash. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Every file under the given paths (relative to the root, `/` between parts), sorted; a missing path gives nothing.
 * @param {readonly string[]} paths
 * @returns {string[]}
 */
export function filesUnder(paths) {
  /** @type {string[]} */
  const found = [];
  for (const path of paths) {
    const absolute = join(root, path);
    if (!existsSync(absolute)) continue;
    try {
      for (const entry of readdirSync(absolute, { withFileTypes: true })) {
        if (entry.name === "node_modules") continue;
        const child = `${path}/${entry.name}`;
        if (entry.isDirectory()) found.push(...filesUnder([child]));
        else found.push(child);
      }
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOTDIR")) throw error;
      found.push(path);
    }
  }
  return found.sort();
}

/**
 * One hash over the names and contents of every file under the paths.
 * @param {readonly string[]} paths
 * @returns {string}
 */
export function hashOf(paths) {
  const hash = createHash("sha256");
  for (const file of filesUnder(paths)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** @param {string} name */
const stampFile = (name) => join(root, "build", `${name}.stamp`);

/**
 * Runs `make` unless the same inputs were made before and every output is still there. Says whether it ran.
 * @param {string} name
 * @param {{ inputs: readonly string[], outputs: readonly string[], make: () => void | Promise<void> }} step
 * @returns {Promise<boolean>}
 */
export async function whenStale(name, { inputs, outputs, make }) {
  const hash = hashOf(inputs);
  const file = stampFile(name);
  const fresh = existsSync(file) && readFileSync(file, "utf8") === hash;
  if (fresh && outputs.every((output) => existsSync(join(root, output)))) return false;
  rmSync(file, { force: true });
  await make();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
  return true;
}
