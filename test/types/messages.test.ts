import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

/** What does not fit must not compile, and the compiler must say which layer or operand expects what and gets what. */

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const folder = join(here, "errors");
const fixtures = readdirSync(folder).filter((file) => file.endsWith(".ts"));
const goldenPath = join(folder, "messages.txt");

interface Complaint {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

let complaints: readonly Complaint[] = [];

/** The compiler's messages, each a first line `path(line,column): error …` and lines that are indented. */
function parse(output: string): Complaint[] {
  const found: { file: string; line: number; text: string }[] = [];
  for (const line of output.split(/\r?\n/)) {
    const [, path, number, text] = /^(\S.*?)\((\d+),\d+\): (error .*)$/.exec(line) ?? [];
    if (path !== undefined)
      found.push({
        file: path.replaceAll("\\", "/").replace(/^.*test\/types\//, ""),
        line: Number(number),
        text: text as string,
      });
    else if (line.startsWith("  ") && found.length > 0) (found.at(-1) as { text: string }).text += `\n${line}`;
  }
  return found;
}

beforeAll(() => {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(execPath, [tsc, "-p", join(folder, "tsconfig.json"), "--noEmit", "--pretty", "false"], {
    cwd: root,
    encoding: "utf8",
  });
  complaints = parse(stdout);
});

const of = (file: string) => complaints.filter((complaint) => complaint.file === file);

it("shapes are inferred as test/types/inference.ts says", () => {
  expect(of("inference.ts")).toEqual([]);
});

describe.each(fixtures)("errors/%s", (file) => {
  const lines = readFileSync(join(folder, file), "utf8").split("\n");
  const marked = lines.flatMap((text, i) => (text.endsWith("// ✗") ? [i + 1] : []));

  it("every line marked ✗ is an error, and no other", () => {
    expect(marked.length).toBeGreaterThan(1);
    expect([...new Set(of(`errors/${file}`).map(({ line }) => line))]).toEqual(marked);
  });
});

it.each([
  ["network.ts", "wrong ", "layer 3 takes 16 features, but the layers before it give 32"],
  ["network.ts", "wrongAfterDropout", "layer 4 takes 31 features, but the layers before it give 32"],
  ["network.ts", "wrongNorm", "layer 2 takes 16 features, but the layers before it give 32"],
  ["network.ts", "wrongLast", "layer 6 takes 3 features, but the layers before it give 8"],
  ["network.ts", "wrongAfterRunTime", "layer 3 takes 64 features, but the layers before it give 32"],
  ["network.ts", "wrongOption", "Did you mean to write 'slope'?"],
  [
    "product.ts",
    "wrong ",
    "matmul of [2, 3] and [2, 3]: the left has 3 columns, the right has 2 rows; they must be equal",
  ],
  ["product.ts", "vector", "matmul needs two axes on the right, got [3]"],
  ["product.ts", "box", "matmul needs two axes on the left, got [2, 3, 4]"],
  ["broadcast.ts", "wrongRow", "[2, 3] and [2] do not broadcast: aligned at the last axis, sizes must be equal or 1"],
  [
    "broadcast.ts",
    "wrongBox",
    "[4, 2, 3] and [4, 1, 2] do not broadcast: aligned at the last axis, sizes must be equal or 1",
  ],
  ["batch.ts", "wrong ", "the network takes batches of shape [examples, 4], got [32, 5]"],
  ["batch.ts", "single", "the network takes batches of shape [examples, 4], got [4]"],
  ["data.ts", "wrongFeatures", "the network takes 64 features, but the data has 2"],
  ["data.ts", "wrongClasses", "the network gives 5 outputs, but the data has 10"],
  ["data.ts", "oneFeature", "the network takes 1 features, but the data has 2"],
  ["data.ts", "judgedWrong", "the network takes 64 features, but the data has 2"],
] as const)("%s, %s: %s", (file, name, sentence) => {
  const line =
    readFileSync(join(folder, file), "utf8")
      .split("\n")
      .findIndex((text) => text.startsWith(`export const ${name}`)) + 1;
  expect(
    of(`errors/${file}`)
      .filter((complaint) => complaint.line === line)
      .map(({ text }) => text)
      .join("\n"),
  ).toContain(sentence);
});

it("the messages are as they were (UPDATE_GOLDEN=1 writes them anew)", () => {
  const text = fixtures
    .flatMap((file) => of(`errors/${file}`))
    .map(({ file, line, text: message }) => `${file}:${line}\n${message}\n`)
    .join("\n");
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(goldenPath, text);
  expect(text).toBe(existsSync(goldenPath) ? readFileSync(goldenPath, "utf8") : "(there is no such file)");
});
