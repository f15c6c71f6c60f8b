/**
 * `npm start`: set up, build what is stale, then be the command line. It runs in this very process, so its streams, its
 * exit code and Ctrl-C are its own.
 */
import { join } from "node:path";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { setup } from "./setup.mjs";
import { root } from "./stamp.mjs";

setup();
const given = argv.slice(2);
const { build } = await import("./build.mjs");
let ready = false;
try {
  await build({ lab: given[0] === "lab" });
  ready = true;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
if (ready) {
  const cli = join(root, "dist", "cli.js");
  process.argv = [process.execPath, cli, ...(given.length > 0 ? given : ["train", "digits"])];
  await import(pathToFileURL(cli).href);
}
