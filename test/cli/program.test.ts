import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import {
  activation,
  adamw,
  batchNorm,
  constant,
  dense,
  dropout,
  layerNorm,
  leakyRelu,
  loadModel,
  meanSquaredError,
  network,
  normal,
  saveModel,
  schedules,
  sequential,
  softmaxCrossEntropy,
  synthetic,
  tanh,
  toTypeScript,
  train,
  UsageError,
} from "../../src/index.js";
import { folder, lastOf, retrograd } from "./run.js";

const library = new URL("../../dist/index.js", import.meta.url).href;

/** Runs a program as a reader would, on the built library. It has no types to strip, so that any Node runs it. */
async function runs(program: string, cwd: string): Promise<string> {
  writeFileSync(join(cwd, "program.mjs"), program.replace('"retrograd"', JSON.stringify(library)));
  return (await promisify(execFile)(execPath, ["program.mjs"], { cwd })).stdout;
}

describe("export --to typescript", () => {
  it.each([
    [["digits", "--layers", "12", "--epochs", "3", "--split", "random"]],
    [["spiral", "--epochs", "6", "--dropout", "0.2", "--schedule", "cosine", "--clip", "1", "--weight-decay", "0.01"]],
    [
      [
        "moons",
        "--epochs",
        "20",
        "--patience",
        "2",
        "--init",
        "orthogonal",
        "--activation",
        "leakyRelu",
        "--seed",
        "7",
      ],
    ],
    [["regression", "--epochs", "4", "--optimizer", "nesterov", "--loss", "huber", "--split", "0.3"]],
    [["flowers.csv", "--target", "kind", "--epochs", "4", "--columns", "id=drop"]],
  ])("writes a program that trains %j again, to the bit", async (args) => {
    const cwd = folder();
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${(i * i) % 17},${i % 5},${i % 2 === 0 ? "red" : "blue"},${i % 4 < 2 ? "rose" : "iris"}`,
    );
    writeFileSync(join(cwd, "flowers.csv"), `id,size,color,kind\n${rows.join("\n")}\n`);
    await retrograd(["train", ...args, "--quiet", "--out", "original.safetensors"], { cwd });
    const { code, stdout } = await retrograd(["export", "original.safetensors", "--to", "typescript", "--json"], {
      cwd,
    });
    expect(code).toBe(0);
    expect(lastOf(stdout)).toMatchObject({ event: "done", file: "original.ts" });
    const program = readFileSync(join(cwd, "original.ts"), "utf8");
    expect(program).toMatch(/^import \{/m);
    expect(await runs(program, cwd)).toMatch(/loss: /);
    const [again, original] = [
      await loadModel(join(cwd, "model.safetensors")),
      await loadModel(join(cwd, "original.safetensors")),
    ];
    expect(again.weights).toEqual(original.weights);
    expect(again.normalizer).toEqual(original.normalizer);
  });

  it("is TypeScript that the library's own types accept", async () => {
    const program = toTypeScript({
      data: { kind: "synthetic", name: "moons", options: { seed: 2 } },
      network: sequential(dense(2, 8), tanh, dense(8, 2)),
      loss: softmaxCrossEntropy(),
      optimizer: adamw(0.01),
      epochs: 2,
      batch: 16,
      seed: 1,
    });
    const cwd = folder();
    writeFileSync(join(cwd, "program.mts"), program);
    const types = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
    const root = fileURLToPath(new URL("../../", import.meta.url));
    writeFileSync(
      join(cwd, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.json"),
        compilerOptions: {
          noEmit: true,
          paths: { retrograd: [types] },
          typeRoots: [join(root, "node_modules/@types")],
        },
        include: [],
        files: ["program.mts"],
      }),
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = await promisify(execFile)(execPath, [tsc, "-p", cwd], { cwd: root }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe("");
  });
});

describe("toTypeScript", () => {
  it("names what is not usual, and only that", async () => {
    const net = network([
      dense(2, 6, { init: normal({ deviation: 0.3 }), biasInit: constant(0.1) }),
      batchNorm(6, { momentum: 0.2 }),
      activation(leakyRelu, { slope: 0.2 }),
      dropout(0.25),
      dense(6, 5, { bias: false }),
      layerNorm(5),
      tanh,
      dense(5, 2),
    ]);
    const description = {
      network: net,
      loss: softmaxCrossEntropy({ labelSmoothing: 0.1 }),
      optimizer: adamw(0.01, { weightDecay: 0.2 }),
      schedule: schedules.step({ every: 2 }),
      epochs: 3,
      batch: 16,
      seed: 5,
    };
    const program = toTypeScript({
      ...description,
      data: { kind: "synthetic", name: "moons", options: { seed: 2 } },
      out: "m.safetensors",
    });
    expect(program).toContain(
      [
        "const network = sequential(",
        "  dense(2, 6, { init: normal({ deviation: 0.3 }), biasInit: constant(0.1) }),",
        "  batchNorm(6, { momentum: 0.2 }),",
        "  activation(leakyRelu, { slope: 0.2 }),",
        "  dropout(0.25),",
        "  dense(6, 5, { bias: false }),",
        "  layerNorm(5),",
        "  tanh,",
        "  dense(5, 2),",
        ");",
      ].join("\n"),
    );
    expect(program).toContain("optimizer: adamw(0.01, { weightDecay: 0.2 }),");
    const run = await train(net, synthetic.moons({ seed: 2 }).training, description);
    const cwd = folder();
    await runs(program, cwd);
    expect((await loadModel(join(cwd, "m.safetensors"))).weights).toEqual(
      (await loadModel(await saveModel(run))).weights,
    );
  });

  it("refuses a function of your own", () => {
    const net = network([dense(2, 2), (x) => tanh(tanh(x)), dense(2, 1)]);
    const description = {
      network: net,
      loss: meanSquaredError(),
      optimizer: adamw(0.01),
      epochs: 1,
      batch: 1,
      seed: 1,
    };
    expect(() => toTypeScript({ ...description, data: { kind: "digits" } })).toThrow(UsageError);
  });
});

describe("export --to safetensors and json", () => {
  it("writes the weights alone, and the whole model as JSON", async () => {
    const cwd = folder();
    await retrograd(["train", "moons", "--epochs", "1", "--quiet"], { cwd });
    await retrograd(["export", "model.safetensors", "--to", "safetensors"], { cwd });
    await retrograd(["export", "model.safetensors", "--to", "json"], { cwd });
    const model = await loadModel(join(cwd, "model.safetensors"));
    const bytes = readFileSync(join(cwd, "model.weights.safetensors"));
    const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString()) as object;
    expect(Object.keys(header).sort()).toEqual([...model.weights.keys()].sort());
    const json = JSON.parse(readFileSync(join(cwd, "model.json"), "utf8")) as {
      retrograd: object;
      tensors: Record<string, { shape: number[]; dtype: string; data: number[] }>;
    };
    expect(json.retrograd).toMatchObject({ version: 1, classes: ["upper", "lower"] });
    expect(json.tensors["W[1]"]).toMatchObject({ shape: [32, 2], dtype: "F32" });
    expect(Float32Array.from(json.tensors["W[1]"]?.data ?? [])).toEqual(model.weights.get("W[1]"));
  });
});
