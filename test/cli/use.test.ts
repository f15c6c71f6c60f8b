import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digits } from "../../src/index.js";
import { eventsOf, firstOf, lastOf, retrograd } from "./run.js";

let cwd = "";
let trained: Readonly<Record<string, unknown>> = {};
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "retrograd-"));
  const { stdout } = await retrograd(["train", "digits", "--epochs", "3", "--json"], { cwd });
  trained = lastOf(stdout)["test"] as typeof trained;
  await retrograd(["train", "spiral", "--seed", "5", "--out", "spiral.safetensors", "--quiet"], { cwd });
  await retrograd(["train", "regression", "--out", "regression.safetensors", "--quiet"], { cwd });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** The last event of a command run with --json. */
async function done(...args: string[]) {
  const { code, stdout } = await retrograd([...args, "--json"], { cwd });
  expect(code).toBe(0);
  return lastOf(stdout);
}

describe("evaluate", () => {
  it("judges a model as it was judged after training, preparation and split included", async () => {
    expect(await done("evaluate", "model.safetensors", "digits")).toMatchObject({ ...trained, examples: 360 });
    expect(await done("evaluate", "model.safetensors")).toMatchObject({ ...trained, data: "digits (test)" });
  });

  it("makes the same synthetic set again, by the seed the model was trained with", async () => {
    expect(await done("evaluate", "spiral.safetensors")).toMatchObject({ accuracy: 1, data: "spiral (test)" });
  });

  it("gives R² and mean absolute error for numbers", async () => {
    expect(await done("evaluate", "regression.safetensors")).toMatchObject({
      r2: expect.any(Number),
      mae: expect.any(Number),
    });
  });

  it("says when the model may have learned from the examples", async () => {
    const { stderr } = await retrograd(["evaluate", "model.safetensors", "digits", "--split", "random"], { cwd });
    expect(stderr).toBe(
      "The data was divided otherwise in training: the model may have learned from these examples.\n",
    );
  });

  it("shows the confusion matrix in aligned columns", async () => {
    const { stdout } = await retrograd(["evaluate", "spiral.safetensors"], { cwd });
    expect(stdout).toContain("truth  arm 1  arm 2  recall\narm 1     50      ·  100.0%\narm 2      ·     50  100.0%\n");
  });
});

describe("predict", () => {
  const row = Array.from(digits().test.features.subarray(0, 64)).join(",");

  it("predicts the test part of a named set, with the truth", async () => {
    const { stdout } = await retrograd(["predict", "model.safetensors", "digits", "--limit", "3", "--json"], { cwd });
    const events = eventsOf(stdout);
    expect(events.map(({ event }) => event)).toEqual(["prediction", "prediction", "prediction", "done"]);
    expect(events[0]).toMatchObject({
      row: 1,
      class: expect.stringMatching(/^\d$/),
      probability: expect.any(Number),
      truth: "2",
    });
    expect(events[0]?.["probabilities"]).toHaveLength(10);
    expect(events.at(-1)).toMatchObject({ rows: 3, right: expect.any(Number) });
  });

  it("predicts a row of the command line, and rows on standard input, as it does the set's own", async () => {
    const args = (...more: string[]) => ["predict", "model.safetensors", ...more, "--json"];
    const named = firstOf((await retrograd(args("digits", "--limit", "1"), { cwd })).stdout);
    const { truth, ...expected } = named;
    expect(truth).toBe("2");
    expect(firstOf((await retrograd(args("--row", row), { cwd })).stdout)).toEqual(expected);
    for (const text of [`${row}\n`, row.replaceAll(",", " "), `\n${row.replaceAll(",", "\t")}\n\n`]) {
      expect(firstOf((await retrograd(args("-"), { cwd, stdin: text })).stdout)).toEqual(expected);
      expect(firstOf((await retrograd(args(), { cwd, stdin: text })).stdout)).toEqual(expected);
    }
  });

  it("predicts as many rows as come, and names a bad one by its place among all", async () => {
    const many = `${row}\n`.repeat(600);
    expect(await retrograd(["predict", "model.safetensors", "-", "--quiet"], { cwd, stdin: many })).toMatchObject({
      code: 0,
    });
    const short = await retrograd(["predict", "model.safetensors", "-", "--quiet"], { cwd, stdin: `${many}1,2\n` });
    expect(short).toMatchObject({
      code: 3,
      stderr: "retrograd: row 601 has 2 features, the model takes 64; give one number for each\n",
    });
    const letters = await retrograd(["predict", "model.safetensors", "-"], { cwd, stdin: "x,y\n1,2\n" });
    expect(letters.stderr).toBe(
      'retrograd: standard input, line 1, column 1 is "x"; give rows of numbers, without a header or names\n',
    );
  });

  it("marks what is wrong, and counts what is right", async () => {
    const { stdout } = await retrograd(["predict", "model.safetensors", "digits"], { cwd });
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("   row  predicted  probability  truth");
    expect(lines[1]).toMatch(/^ {5}1 {2}\d {10,} +\d+\.\d\d% {2}2( ✗)?$/);
    const marked = lines.filter((line) => line.endsWith(" ✗")).length;
    expect(lines.at(-1)).toMatch(new RegExp(`^${360 - marked} of 360 right`));
  });

  it("gives numbers in the data's own unit for a regression", async () => {
    const { stdout } = await retrograd(["predict", "regression.safetensors", "regression", "--limit", "2", "--json"], {
      cwd,
    });
    const { values, truth } = firstOf(stdout) as unknown as { values: number[]; truth: number[] };
    expect(Math.abs((values[0] ?? 0) - (truth[0] ?? 0))).toBeLessThan(1);
  });
});

