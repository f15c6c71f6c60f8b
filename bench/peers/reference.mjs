/**
 * What every system's loss is checked against: the float64 reference engine's after the agreed steps. XL takes minutes, so
 * the numbers are kept in `reference-losses.json` with the case they belong to; a changed case is computed again.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { agreement, cases, dataOf } from "../cases.mjs";
import { takeLibrary } from "../library.mjs";
import { open } from "./systems/retrograd.mjs";

const file = fileURLToPath(new URL("reference-losses.json", import.meta.url));

/** @param {readonly import("../cases.mjs").Case[]} wanted @returns {Promise<Map<string, number>>} */
export async function referenceLosses(wanted) {
  /** @type {{ case: import("../cases.mjs").Case, steps: number, loss: number }[]} */
  let known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const matches = (/** @type {import("../cases.mjs").Case} */ one) =>
    known.find((entry) => entry.steps === agreement.steps && JSON.stringify(entry.case) === JSON.stringify(one));
  for (const one of wanted) {
    if (matches(one) !== undefined) continue;
    process.stderr.write(`Computing the reference loss of case ${one.name} in float64 …\n`);
    const data = dataOf(one);
    const system = await open(data, { engine: "reference", threads: 1 });
    for (let i = 0; i < agreement.steps; i++) await system.step(i % data.batches.length);
    known = [
      ...known.filter((entry) => entry.case.name !== one.name),
      { case: one, steps: agreement.steps, loss: system.loss() },
    ];
    const order = (/** @type {{ case: { name: string } }} */ entry) =>
      cases.findIndex(({ name }) => name === entry.case.name);
    known.sort((a, b) => order(a) - order(b));
    writeFileSync(file, `${JSON.stringify(known, null, 2)}\n`);
    system.close();
  }
  return new Map(wanted.map((one) => [one.name, /** @type {{ loss: number }} */ (matches(one)).loss]));
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  takeLibrary();
  const losses = await referenceLosses(cases);
  for (const [name, loss] of losses) process.stdout.write(`${name} ${loss}\n`);
}
