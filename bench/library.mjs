/**
 * The library as built now, copied aside: a benchmark runs for minutes, and the bundle it began with is the one it ends
 * with, whatever is edited or built meanwhile. Child processes get the copy's place in the environment. It lies where the
 * peers are installed, so that the onnx engine finds the ONNX Runtime among them.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { env, execPath, pid, stderr } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const variable = "RETROGRAD_BENCH_LIBRARY";

/** Builds what is stale and copies the bundle; a second call, here or in a child, finds the first one's copy. */
export function takeLibrary() {
  if (env[variable] !== undefined) return;
  const { status } = spawnSync(execPath, [join(root, "tools", "build.mjs"), "--no-types"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    if (!existsSync(join(root, "dist", "index.js")))
      throw new Error("the library does not build; see the message above");
    stderr.write("The library does not build as it is now; timing the bundle built last.\n");
  }
  const copies = join(root, "bench", "peers", "build");
  clearAway(copies);
  const place = join(copies, `library-${pid}`);
  mkdirSync(place, { recursive: true });
  const dist = join(root, "dist");
  cpSync(dist, join(place, "dist"), { recursive: true, filter: (path) => path !== join(dist, "types") });
  cpSync(join(root, "package.json"), join(place, "package.json"));
  env[variable] = join(place, "dist");
  process.on("exit", () => rmSync(place, { recursive: true, force: true }));
}

/** Copies left by runs that were cut off. @param {string} folder */
function clearAway(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const owner = /^library-(\d+)$/.exec(name)?.[1];
    if (owner === undefined) continue;
    try {
      process.kill(Number(owner), 0);
    } catch {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** Whether the bundle mentions a word: what it can do is told by the options it knows. @param {string} word */
export function libraryMentions(word) {
  const folder = libraryFolder();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.some((file) => file.endsWith(".js") && readFileSync(join(folder, file), "utf8").includes(word));
}

/** Whether the wasm engine of this bundle has threads: it then shares its memory with workers. */
export const hasThreads = () => libraryMentions("shared: true") || libraryMentions("worker_threads");

/** Folder of the bundle in use. */
export const libraryFolder = () => env[variable] ?? join(root, "dist");

/** @returns {Promise<typeof import("../src/index.js")>} */
export async function library() {
  const index = join(libraryFolder(), "index.js");
  if (!existsSync(index)) throw new Error("the library is not built; run `npm run build` first");
  return import(pathToFileURL(index).href);
}
