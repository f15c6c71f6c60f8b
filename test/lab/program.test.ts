import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { fallbacks } from "../../lab/model/fields.js";
import { type RunSettings, runFields } from "../../lab/model/playground-state.js";
import { programOf } from "../../lab/model/program.js";
import { Trainer } from "../../lab/worker/trainer.js";
import { folder } from "../cli/run.js";

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

const library = pathToFileURL(fileURLToPath(new URL("../../dist/index.js", import.meta.url))).href;
/** Printed by the program itself, after what it says of its own accord. */
const printBits = `
console.log(JSON.stringify([...model.weights].map(([name, numbers]) => [name, [...new Uint32Array(Float32Array.from(numbers).buffer)]])));
`;

describe("the program to take away", () => {
  it.each(Object.entries(cases))("gives the lab's weights and loss to the bit: %s", async (_, [changes, steps]) => {
    const settings = { ...fallbacks(runFields), ...changes };
    const program = programOf(settings, steps) ?? "";
    const file = join(folder(), "program.mjs");
    writeFileSync(file, program.replace('from "retrograd"', `from ${JSON.stringify(library)}`) + printBits);
    const { status, stdout, stderr } = spawnSync(execPath, [file], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [said, bits] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

    const trainer = await Trainer.open(settings);
    await trainer.advance(steps);
    const weights = [...trainer.model().weights].map(([name, numbers]) => [
      name,
      [...new Uint32Array(Float32Array.from(numbers).buffer)],
    ]);
    expect(bits).toEqual(weights);
    const { test } = await trainer.verdicts();
    expect(said).toMatchObject({ steps, accuracy: test.accuracy });
    expect(said.testLoss).toBeCloseTo(test.loss, 6);
  });

  it("is TypeScript that compiles under strict rules", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const where = folder();
    mkdirSync(join(where, "programs"));
    Object.values(cases).forEach(([changes, steps], i) => {
      writeFileSync(
        join(where, "programs", `${i}.ts`),
        programOf({ ...fallbacks(runFields), ...changes }, steps) ?? "",
      );
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

  it("is not made for data that only the reader has", () => {
    expect(programOf({ ...fallbacks(runFields), data: "own" }, 10)).toBeUndefined();
  });
});
