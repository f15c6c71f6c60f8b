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

/** @type {import("esbuild").BuildOptions & { write: false }} */
const common = {
  absWorkingDir: root,
  format: "esm",
  platform: "neutral",
  target: ["es2022", "node20.19"],
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
  write: false,
};

/**
 * For Node: library and command line in one run, so that they share chunks, start fast, and a command is loaded only when it is
 * called. For pages: the library's modules one by one, so that a page's bundler can leave out whatever is not used.
 */
async function bundle() {
  const { build: esbuild, transform } = await import("esbuild");
  const dist = join(root, "dist");
  const forNode = await esbuild({
    ...common,
    entryPoints: {
      index: "src/index.ts",
      predict: "src/predict.ts",
      cli: "src/cli/main.ts",
      // The worker stands beside the chunk that starts it.
      "chunks/worker": "src/engines/wasm/worker.js",
    },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    packages: "external",
    alias: bundled,
    external: ["node:*"],
  });
  const forPages = await esbuild({
    ...common,
    entryPoints: filesUnder(["src"]).filter((file) => /\.[tj]s$/.test(file) && !file.startsWith("src/cli/")),
    outbase: "src",
    outdir: "dist/modules",
  });
  // Written over the module that would ask a page for KaTeX by name.
  const withFormulas = await esbuild({
    ...common,
    entryPoints: ["src/explain/render/mathml.ts"],
    outbase: "src",
    outdir: "dist/modules",
    bundle: true,
    minify: true,
    alias: bundled,
  });
  const written = new Set();
  for (const { path, text: readable } of [
    ...forNode.outputFiles,
    ...forPages.outputFiles,
    ...withFormulas.outputFiles,
  ]) {
    const cli = path === join(dist, "cli.js");
    const ofOthers = path.startsWith(join(dist, "chunks", "mathml-"));
    const text = ofOthers ? (await transform(readable, { minify: true, charset: "utf8" })).code : readable;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, cli && !text.startsWith("#!") ? `#!/usr/bin/env node\n${text}` : text, {
      mode: cli ? 0o755 : 0o644,
    });
    written.add(relative(root, path).replaceAll("\\", "/"));
  }
  for (const file of filesUnder(["dist"])) {
    if (!/^dist\/(types|lab)\//.test(file) && !written.has(file)) rmSync(join(root, file));
  }
}

function declarations() {
  rmSync(join(root, "dist", "types"), { recursive: true, force: true });
  rmSync(join(root, "build", "tsconfig.build.tsbuildinfo"), { force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("The declarations do not compile.");
}

/** The lab as a folder of static files. */
async function bundleLab() {
  const { build: vite } = await import("vite");
  await vite({ configFile: join(root, "lab", "vite.config.ts"), logLevel: "error" });
}

/**
 * @param {{ types?: boolean, lab?: boolean }} [options] `types`: emit the declarations as well (a package and its tests
 * need them). `lab`: bundle the lab as well.
 */
export async function build({ types = false, lab = false } = {}) {
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
    outputs: ["dist/index.js", "dist/cli.js", "dist/modules/index.js"],
    make: async () => {
      say("Bundling the library and the command line …");
      await bundle();
    },
  });
  if (lab)
    await whenStale("lab", {
      inputs: ["lab", ...sources],
      outputs: ["dist/lab/index.html"],
      make: async () => {
        say("Bundling the lab …");
        await bundleLab();
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
    await build({ types: !argv.includes("--no-types"), lab: argv.includes("--lab") });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
