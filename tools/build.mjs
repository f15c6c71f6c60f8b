/** Builds what is stale: kernels, then the bundles of the library and the command line, then (asked for) declarations. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { argv, execPath } from "node:process";
import { pathToFileURL } from "node:url";
import { buildKernels, kernelInputs, kernelOutputs } from "./build-kernels.mjs";
import { filesUnder, root, whenStale } from "./stamp.mjs";

/** @param {string} text */
const say = (text) => process.stderr.write(`${text}\n`);

/** What is bundled, in a chunk of its own that is loaded when it is called; every other package stays a dependency. */
export const bundled = { katex: "./node_modules/katex/dist/katex.mjs" };

/** Library and command line in one run, so that they share chunks and a command is loaded only when it is called. */
async function bundle() {
  const { build: esbuild, transform } = await import("esbuild");
  const dist = join(root, "dist");
  const result = await esbuild({
    absWorkingDir: root,
    entryPoints: { index: "src/index.ts", cli: "src/cli/main.ts" },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    target: ["es2022", "node20.19"],
    packages: "external",
    alias: bundled,
    external: ["node:*"],
    legalComments: "none",
    charset: "utf8",
    logLevel: "warning",
    write: false,
  });
  const written = new Set();
  for (const { path, text: readable } of result.outputFiles) {
    const cli = path === join(dist, "cli.js");
    const ofOthers = Object.keys(bundled).some((name) => path.startsWith(join(dist, "chunks", `${name}-`)));
    const text = ofOthers ? (await transform(readable, { minify: true, charset: "utf8" })).code : readable;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, cli && !text.startsWith("#!") ? `#!/usr/bin/env node\n${text}` : text, {
      mode: cli ? 0o755 : 0o644,
    });
    written.add(relative(root, path).replaceAll("\\", "/"));
  }
  for (const file of filesUnder(["dist"])) {
    if (!file.startsWith("dist/types/") && !written.has(file)) rmSync(join(root, file));
  }
}

function declarations() {
  rmSync(join(root, "dist", "types"), { recursive: true, force: true });
  rmSync(join(root, "build", "tsconfig.build.tsbuildinfo"), { force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("The declarations do not compile.");
}

/**
 * @param {{ types?: boolean }} [options] `types`: emit the declarations as well (a package and its tests need them).
 */
export async function build({ types = false } = {}) {
  const entries = ["src/index.ts", "src/cli/main.ts"];
  const missing = entries.filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0)
    throw new Error(
      `There is nothing to build yet; ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} still missing.`,
    );

  if (existsSync(join(root, "kernels")))
    await whenStale("kernels", {
      inputs: [...kernelInputs, "package-lock.json"],
      outputs: kernelOutputs,
      make: async () => {
        say("Compiling the kernels …");
        await buildKernels();
      },
    });
  const sources = ["src", "package.json", "package-lock.json", "tools/build.mjs"];
  await whenStale("bundle", {
    inputs: sources,
    outputs: ["dist/index.js", "dist/cli.js"],
    make: async () => {
      say("Bundling the library and the command line …");
      await bundle();
    },
  });
  if (!types) return;
  await whenStale("types", {
    inputs: [...sources, "tsconfig.json", "tsconfig.build.json"],
    outputs: ["dist/types/index.d.ts"],
    make: () => {
      say("Writing the declarations …");
      declarations();
    },
  });
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  try {
    await build({ types: !argv.includes("--no-types") });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
