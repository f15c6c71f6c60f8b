import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsOf, folder, lastOf, retrograd } from "./run.js";

const quick = ["experiment", "two-ways-to-differentiate", "--quick", "--seeds", "1,2"];

describe("experiment", () => {
  it("lists what there is", async () => {
    const { code, stdout } = await retrograd(["experiment", "--json"]);
    expect(code).toBe(0);
    expect(lastOf(stdout)["experiments"]).toHaveLength(9);
    expect((await retrograd(["experiment"])).stdout).toContain("dead-relu");
  });

  it("tells claim, protocol, figures and verdict, and writes picture and numbers", async () => {
    const cwd = folder();
    const { code, stdout, stderr } = await retrograd(quick, { cwd });
    expect(code).toBe(0);
    for (const part of ["Claim", "Protocol", "Verdict  holds", "Rule", "(2 seeds)"]) expect(stdout).toContain(part);
    expect(stderr).toBe("");
    expect(readdirSync(join(cwd, "experiments")).sort()).toEqual([
      "two-ways-to-differentiate.json",
      "two-ways-to-differentiate.svg",
    ]);
    const written: unknown = JSON.parse(
      readFileSync(join(cwd, "experiments", "two-ways-to-differentiate.json"), "utf8"),
    );
    expect(written).toMatchObject({ verdict: "holds", seeds: [1, 2], quick: true });
  });

  it("speaks Chinese, on the terminal and in the picture", async () => {
    const cwd = folder();
    const { stdout } = await retrograd([...quick, "--lang", "zh", "--out", "there/inside"], { cwd });
    expect(stdout).toContain("结论  成立");
    expect(readFileSync(join(cwd, "there/inside/two-ways-to-differentiate.svg"), "utf8")).toContain("雅可比");
  });

  it("carries claim, verdict and figures in the last event", async () => {
    const { stdout } = await retrograd([...quick, "--json"], { cwd: folder() });
    expect(eventsOf(stdout).map(({ event }) => event)).toEqual(["experiment", "done"]);
    expect(lastOf(stdout)).toMatchObject({ verdict: "holds", claim: { en: expect.any(String) } });
    expect(lastOf(stdout)["figures"]).toHaveProperty("logarithm difference");
  });

  it.each([
    [["experiment", "dead-rely"], 'did you mean "dead-relu"?'],
    [["experiment", "dead-relu", "--all"], "not"],
    [["experiment", "dead-relu", "--seeds", "one"], "--seeds must be whole numbers"],
    [["experiment", "dead-relu", "--seeds", "none"], "--seeds needs at least one seed"],
  ])("refuses %j", async (args, part) => {
    const { code, stderr } = await retrograd(args, { cwd: folder() });
    expect(code).toBe(2);
    expect(stderr).toContain(part);
  });

  it("stops at once on Ctrl-C, with 130", async () => {
    let pressed = 0;
    const { code, stderr, stdout } = await retrograd(["experiment", "--all"], {
      cwd: folder(),
      onOutput(written, child) {
        if (pressed > 0 || !written.includes("Protocol")) return;
        pressed = performance.now();
        child.kill("SIGINT");
      },
    });
    expect(code).toBe(130);
    expect(performance.now() - pressed).toBeLessThan(3000);
    expect(stderr).toContain("retrograd: interrupted in vanishing-gradients (0 of 9 finished)");
    expect(stdout).not.toContain("Verdict");
  });
});

describe("plot", () => {
  it("draws activations in the terminal and as files", async () => {
    const cwd = folder();
    const { code, stdout } = await retrograd(["plot", "activations"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/[\u2801-\u28ff]/);
    expect(stdout).toContain("max ¼ at x = 0");
    const files = readdirSync(join(cwd, "activations"));
    expect(files).toContain("activations.svg");
    expect(readFileSync(join(cwd, "activations", "activations.md"), "utf8")).toContain("![](relu-slope.svg)");
  });

  it("lists its files, or draws without any", async () => {
    const cwd = folder();
    const only = ["plot", "activations", "--only", "tanh,relu", "--json"];
    expect(lastOf((await retrograd([...only, "--out", "here"], { cwd })).stdout)["files"]).toHaveLength(8);
    expect(lastOf((await retrograd([...only, "--out", "none"], { cwd })).stdout)["files"]).toEqual([]);
    expect(readdirSync(cwd)).toEqual(["here"]);
  });

  it.each([
    [["plot", "activation"], 'did you mean "activations"?'],
    [["plot", "activations", "--only", "tanhh"], 'did you mean "tanh"?'],
  ])("refuses %j", async (args, part) => {
    const { code, stderr } = await retrograd(args, { cwd: folder() });
    expect(code).toBe(2);
    expect(stderr).toContain(part);
  });
});
