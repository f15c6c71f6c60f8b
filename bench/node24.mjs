/** A Node that has relaxed SIMD: this one when it is 24 or later, the one in the variable NODE24, or the one beside the peers. */
import { existsSync } from "node:fs";
import { arch, env, execPath, platform, versions } from "node:process";
import { fileURLToPath } from "node:url";

/** @returns {string | undefined} the path of its executable */
export function node24() {
  if (Number(versions.node.split(".")[0]) >= 24) return execPath;
  const system = platform === "win32" ? "win" : platform;
  const beside = fileURLToPath(new URL(`peers/node_modules/node-${system}-${arch}/bin/node`, import.meta.url));
  return [env["NODE24"], beside].find((path) => path !== undefined && path !== "" && existsSync(path));
}

export const noNode24 = "there is no Node 24 (install the peers, or give its path in the variable NODE24)";
