/** `npm run notes`: bundles notes/main.ts and runs it. `--measure` runs the experiments as well (minutes). */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setup } from "./setup.mjs";
import { root } from "./stamp.mjs";

setup();
const { build } = await import("./build.mjs");
await build();
const { build: esbuild } = await import("esbuild");
const { outputFiles } = await esbuild({
  entryPoints: [join(root, "notes", "main.ts")],
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  write: false,
  logLevel: "error",
});
// Inside the project, so that packages are found.
const file = join(root, "build", "notes.mjs");
mkdirSync(join(root, "build"), { recursive: true });
writeFileSync(file, outputFiles[0]?.contents ?? "");
const { main } = await import(pathToFileURL(file).href);
await main(root);
