import { expect, test } from "vitest";
import { importsOf, violations } from "../../tools/import-rule.mjs";

const check = (files: Record<string, string>) => violations(new Map(Object.entries(files)), ["commander"]);

test("an import down the table is caught, with file, line, both rooms and what is allowed", () => {
  const found = check({
    "src/tensor/tensor.ts": "",
    "src/nn/dense.ts": "",
    "src/ops/add.ts": `import type { Tensor } from "../tensor/tensor.js";\n\nimport { dense } from "../nn/dense.js";\n`,
  });
  expect(found).toEqual(["src/ops/add.ts:3: room ops may not import room nn (src/nn/dense.ts); allowed: tensor"]);
});

test("a room may import itself and what its line allows; src/index.ts may import every room", () => {
  const found = check({
    "src/tensor/tensor.ts": "",
    "src/ops/add.ts": `export { x } from "../tensor/tensor.js";\nimport "./mul.js";\n`,
    "src/ops/mul.ts": "",
    "src/train/train.ts": `import { a } from "../ops/add.js";\nimport { b } from "../data/digits.js";\n`,
    "src/data/digits.ts": "",
    "src/index.ts": `export * from "./train/train.js";\n`,
  });
  expect(found).toEqual([]);
});

test("a room that stands alone, a room above that looks down, and a room that is not in the table", () => {
  const found = check({
    "src/random/seed.ts": `import { t } from "../tensor/tensor.js";\n`,
    "src/tensor/tensor.ts": "",
    "src/train/train.ts": `const view = await import("../explain/explain.js");\n`,
    "src/explain/explain.ts": "",
    "src/helpers/misc.ts": "",
  });
  expect(found).toEqual([
    "src/random/seed.ts:1: room random may not import room tensor (src/tensor/tensor.ts); allowed: nothing",
    expect.stringMatching(
      /^src\/train\/train.ts:1: room train may not import room explain .*; allowed: language, .*, data$/,
    ),
    "src/helpers/misc.ts:1: this folder is no room of tools/rooms.mjs",
  ]);
});

test("the command line, the lab and the benchmarks see only src/index.ts", () => {
  const found = check({
    "src/index.ts": "",
    "src/ops/add.ts": "",
    "src/cli/main.ts": `import { Command } from "commander";\nimport { train } from "../index.js";\nimport "./bar.js";\n`,
    "src/cli/bar.ts": `import { add } from "../ops/add.js";\n`,
    "lab/main.tsx": `import { train } from "retrograd";\n`,
    "bench/cases.ts": `import { add } from "../src/ops/add.js";\n`,
    "test/ops/add.test.ts": `import { add } from "../../src/ops/add.js";\n`,
  });
  expect(found).toEqual([
    "src/cli/bar.ts:1: room cli may not import room ops (src/ops/add.ts); allowed: src/index.ts",
    "bench/cases.ts:1: room bench may not import room ops (src/ops/add.ts); allowed: src/index.ts, measure, tools",
  ]);
});

test("a package that package.json does not name is caught in src/", () => {
  const found = check({
    "src/cli/main.ts": `import { z } from "lodash/map";\nimport "node:fs";\nimport "fs";\n`,
    "test/x.test.ts": `import { test } from "vitest";\n`,
  });
  expect(found).toEqual([
    `src/cli/main.ts:1: "lodash" is no dependency in package.json (a Node module is written "node:…")`,
    `src/cli/main.ts:3: "fs" is no dependency in package.json (a Node module is written "node:…")`,
  ]);
});

test("files of different rooms that import each other in a circle are named", () => {
  const found = check({
    "src/ops/add.ts": `import type { Table } from "../index.js";\n`,
    "src/index.ts": `export * from "./ops/add.js";\n`,
  });
  expect(found).toEqual([
    "src/ops/add.ts:1: room ops may not import src/index.ts; allowed: tensor",
    "src/ops/add.ts:1: these files of different rooms import each other: src/ops/add.ts → src/index.ts",
  ]);
});

test("every form of import is read, and only imports", () => {
  const text = [
    `import {\n  a,\n  type B,\n} from "./a.js";`,
    `export * as ops from "./b.js";`,
    `const lazy = () => import("./c.js");`,
    `let t: import("./d.js").T;`,
    `new Worker(new URL("./e.js", import.meta.url));`,
    `const words = 'one must import "./f.js"';`,
    `// import { g } from "./g.js";`,
    `export const h = "./h.js";`,
  ].join("\n");
  expect(importsOf("x.ts", text).map(({ line, specifier }) => `${line} ${specifier}`)).toEqual([
    "4 ./a.js",
    "5 ./b.js",
    "6 ./c.js",
    "7 ./d.js",
    "8 ./e.js",
  ]);
});
