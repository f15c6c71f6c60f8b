/** Writes a run's results: a page to read, and the numbers behind it, laid out as the repository's formatter wants them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";

const biome = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url));

/** Five digits are more than any of these figures is good for. @param {string} _ @param {unknown} value */
const short = (_, value) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;

/** @param {string} folder @param {string} name @param {object} result @param {string} page */
export function writeResults(folder, name, result, page) {
  mkdirSync(folder, { recursive: true });
  const json = join(folder, `${name}.json`);
  writeFileSync(json, `${JSON.stringify(result, short, 2)}\n`);
  writeFileSync(join(folder, `${name}.md`), page);
  const config = fileURLToPath(new URL("..", import.meta.url));
  if (existsSync(biome)) {
    spawnSync(execPath, [biome, "format", "--write", `--config-path=${config}`, json], {
      cwd: config,
      stdio: "ignore",
    });
  }
}
