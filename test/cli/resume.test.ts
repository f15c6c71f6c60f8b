import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsOf, firstOf, folder, lastOf, type RunOptions, retrograd } from "./run.js";

/** Presses Ctrl-C once an epoch has been reported. */
function interrupting(cwd: string): RunOptions {
  let pressed = false;
  return {
    cwd,
    onOutput(written, child) {
      if (pressed || !written.includes('"epoch":40,')) return;
      pressed = true;
      child.kill("SIGINT");
    },
  };
}

const options = ["spiral", "--epochs", "3000", "--dropout", "0.1", "--schedule", "cosine", "--patience", "3000"];

describe("resume", () => {
  it("goes on after Ctrl-C to the very bytes of a training that was not interrupted", async () => {
    const cwd = folder();
    const keep = ["--checkpoint", "kept", "--every", "100", "--out", "a.safetensors"];
    const stopped = await retrograd(["train", ...options, ...keep, "--json"], interrupting(cwd));
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("go on with: retrograd resume kept\n");
    expect(lastOf(stopped.stdout)).toMatchObject({ event: "interrupted", checkpoint: "kept" });
    expect(readdirSync(join(cwd, "kept"))).toEqual(["checkpoint.safetensors"]);

    const resumed = await retrograd(["resume", "kept", "--json"], { cwd });
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toMatch(/^Going on in epoch \S+, after \S+ steps\.$/m);
    expect(lastOf(resumed.stdout)).toMatchObject({ event: "done", epochs: 3000, model: "a.safetensors" });
    const first = eventsOf(resumed.stdout).find(({ event }) => event === "epoch");
    expect(Number(first?.["epoch"])).toBeGreaterThan(39);

    await retrograd(["train", ...options, "--out", "b.safetensors", "--quiet"], { cwd });
    expect(readFileSync(join(cwd, "a.safetensors"))).toEqual(readFileSync(join(cwd, "b.safetensors")));
  });

  it("trains longer when asked to", async () => {
    const cwd = folder();
    await retrograd(["train", "moons", "--epochs", "3", "--checkpoint", "kept", "--quiet"], { cwd });
    const { stdout } = await retrograd(["resume", "kept", "--epochs", "5", "--out", "more.safetensors", "--json"], {
      cwd,
    });
    expect(firstOf(stdout)).toMatchObject({ event: "start", data: "moons", epochs: 5 });
    expect(lastOf(stdout)).toMatchObject({ epochs: 5, model: "more.safetensors" });
    await retrograd(["train", "moons", "--epochs", "5", "--quiet", "--out", "whole.safetensors"], { cwd });
    const [a, b] = ["more", "whole"].map((name) => readFileSync(join(cwd, `${name}.safetensors`)));
    expect(a).toEqual(b);
  });

  it("refuses another seed, a file that is damaged, and a path where nothing is", async () => {
    const cwd = folder();
    await retrograd(["train", "moons", "--epochs", "2", "--checkpoint", "kept", "--quiet"], { cwd });
    const seed = await retrograd(["resume", "kept", "--seed", "9"], { cwd });
    expect(seed.code).toBe(2);
    expect(seed.stderr).toContain("the checkpoint was made with seed 1, this training has 9; make them equal");
    const path = join(cwd, "kept", "checkpoint.safetensors");
    writeFileSync(path, readFileSync(path).subarray(0, 1000));
    expect((await retrograd(["resume", "kept"], { cwd })).code).toBe(5);
    const nowhere = await retrograd(["resume", "elsewhere"], { cwd });
    expect(nowhere.code).toBe(5);
    expect(nowhere.stderr).toBe('retrograd: there is no checkpoint at "elsewhere"; check the path\n');
  });
});
