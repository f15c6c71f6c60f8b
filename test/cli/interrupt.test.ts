import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadModel } from "../../src/index.js";
import { folder, lastOf, type RunOptions, retrograd } from "./run.js";

/** Presses Ctrl-C once `sign` is in the output, and again so many milliseconds later. */
function pressing(sign: string, ...again: readonly number[]): RunOptions & { readonly cwd: string } {
  let pressed = false;
  return {
    cwd: folder(),
    onOutput(written, child) {
      if (pressed || !written.includes(sign)) return;
      pressed = true;
      child.kill("SIGINT");
      for (const delay of again) setTimeout(() => child.kill("SIGINT"), delay);
    },
  };
}

describe("Ctrl-C", () => {
  it("stops training, saves the model so far beside the usual place, and exits with 130", async () => {
    const options = pressing("loss");
    const { code, stdout, stderr } = await retrograd(["train", "--epochs", "100000", "--json"], options);
    expect(code).toBe(130);
    expect(stderr).toContain("Stopping after this step; Ctrl-C once more leaves at once.\n");
    expect(stderr).toMatch(
      /^retrograd: interrupted in epoch \d+; the model so far is in model\.interrupted\.safetensors$/m,
    );
    expect(lastOf(stdout)).toMatchObject({ event: "interrupted", model: "model.interrupted.safetensors" });
    expect(readdirSync(options.cwd)).toEqual(["model.interrupted.safetensors"]);
    const model = await loadModel(join(options.cwd, "model.interrupted.safetensors"));
    expect(model.network.outputs).toBe(10);
  });

  // A press that comes while the process is already going down ends it before its code is set: seldom, and no harm.
  it("counts once when npm delivers it twice", { retry: 3 }, async () => {
    const options = pressing("loss", 5, 20);
    const { code } = await retrograd(["train", "--epochs", "100000"], options);
    expect(code).toBe(130);
    expect(readdirSync(options.cwd)).toEqual(["model.interrupted.safetensors"]);
  });

  it("stops gradcheck between two derivatives", async () => {
    const { code, stdout, stderr } = await retrograd(["gradcheck", "--json"], pressing('"target"'));
    expect(code).toBe(130);
    expect(stderr).toMatch(/^retrograd: interrupted after \d+ of \d+ derivatives\n$/);
    expect(lastOf(stdout)).toMatchObject({ event: "interrupted" });
  });
});
