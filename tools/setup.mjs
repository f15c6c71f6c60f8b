/** What `npm start` and `npm test` need before anything else: the right Node and the packages of package-lock.json. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { arch, env, execPath, exit, platform, stderr, versions } from "node:process";
import { root } from "./stamp.mjs";

/** @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[] }} Locked */

/**
 * @param {string} file
 * @returns {Map<string, Locked>}
 */
function lockedPackages(file) {
  /** @type {{ packages?: Record<string, Locked> }} */
  const lock = JSON.parse(readFileSync(file, "utf8"));
  return new Map(Object.entries(lock.packages ?? {}).filter(([path]) => path !== ""));
}

/** Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
export function isInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = lockedPackages(record);
  for (const { os, cpu } of installed.values()) {
    if ((os && !os.includes(platform)) || (cpu && !cpu.includes(arch))) return false;
  }
  for (const [path, wanted] of lockedPackages(join(root, "package-lock.json"))) {
    const found = installed.get(path);
    if (found ? found.version !== wanted.version : !wanted.optional) return false;
  }
  return true;
}

function checkNode() {
  const [major = 0, minor = 0] = versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stderr.write(`retrograd needs Node 20.19 or newer; this is Node ${versions.node}.\n`);
  exit(1);
}

function install() {
  stderr.write("Installing what retrograd needs (npm ci); this happens once …\n");
  const options = ["ci", "--include=dev", "--include=optional", "--ignore-scripts"];
  options.push("--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
  const npm = env["npm_execpath"];
  const [command, ...args] = npm?.endsWith(".js") ? [execPath, npm, ...options] : ["npm", ...options];
  const { status, error } = spawnSync(String(command), args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: platform === "win32" && command === "npm",
  });
  if (status === 0) return;
  stderr.write(`npm ci did not finish${error ? ` (${error.message})` : ""}: see the lines above, then try again.\n`);
  exit(status || 1);
}

/** Checks Node, and installs the packages when they are missing or the lock file has changed. */
export function setup() {
  checkNode();
  if (!isInstalled()) install();
}
