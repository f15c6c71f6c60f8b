/** Installs ONNX Runtime beside the tests that need it, once, whoever of several test processes comes first. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const scratch = fileURLToPath(new URL("../../build", import.meta.url));
const lock = join(scratch, "onnx-install.lock");
/** Milliseconds after which a lock is one that a killed process has left. */
const stale = 10 * 60_000;

export const isInstalled = () => existsSync(join(folder, "node_modules", ".package-lock.json"));

/** @returns {Promise<string | undefined>} why it could not be installed, in words */
export async function install() {
  mkdirSync(scratch, { recursive: true });
  while (!isInstalled()) {
    try {
      mkdirSync(lock);
    } catch {
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > stale)
        rmSync(lock, { recursive: true });
      await setTimeout(500);
      continue;
    }
    try {
      return runNpm();
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
  return undefined;
}

/** The binaries lie in the package: its install script, which would fetch CUDA libraries, is not needed. */
function runNpm() {
  const options = [
    "ci",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "--loglevel=error",
  ];
  const npm = env["npm_execpath"];
  const [command, ...args] = npm?.endsWith(".js") ? [execPath, npm, ...options] : ["npm", ...options];
  const { status, error, stderr } = spawnSync(String(command), args, {
    cwd: folder,
    encoding: "utf8",
    timeout: 5 * 60_000,
  });
  if (status === 0 && isInstalled()) return undefined;
  return `onnxruntime-node could not be installed: ${error?.message ?? stderr.trim().split("\n")[0] ?? `npm ended with ${status}`}`;
}
