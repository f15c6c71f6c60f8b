import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsOf, folder, lastOf, retrograd } from "./run.js";

const sick = ["train", "spiral", "--lr", "1", "--epochs", "20", "--watch"];

describe("train --watch", () => {
  it("prints figures by layer while it trains, and what it found at the end", async () => {
    const { code, stdout, stderr } = await retrograd(sick, { cwd: folder() });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^watch: before training, loss \S+ → \S+$/m);
    expect(stderr).toMatch(/^1 {2}2 → 32 relu +\S+ +\S+ +\S+ +\d+ % dead +\S+ +\S+ +\S+$/m);
    expect(stderr).toMatch(
      /^⚠ learning rate too high: one step at rate 1 takes the loss from .* Remedy: try 0\.1, or clip the gradients \(--clip 1\)\.$/m,
    );
    expect(stdout).toMatch(/^Watch \(\d+ readings\)$/m);
    expect(stdout).toMatch(/^⚠ learning rate too high: /m);
    expect(stdout).not.toContain("\x1b");
  });

  it("finds nothing wrong with the digits as they are", async () => {
    const { stdout } = await retrograd(["train", "--epochs", "4", "--watch"], { cwd: folder() });
    expect(stdout).toContain("✓ nothing wrong was seen");
    expect(stdout).not.toContain("⚠");
  });

  it("speaks Chinese", async () => {
    const { stdout, stderr } = await retrograd([...sick, "--lang", "zh"], { cwd: folder() });
    expect(stderr).toMatch(/^诊断：训练之前/m);
    expect(stdout).toMatch(/^⚠ 学习率过大：以学习率 1 走一步.*办法：试试 0\.1，或者裁剪梯度（--clip 1）。$/m);
  });

  it("gives one event a reading, and the diseases with done", async () => {
    const { stdout } = await retrograd([...sick, "--json"], { cwd: folder() });
    const readings = eventsOf(stdout).filter(({ event }) => event === "watch");
    expect(readings[0]).toMatchObject({
      step: 0,
      epoch: 0,
      rate: 1,
      findings: [{ disease: "rateTooHigh", layers: [] }],
    });
    expect((readings[0] as unknown as { layers: object[] }).layers[0]).toMatchObject({
      layer: 1,
      inputs: 2,
      units: 32,
      activation: "relu",
      gradient: { norm: expect.any(Number), rms: expect.any(Number) },
      update: expect.any(Number),
      dead: expect.any(Number),
    });
    expect(lastOf(stdout)["watch"]).toContain("rateTooHigh");
  });

  it("writes the same model as without", async () => {
    const cwd = folder();
    const bytes = async (name: string, ...more: string[]) => {
      await retrograd(["train", "moons", "--epochs", "5", "--quiet", "--out", name, ...more], { cwd });
      return readFileSync(join(cwd, name)).toString("base64");
    };
    expect(await bytes("b.safetensors", "--watch")).toBe(await bytes("a.safetensors"));
  });

  it("explains a divergence in the language asked for", async () => {
    const { code, stderr } = await retrograd(["train", "--lr", "1e30", "--quiet", "--lang=zh"], { cwd: folder() });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^retrograd: 训练在第 \d+ 步发散：.*（--clip 1）\n$/);
  });
});