describe("inspect", () => {
  it("shows what is in a model", async () => {
    const facts = await done("inspect", "model.safetensors");
    expect(facts).toMatchObject({
      kind: "model",
      inputs: 64,
      outputs: 10,
      loss: "softmaxCrossEntropy",
      preparation: "scale",
    });
    expect(facts).toMatchObject({ training: { data: "digits", seed: 1, epochs: 3 } });
    const { stdout } = await retrograd(["inspect", "model.safetensors"], { cwd });
    for (const part of ["Tensors", "W[1]", "classes ", "trained with", "Prediction"]) expect(stdout).toContain(part);
  });

  it("shows what is in a data set, with a look at digits", async () => {
    expect(await done("inspect", "digits")).toMatchObject({
      kind: "data",
      training: 1437,
      test: 360,
      inputs: 64,
      outputs: 10,
    });
    const { stdout } = await retrograd(["inspect", "digits"], { cwd });
    expect(stdout).toMatch(/[▀▄█]{3}/);
    const { stdout: colored } = await retrograd(["inspect", "digits"], { cwd, env: { FORCE_COLOR: "1" } });
    expect(colored).toContain("\u001b[38;5;");
  });

  it("prefers the name of a data set to a file", async () => {
    expect(await done("inspect", "regression")).toMatchObject({ kind: "data", targets: ["y"] });
  });
});

describe("gradcheck", () => {
  it("proves what it is told to, one line a target, and sums up", async () => {
    const { code, stdout } = await retrograd(["gradcheck", "--only", "relu,adam,dropout", "--cases", "7", "--json"], {
      cwd,
    });
    const events = eventsOf(stdout);
    expect(code).toBe(0);
    expect(events.slice(0, -1).map(({ name }) => name)).toEqual(["relu", "dropout", "adam"]);
    expect(events.at(-1)).toMatchObject({ cases: 21, failed: 0, worst: expect.any(Number) });
    expect(events.at(-1)?.["worst"]).toBeLessThan(1e-6);
  });

  it("takes kinds as well as names", async () => {
    const { stdout } = await retrograd(["gradcheck", "--only", "loss", "--cases", "2", "--json"], { cwd });
    expect(
      new Set(
        eventsOf(stdout)
          .slice(0, -1)
          .map(({ kind }) => kind),
      ),
    ).toEqual(new Set(["loss"]));
  });

  it("depends on the seed alone", async () => {
    const worst = async (seed: string) =>
      (await done("gradcheck", "--only", "tanh", "--cases", "3", "--seed", seed))["worst"];
    expect(await worst("1")).toBe(await worst("1"));
    expect(await worst("1")).not.toBe(await worst("2"));
  });

  it("is a table for people", async () => {
    const { stdout } = await retrograd(["gradcheck", "--only", "relu,uniform", "--cases", "3"], { cwd });
    expect(stdout).toMatch(
      /^Ops\n {3}name +cases +worst error\n✓ {2}relu +3 +\d\.\de-\d+ {2}at .*\n– {2}uniform +0 +– {2}.*\n\n✓ all as they should be: 1 derivative, 3 cases/,
    );
  });
});
