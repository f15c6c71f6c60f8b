/**
 * `npm run test:runtimes`: the engine's suites on Node 20 (or the Node at hand) and Node 24, with the portable and with the
 * relaxed build of the kernels. Node 24 is installed from the npm registry into build/, once.
 * What follows goes to Vitest: `npm run test:runtimes -- test/oracle`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { arch, argv, env, execPath, platform, versions } from "node:process";
import { root } from "./stamp.mjs";

const suites = ["kernels", "conformance", "oracle", "train", "threads", "onnx"].map((room) => `test/${room}`);
const folder = join(root, "build", "runtimes");

/** The program of Node 24: a package a system, so no install script is needed. @returns {string} */
function node24() {
  const system = platform === "win32" ? "win" : platform;
  const name = `${system === "darwin" && arch === "arm64" ? "node-bin" : "node"}-${system}-${arch}`;
  const program = join(folder, "node_modules", name, "bin", system === "win" ? "node.exe" : "node");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const options = ["--prefix", folder, "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"];
  const { status } = spawnSync("npm", ["install", ...options, `${name}@24`], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status === 0 && existsSync(program)) return program;
  throw new Error(`Node 24 could not be installed from the npm registry (${name}@24); look at what npm says above.`);
}

/** vitest.config.ts reads the build. @param {string} node @param {"portable" | "relaxed"} build */
function run(node, build) {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const given = argv.slice(2);
  const { status } = spawnSync(node, [vitest, "run", ...(given.length > 0 ? given : suites)], {
    cwd: root,
    stdio: "inherit",
    env: { ...env, RETROGRAD_BUILD: build },
  });
  return status === 0;
}

/** @type {[name: string, run: () => boolean][]} */
const runs = [
  [`Node ${versions.node}, portable`, () => run(execPath, "portable")],
  [`Node ${versions.node}, relaxed`, () => run(execPath, "relaxed")],
  ["Node 24, portable", () => run(node24(), "portable")],
  ["Node 24, relaxed", () => run(node24(), "relaxed")],
];
const results = runs.map(([name, test]) => {
  console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
  return `${name}: ${test() ? "fine" : "FAILED"}`;
});
console.log(`\n${results.join("\n")}`);
if (results.some((result) => result.endsWith("FAILED"))) process.exitCode = 1;
