import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "vitest";
import { folder } from "../cli/run.js";

const library = pathToFileURL(fileURLToPath(new URL("../../dist/index.js", import.meta.url))).href;
/** Printed by the program itself, after what it says of its own accord. */
const printBits = `
console.log(JSON.stringify([...model.weights].map(([name, numbers]) => [name, [...new Uint32Array(Float32Array.from(numbers).buffer)]])));
`;

/** Weights as the bits of their float32 numbers. */
export const bitsOf = (weights: Iterable<readonly [string, ArrayLike<number>]>) =>
  [...weights].map(([name, numbers]) => [name, [...new Uint32Array(Float32Array.from(numbers).buffer)]]);

/** Runs a program of the lab in a folder of its own: what it says, and the bits of its weights. */
export function runProgram(program: string, beside: Readonly<Record<string, string>> = {}) {
  const where = folder();
  const file = join(where, "program.mjs");
  writeFileSync(file, program.replace('from "retrograd"', `from ${JSON.stringify(library)}`) + printBits);
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(where, name), text);
  const { status, stdout, stderr } = spawnSync(execPath, [file], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
