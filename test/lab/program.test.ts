import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { fallbacks } from "../../lab/model/fields.js";
import { readOwnData } from "../../lab/model/own-data.js";
import { dataFile, isBeside } from "../../lab/model/own-source.js";
import { type RunSettings, runFields } from "../../lab/model/playground-state.js";
import { programOf } from "../../lab/model/program.js";
import { Trainer } from "../../lab/worker/trainer.js";
import { folder } from "../cli/run.js";
import { bitsOf, runProgram } from "./run-program.js";

const cases: Record<string, [Partial<RunSettings>, number]> = {
  "the first screen": [{}, 101],
  "a weight changed by hand": [{ edits: "0:W[1]:3:0.5,20:b[2]:1:-2", data: "moons", noise: 0.1 }, 45],
  "the untrained network": [{ data: "xor", noise: 0.06, layers: [4], init: "heNormal" }, 0],
  "digits with everything": [
    {
      data: "digits",
      layers: [20, 12],
      activation: "relu",
      dropout: 0.25,
      decay: 0.001,
      optimizer: "adagrad",
      rate: 0.05,
      batch: 50,
      seed: 3,
      init: "xavierNormal",
    },
    33,
  ],
};

/** A table with what is hard to write into a program: quotes, backslashes, backticks, line ends of two kinds. */
const mixed = (count: number) =>
  [
    `name,size,\`when\`,\${price},worth`,
    ...Array.from({ length: count }, (_, i) =>
      [
        i % 9 === 4 ? "" : ["C:\\new", '"a ""b"""', "小`明"][i % 3],
        i % 7 === 3 ? "NA" : (Math.sin(i) * 10).toFixed(3),
        i % 2 ? "day" : "night",
        (i * i) % 17,
        (3 * Math.sin(i) + (i % 3)).toFixed(4),
      ].join(","),
    ),
  ].join("\r\n");
/** Own tables: rows, the column to predict, settings, steps. */
const ownCases: Record<string, [number, string, Partial<RunSettings>, number]> = {
  "classes, in the program": [60, "name", { layers: [6], batch: 7, seed: 4 }, 31],
  "numbers, in the program": [80, "worth", { layers: [5, 4], activation: "relu", dropout: 0.2 }, 40],
  "numbers, changed by hand": [50, "worth", { layers: [3], edits: "2:W[1]:0:0.25" }, 9],
  "classes, changed by hand": [50, "`when`", { layers: [3], edits: "0:b[1]:1:-1" }, 12],
  "classes, in a file beside it": [2000, "name", { layers: [4], batch: 64 }, 50],
};
const ownTable = ([count, target]: [number, string, ...unknown[]]) => readOwnData(mixed(count), 3, target);

describe("the program to take away", () => {
  it.each(Object.entries(cases))("gives the lab's weights and loss to the bit: %s", async (_, [changes, steps]) => {
    const settings = { ...fallbacks(runFields), ...changes };
    const [said, bits] = runProgram(programOf(settings, steps) ?? "");
    const trainer = await Trainer.open(settings);
    await trainer.advance(steps);
    expect(bits).toEqual(bitsOf(trainer.model().weights));
    const { test } = await trainer.verdicts();
    expect(said).toMatchObject({ steps, accuracy: test.accuracy });
    expect(said.testLoss).toBeCloseTo(test.loss, 6);
  });

  it.each(Object.entries(ownCases))("does so for the reader's own rows: %s", async (title, one) => {
    const [, , changes, steps] = one;
    const settings = { ...fallbacks(runFields), data: "own" as const, ...changes };
    const table = await ownTable(one);
    expect(isBeside(table)).toBe(title.includes("beside"));
    const program = programOf(settings, steps, table) ?? "";
    const [said, bits] = runProgram(program, isBeside(table) ? { [dataFile]: table.text } : {});
    const trainer = await Trainer.open(settings, table.split);
    await trainer.advance(steps);
    expect(bits).toEqual(bitsOf(trainer.model().weights));
    const { test } = await trainer.verdicts();
    expect(said.steps).toBe(steps);
    expect(said.testLoss).toBeCloseTo(test.loss, 6);
    expect(Number.isFinite(title.includes("numbers") ? said.r2 : said.accuracy)).toBe(true);
  });

  it("is TypeScript that compiles under strict rules", async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const where = folder();
    mkdirSync(join(where, "programs"));
    const builtIn = Object.values(cases).map(([changes, steps]) =>
      programOf({ ...fallbacks(runFields), ...changes }, steps),
    );
    const own = Object.values(ownCases).map(async (one) =>
      programOf({ ...fallbacks(runFields), data: "own", ...one[2] }, one[3], await ownTable(one)),
    );
    [...builtIn, ...(await Promise.all(own))].forEach((program, i) => {
      writeFileSync(join(where, "programs", `${i}.ts`), program ?? "");
    });
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      target: "ES2023",
      lib: ["ES2023", "ESNext.Disposable", "DOM"],
      module: "NodeNext",
      types: ["node"],
      typeRoots: [join(root, "node_modules", "@types")],
      paths: { retrograd: [join(root, "src", "index.ts")] },
    };
    writeFileSync(join(where, "package.json"), '{ "type": "module" }');
    writeFileSync(join(where, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["programs"] }));
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(execPath, [tsc, "-p", where], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  it("is not made for data that is not there yet", () => {
    expect(programOf({ ...fallbacks(runFields), data: "own" }, 10)).toBeUndefined();
  });
});
