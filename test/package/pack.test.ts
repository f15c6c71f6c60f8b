import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../tools/build.mjs";

/** The package as a stranger gets it: packed, installed into an empty project, run by plain Node, compiled by strict tsc. */

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

/** npm itself, the one that runs this test where there is one. */
function npm(args: readonly string[], cwd: string) {
  const self = process.env["npm_execpath"];
  const [command, first] = self?.endsWith(".js") ? [process.execPath, [self]] : ["npm", []];
  return run(command, [...first, ...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd });
}

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** The story that DESIGN tells newcomers, two epochs of it. */
const story = `
import { adagrad, dense, digits, relu, sequential, softmaxCrossEntropy, train } from "retrograd";

const { training, test } = digits();
const network = sequential(dense(64, 64), relu, dense(64, 10));
const run = await train(network, training, { loss: softmaxCrossEntropy(), optimizer: adagrad(0.05), epochs: 2, seed: 1 });
console.log(JSON.stringify(await run.evaluateOn(test)));
`;

describe("the packed package", () => {
  let consumer = "";
  let packed: Packed;

  beforeAll(async () => {
    await build({ types: true });
    consumer = await mkdtemp(join(tmpdir(), "retrograd-consumer-"));
    const { stdout } = await npm(["pack", "--json", "--pack-destination", consumer], root);
    packed = (JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as Packed[])[0] as Packed;
    await writeFile(
      join(consumer, "package.json"),
      JSON.stringify({ name: "consumer", private: true, type: "module" }),
    );
    const tarball = join(consumer, packed.filename);
    await npm(["install", tarball, "--prefer-offline", "--ignore-scripts", "--prefix", consumer], consumer);
    await writeFile(join(consumer, "story.mjs"), story);
    await mkdir(join(consumer, "src"));
    await writeFile(join(consumer, "src", "story.ts"), story);
  });

  afterAll(async () => {
    if (consumer) await rm(consumer, { recursive: true, force: true });
  });

  test("holds what it should and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["package.json", "LICENSE", "dist/index.js", "dist/cli.js"]));
    expect(paths).toContain("dist/types/index.d.ts");
    const expected =
      /^(package\.json|LICENSE|NOTICE|CHANGELOG\.md|README(\.[\w-]+)?\.md|dist\/(index|predict|cli|modules\/[\w/.-]+|chunks\/[\w.-]+)\.js|dist\/types\/[\w/.-]+\.d\.ts|dist\/lab\/(index\.html|icon\.svg|assets\/[\w.-]+\.(js|css|woff2)))$/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
    expect(packed.unpackedSize).toBeLessThan(5_000_000);
  });

  test("no file of it names a source map or a path of the machine that built it", async () => {
    const folder = join(consumer, "node_modules", "retrograd");
    const odd: string[] = [];
    for (const file of await readdir(folder, { recursive: true })) {
      if (!/\.(js|ts|json|md)$/.test(file)) continue;
      const text = await readFile(join(folder, file), "utf8");
      if (text.includes("sourceMappingURL=")) odd.push(`${file}: a source map`);
      if (text.includes(root.replace(/[\\/]$/, ""))) odd.push(`${file}: a path of this machine`);
    }
    expect(odd).toEqual([]);
  });

  test("runs in plain Node", async () => {
    const { stdout } = await run(process.execPath, ["story.mjs"], { cwd: consumer });
    const result = JSON.parse(stdout) as { loss: number; accuracy: number };
    expect(result.loss).toBeGreaterThan(0);
    expect(result.accuracy).toBeGreaterThan(0.5);
  });

  test("brings its command", async () => {
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    const { stdout } = await npm(["exec", "--offline", "--", "retrograd", "--version"], consumer);
    expect(stdout.trim()).toBe(version);
  });

  test("compiles in a strict project that checks its declarations and has no Node types", async () => {
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      module: "nodenext",
      target: "es2022",
      types: [],
      noEmit: true,
    };
    await writeFile(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
    const { stdout } = await run(process.execPath, [tsc, "-p", consumer]).catch((error: { stdout: string }) => error);
    expect(stdout).toBe("");
  });
});
