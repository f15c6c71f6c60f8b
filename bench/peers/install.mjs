/** Installs the peers beside this file, once: again only when the lock file says something else. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { platform } from "node:process";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const stamp = join(here, "node_modules", ".installed");
const lock = readFileSync(join(here, "package-lock.json"), "utf8");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  // No install scripts: brain.js would build a GPU binding it can do without; the others need none.
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: here,
    stdio: ["ignore", "ignore", "inherit"],
    shell: platform === "win32",
  });
  if (status !== 0) throw new Error("the peers could not be installed; see the message above");
  writeFileSync(stamp, lock);
}
