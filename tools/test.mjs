/**
 * `npm test`: set up, then every check, one after the other, up to the first that fails.
 * `npm test -- --only <step>` runs one step; what follows `--` after it goes to that step's program.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { argv, execPath } from "node:process";
import { setup } from "./setup.mjs";
import { root } from "./stamp.mjs";

/** Milliseconds that one step may take: a test that spins without end cannot be stopped from inside. */
const LIMIT = 20 * 60_000;
const results = join(root, "build", "vitest.json");

/**
 * @param {string} script
 * @param {...string} args
 */
const node = (script, ...args) => [join(root, script), ...args];

/** @type {Record<string, readonly string[]>} */
const steps = {
  lint: node("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
  rooms: node("tools/import-rule.mjs"),
  build: node("tools/build.mjs"),
  types: node("node_modules/typescript/bin/tsc", "--noEmit"),
  unit: node(
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
  ),
};

/** @returns {{ passed: number, failed: number, skipped: number }} */
function counts() {
  if (!existsSync(results)) return { passed: 0, failed: 0, skipped: 0 };
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} */
  const report = JSON.parse(readFileSync(results, "utf8"));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @returns {number} the exit code */
function main() {
  const only = argv.indexOf("--only");
  const wanted = only < 0 ? Object.keys(steps) : [argv[only + 1] ?? ""];
  const extra = only < 0 ? argv.slice(2) : argv.slice(only + 2);
  const unknown = wanted.find((name) => !(name in steps));
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}"; the steps are ${Object.keys(steps).join(", ")}.`);
    return 2;
  }
  setup();
  rmSync(results, { force: true });
  const began = performance.now();
  let code = 0;
  for (const name of wanted) {
    const started = performance.now();
    console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
    const last = name === wanted.at(-1);
    const args = [...(steps[name] ?? []), ...(last ? extra.filter((arg) => arg !== "--") : [])];
    code = spawnSync(execPath, args, { cwd: root, stdio: "inherit", timeout: LIMIT }).status ?? 1;
    console.log(`${name}: ${code === 0 ? "fine" : `FAILED (exit ${code})`}, ${seconds(started)}`);
    if (code !== 0) break;
  }
  const { passed, failed, skipped } = counts();
  const red = code === 0 ? failed : Math.max(failed, 1);
  console.log(`\nAll in ${seconds(began)}.`);
  if (code !== 0 || wanted.includes("unit"))
    console.log(`${passed} passed, ${red} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return code;
}

/** @param {number} since */
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

process.exitCode = main();
