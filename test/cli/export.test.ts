import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digits, fromOnnx, loadModel, predict } from "../../src/index.js";
import { eventsOf, folder, retrograd } from "./run.js";

describe("export --to onnx", () => {
  it("writes prediction and the training step, the same bytes each time", async () => {
    const cwd = folder();
    await retrograd(["train", "--layers", "16", "--epochs", "2", "--quiet"], { cwd });
    const { code, stdout } = await retrograd(["export", "model.safetensors", "--json"], { cwd });
    expect(code).toBe(0);
    const bytes = await readFile(join(cwd, "model.onnx"));
    expect(eventsOf(stdout).at(-1)).toMatchObject({ event: "done", file: "model.onnx", bytes: bytes.length });
    await retrograd(["export", "model.safetensors", "--out", "again.onnx"], { cwd });
    expect((await readFile(join(cwd, "again.onnx"))).equals(bytes)).toBe(true);

    const rows = Array.from({ length: 20 }, (_, i) => [...digits().test.features.subarray(64 * i, 64 * (i + 1))]);
    const original = await predict(await loadModel(join(cwd, "model.safetensors")), rows);
    const readBack = await predict(fromOnnx(bytes), rows);
    expect(readBack.map((one) => one.class)).toEqual(original.map((one) => one.class));

    const step = await retrograd(["export", "model.safetensors", "--step"], { cwd });
    expect(step.stdout).toMatch(/^model\.step\.onnx: a training step with adagrad, [\d,]+ bytes\n$/);
  });

  it.each([
    ["--to tf", '--to: there is no format "tf"; choose onnx, safetensors, json or typescript'],
    ["--to json --step", "--step is for --to onnx; leave it out"],
    ["--batch 0", '--batch must be a whole number from 1, got "0"'],
  ])("refuses %s", async (option, message) => {
    const { code, stderr } = await retrograd(["export", "model.safetensors", ...option.split(" ")]);
    expect([code, stderr]).toEqual([2, `retrograd: ${message}\n`]);
  });
});
