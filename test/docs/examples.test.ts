import { execFile } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Block, blocksIn, blocksOf } from "./blocks.js";

/**
 * Every `ts` block of the documents is type-checked against src/index.ts and executed against the built package, each in
 * an empty folder (`ts no-run` is only type-checked); a `sh run` block is executed with `npx retrograd …` and
 * `npm start -- …` standing for the built command line.
 */

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const blocks = blocksIn(root);
const typescript = blocks.filter(({ language }) => language === "ts" || language === "typescript");
const scripts = blocks.filter(({ language, marks }) => language === "sh" && marks.includes("run"));

/** The block on the lines it has in its document, so that every message carries the right line. */
const onItsLine = ({ line, code }: Block) => `${"\n".repeat(line - 1)}${code}\n`;
const nameOf = ({ file, line }: Block) => `${file}:${line}`;
const slug = (block: Block) => nameOf(block).replaceAll(/[/:]/g, "-");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "retrograd-docs-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "retrograd"), "junction");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** An empty folder of its own for one block. */
function place(block: Block): string {
  const own = join(folder, slug(block));
  mkdirSync(own);
  return own;
}

/** What a failed child said, with the block's name in front. */
function said(block: Block, error: unknown): Error {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  return new Error(`${nameOf(block)} fails:\n${block.code}\n\n${stdout}${stderr}`.trim());
}

describe("the examples of the documents", () => {
  test("compile against the sources", async () => {
    const checked = join(root, "build", "docs-examples");
    rmSync(checked, { recursive: true, force: true });
    if (typescript.length === 0) return;
    mkdirSync(checked, { recursive: true });
    for (const block of typescript) writeFileSync(join(checked, `${slug(block)}.ts`), onItsLine(block));
    const compilerOptions = {
      incremental: false,
      moduleDetection: "force",
      noUnusedLocals: false,
      noUnusedParameters: false,
      paths: { retrograd: ["../../src/index.ts"] },
    };
    const config = { extends: "../../tsconfig.json", compilerOptions, include: ["*.ts"], exclude: [] };
    writeFileSync(join(checked, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = await run(process.execPath, [tsc, "-p", checked]).catch((error: { stdout: string }) => error);
    let readable = stdout;
    for (const block of typescript) {
      readable = readable.replaceAll(new RegExp(`\\S*${slug(block)}\\.ts\\((\\d+),\\d+\\)`, "g"), `${block.file}:$1`);
    }
    expect(readable).toBe("");
  });

  test.for(
    typescript.filter(({ marks }) => !marks.includes("no-run")).map((block) => ({ block, name: nameOf(block) })),
  )("$name runs", async ({ block }) => {
    const cwd = place(block);
    const { code } = await transform(onItsLine(block), {
      loader: "ts",
      format: "esm",
      target: "node20.19",
      sourcefile: nameOf(block).replace(/:\d+$/, ""),
      sourcemap: "inline",
    });
    writeFileSync(join(cwd, "example.mjs"), code);
    await run(process.execPath, ["--enable-source-maps", "example.mjs"], { cwd }).catch((error: unknown) => {
      throw said(block, error);
    });
  });

  test.for(scripts.map((block) => ({ block, name: nameOf(block) })))("$name runs", async ({ block }) => {
    const prelude = [
      "set -e",
      `retrograd() { "${process.execPath}" "${join(root, "dist", "cli.js")}" "$@"; }`,
      `npx() { shift; retrograd "$@"; }`,
      `npm() { shift; if [ "$1" = -- ]; then shift; fi; if [ $# = 0 ]; then set -- train digits; fi; retrograd "$@"; }`,
    ];
    await run("bash", ["-c", `${prelude.join("\n")}\n${block.code}`], { cwd: place(block) }).catch((error: unknown) => {
      throw said(block, error);
    });
  });
});

describe("reading the blocks of a document", () => {
  test("gives language, marks, first line and code, and takes the indent of a list away", () => {
    const text =
      "# T\n\n```ts no-run\nlet a = 1;\n```\n\n- one\n\n  ```sh run\n  npx retrograd plot\n  ```\n\n````md\n```ts\n```\n````\n";
    expect(blocksOf("x.md", text)).toEqual([
      { file: "x.md", line: 4, language: "ts", marks: ["no-run"], code: "let a = 1;" },
      { file: "x.md", line: 10, language: "sh", marks: ["run"], code: "npx retrograd plot" },
      { file: "x.md", line: 14, language: "md", marks: [], code: "```ts\n```" },
    ]);
  });
});
