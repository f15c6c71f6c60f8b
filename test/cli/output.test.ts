import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { eventsOf, folder, retrograd } from "./run.js";

const short = ["train", "digits", "--epochs", "3", "--layers", "8"];

/** Neither escape codes nor carriage returns. */
function expectPlain(text: string): void {
  expect(stripVTControlCharacters(text)).toBe(text);
  expect(text).not.toContain("\r");
}

describe("output", () => {
  it("has neither escape codes nor carriage returns when piped", async () => {
    const { stdout, stderr } = await retrograd(short, { cwd: folder(), env: { TERM: "xterm-256color", CI: "true" } });
    expectPlain(stdout);
    expectPlain(stderr);
  });

  it("has colors when forced, and none where NO_COLOR says so", async () => {
    const colored = await retrograd(short, { cwd: folder(), env: { FORCE_COLOR: "1" } });
    expect(colored.stdout).toContain("\u001b[1m");
    expect(colored.stdout).not.toContain("\r");
    for (const env of [{ FORCE_COLOR: "0" }, { NO_COLOR: "1" }, { NO_COLOR: "1", FORCE_COLOR: "1" }]) {
      expectPlain((await retrograd(short, { cwd: folder(), env })).stdout);
    }
  });

  it("reports on stdout, and tells on stderr how it goes", async () => {
    const { stdout, stderr } = await retrograd(short, { cwd: folder() });
    expect(stderr.split("\n")).toEqual([
      "digits: 1,437 examples to learn from, 360 to test, 64 features → 10 classes",
      expect.stringMatching(/^64 → 8 .*→ 10 \(610 parameters\): \w+ at rate [\d.]+,.* batches of \d+, seed 1$/),
      expect.stringMatching(/^wasm on \d+ threads?: 40 k multiply-adds a step/),
      expect.stringMatching(/^epoch 1\/3 {2}loss \d\.\d+ {2}accuracy \d\d\.\d\d% {2}rate [\d.]+$/),
      expect.stringMatching(/^epoch 2\/3/),
      expect.stringMatching(/^epoch 3\/3/),
      "",
    ]);
    const parts = [
      "Trained 3 epochs in",
      "\nLoss",
      "\nTest   accuracy ",
      "\nConfusion matrix",
      "\nModel  model.safetensors",
    ];
    for (const part of [...parts, "\nThe step", "in place", "\nTry next\n"]) expect(stdout).toContain(part);
  });

  it("writes at most 17 lines of progress, however many epochs there are", async () => {
    const args = ["train", "xor", "--layers", "2", "--epochs", "400"];
    const { stderr } = await retrograd(args, { cwd: folder() });
    const lines = stderr.split("\n").filter((line) => line.startsWith("epoch"));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.length).toBeLessThanOrEqual(17);
    expect(lines.at(-1)).toMatch(/^epoch 400\/400/);
  });

  it("is results only with --quiet", async () => {
    const { stdout, stderr } = await retrograd([...short, "--quiet"], { cwd: folder() });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Test {3}accuracy .*\nModel {2}model\.safetensors \(.* KiB\)\n$/);
  });

  it("is nothing but JSON on stdout with --json, in every command", async () => {
    const cwd = folder();
    const commands = [
      [...short],
      ["evaluate", "model.safetensors"],
      ["predict", "model.safetensors", "digits", "--limit", "3"],
      ["inspect", "model.safetensors"],
      ["inspect", "digits"],
      ["gradcheck", "--only", "relu,sgd", "--cases", "5"],
    ];
    for (const command of commands) {
      const { code, stdout } = await retrograd([...command, "--json"], { cwd, env: { FORCE_COLOR: "1" } });
      const events = eventsOf(stdout);
      expect(code).toBe(0);
      expect(events.every(({ event }) => typeof event === "string")).toBe(true);
      expect(events.at(-1)?.event).toBe("done");
    }
  });

  it("never shows a small number as 0.00", async () => {
    const { stdout } = await retrograd(["train", "blobs", "--epochs", "100"], { cwd: folder() });
    expect(stdout).toMatch(/Test .* loss (0\.0*[1-9]\d{3}|\d\.\de-\d+)\n/);
    expect(stdout).not.toContain("loss 0.00\n");
  });
});
