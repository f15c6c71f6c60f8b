/** What the library costs beside time: start-up of the command line, bytes in a page, memory over many steps. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { libraryFolder } from "./library.mjs";
import { median } from "./statistics.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** `retrograd --help` over `node -e 0`, in milliseconds; the two take turns. @param {number} [rounds] */
export function startup(rounds = 21) {
  const cli = join(libraryFolder(), "cli.js");
  const once = (/** @type {readonly string[]} */ args) => {
    const start = performance.now();
    const { status } = spawnSync(execPath, args, { stdio: "ignore" });
    return { milliseconds: performance.now() - start, status };
  };
  /** @type {number[]} */
  const help = [];
  /** @type {number[]} */
  const bare = [];
  /** @type {number | null} */
  let status = 0;
  for (let i = 0; i < rounds; i++) {
    const run = once([cli, "--help"]);
    status = run.status;
    help.push(run.milliseconds);
    bare.push(once(["-e", "0"]).milliseconds);
  }
  return {
    help: median(help),
    bare: median(bare),
    over: median(help.map((time, i) => time - Number(bare[i]))),
    works: status === 0,
  };
}

/** Small programs as a page would have them. */
const programs = {
  training: `import { adagrad, dense, relu, sequential, softmaxCrossEntropy, synthetic, train } from "retrograd";
const { training, test } = synthetic.spiral({ classes: 3 });
const network = sequential(dense(2, 16), relu, dense(16, 3));
const run = await train(network, training, { loss: softmaxCrossEntropy(), optimizer: adagrad(0.05), epochs: 30, seed: 1 });
console.log(await run.evaluateOn(test));`,
  "prediction-only": `import { loadModel, predict } from "retrograd/predict";
const model = loadModel(new Uint8Array(await (await fetch("model.safetensors")).arrayBuffer()));
console.log(await predict(model, [[0.5, -0.25]]));`,
  "prediction by the wasm engine": `import { loadModel, predict } from "retrograd";
const model = await loadModel(new Uint8Array(await (await fetch("model.safetensors")).arrayBuffer()));
console.log(await predict(model, [[0.5, -0.25]]));`,
};

/**
 * Minified bundles of the small programs in gzipped bytes: what is loaded to run them (the entry, what it imports, the Wasm
 * among it), and beside it what would only be loaded on demand. Bundled from the modules that a page's bundler is given.
 */
export async function bundleSizes() {
  const { build } = await import("esbuild");
  const modules = join(libraryFolder(), "modules");
  /** @type {Record<string, { bytes: number, gzip: number, onDemandGzip: number }>} */
  const sizes = {};
  for (const [name, contents] of Object.entries(programs)) {
    const { metafile, outputFiles } = await build({
      stdin: { contents, resolveDir: root, loader: "js" },
      absWorkingDir: root,
      alias: { "retrograd/predict": join(modules, "predict.js"), retrograd: join(modules, "index.js") },
      bundle: true,
      minify: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      external: ["node:*", "onnxruntime-node", "onnxruntime-web"],
      outdir: "out",
      write: false,
      metafile: true,
      logLevel: "error",
    });
    const loaded = new Set(
      Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) => (entryPoint === "<stdin>" ? [file] : [])),
    );
    for (const file of loaded) {
      for (const { path, kind } of metafile.outputs[file]?.imports ?? [])
        if (kind === "import-statement") loaded.add(path);
    }
    const sums = { bytes: 0, gzip: 0, onDemandGzip: 0 };
    for (const { path, contents: bytes } of outputFiles) {
      const zipped = gzipSync(bytes, { level: 9 }).length;
      if (loaded.has(relative(root, path).replaceAll("\\", "/"))) {
        sums.bytes += bytes.length;
        sums.gzip += zipped;
      } else sums.onDemandGzip += zipped;
    }
    sizes[name] = sums;
  }
  return sizes;
}

/** @returns {{ steps: number, growth: number[], garbagePerStep: number } | undefined} nothing when the run failed */
export function flatHeap() {
  const script = fileURLToPath(new URL("flat-heap.mjs", import.meta.url));
  if (!existsSync(script)) return undefined;
  const { status, stdout } = spawnSync(
    execPath,
    ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64", script],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return status === 0 ? JSON.parse(stdout) : undefined;
}
