import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dense, explain, languages, sequential, sigmoid } from "../../src/index.js";
import { expectClose, largest } from "../oracle/compare.js";
import { absent, casesOf, flat, type Numbers } from "../oracle/read.js";
import { type Event, eventsOf, lastOf, retrograd } from "./run.js";

let cwd = "";
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "retrograd-"));
  await retrograd(["train", "digits", "--epochs", "1", "--layers", "16", "--quiet"], { cwd });
  await retrograd(["train", "regression", "--epochs", "2", "--out", "regression.safetensors", "--quiet"], { cwd });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

interface Step {
  readonly name: string;
  readonly phase: string;
  readonly formula: { readonly text: string; readonly latex: string };
  readonly shape: readonly number[];
  readonly value: Numbers;
}

async function told(...args: string[]): Promise<Event & { readonly steps: readonly Step[] }> {
  const { code, stdout, stderr } = await retrograd(["explain", ...args, "--json"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(eventsOf(stdout).length).toBe(1);
  return lastOf(stdout) as Event & { steps: Step[] };
}

describe("explain", () => {
  it("with --json is the contract's done event: steps with name, formula, shape and value", async () => {
    const { event, steps, agrees } = await told("--network", "2,3,2");
    expect({ event, agrees }).toEqual({ event: "done", agrees: true });
    for (const step of steps) {
      expect(step).toMatchObject({
        name: expect.any(String),
        formula: { text: expect.any(String), latex: expect.any(String) },
      });
      expect(flat(step.value).length, step.name).toBe(step.shape.reduce((a, b) => a * b, 1));
    }
    const { lossValue } = explain(sequential(dense(2, 3), sigmoid, dense(3, 2)));
    expect(steps.find(({ name }) => name === "loss")?.value).toBe(lossValue);
  });

  it("takes x, t, weights, convention, optimizer and rate", async () => {
    writeFileSync(
      join(cwd, "w.json"),
      JSON.stringify({
        "W[1]": [
          [1, 0],
          [0, 1],
        ],
        "b[1]": [0.5, -0.5],
      }),
    );
    writeFileSync(join(cwd, "x.json"), "[[1, 2], [3, 4]]");
    const args = [
      "--network",
      "2,2",
      "--x",
      "x.json",
      "--t",
      "[0, 1]",
      "--weights",
      "w.json",
      "--convention",
      "column",
    ];
    const { steps } = await told(...args, "--optimizer", "sgd", "--lr", "0.5", "--loss", "softmaxCrossEntropy");
    const step = (name: string, phase: string) => steps.find((one) => one.name === name && one.phase === phase);
    expect(step("Z[1]", "forward")).toMatchObject({
      formula: { text: "Z[1] = W[1]·X + b[1]" },
      value: [
        [1.5, 3.5],
        [1.5, 3.5],
      ],
    });
    expect(step("b[1]", "update")?.formula.text).toBe("b[1] ← b[1] - 0.5·db[1]");
  });

  it.each(["text", "markdown", "html", "json"])("writes %s, by the ending of the file as well", async (format) => {
    const ending = { text: "txt", markdown: "md" }[format] ?? format;
    const { code, stdout } = await retrograd(["explain", "--out", `pass.${ending}`, "--lang", "zh"], { cwd });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`pass.${ending}: 2 → 3 → sigmoid → 2`),
    });
    const { stdout: shown } = await retrograd(["explain", "--format", format, "--lang", "zh"], { cwd });
    expect(readFileSync(join(cwd, `pass.${ending}`), "utf8").trimEnd()).toBe(shown.trimEnd());
  });

  it("has no color where it is piped or NO_COLOR is set, and signs in color where forced", async () => {
    const { stdout: plain } = await retrograd(["explain"], { cwd });
    expect(plain).not.toContain("\u001b");
    const { stdout: colored } = await retrograd(["explain"], { cwd, env: { FORCE_COLOR: "1" } });
    expect(colored).toContain("\u001b[33m-1.3\u001b[39m");
    expect(colored).toContain("\u001b[36m0.1\u001b[39m");
  });

  it("tells a trained model on an example it has not learned from", async () => {
    const { steps, predictions, agrees } = await told("model.safetensors", "digits", "--example", "3,8");
    expect(agrees).toBe(true);
    expect(predictions).toMatchObject([{ truth: "4" }, { truth: expect.any(String) }]);
    expect(steps.find(({ name }) => name === "X")?.shape).toEqual([2, 64]);
    const { stdout } = await retrograd(["explain", "model.safetensors", "digits", "--example", "3"], { cwd });
    expect(stdout).toMatch(/^prediction \S+ \(\d+\.\d%\) · truth 4$/m);
  });

  it("tells the loss that evaluation would give: targets of a regression are scaled as in training", async () => {
    const { steps } = await told("regression.safetensors", "--example", "1,2,3");
    const { stdout } = await retrograd(
      ["explain", "regression.safetensors", "--example", "1,2,3", "--format", "json"],
      { cwd },
    );
    expect(JSON.parse(stdout).lossValue).toBe(steps.find(({ name }) => name === "loss")?.value);
    for (const value of flat(steps.find(({ name }) => name === "t")?.value as Numbers))
      expect(Math.abs(value)).toBeLessThan(5);
  });

  it.each(languages)("derives an expression and the notes' two derivations, in %s", async (language) => {
    for (const expression of ["softmaxCrossEntropy(matmul(x, w).add(b), t)", "softmax-cross-entropy", "jacobian"]) {
      const { code, stdout } = await retrograd(["explain", "--derive", expression, "--lang", language], { cwd });
      expect(code).toBe(0);
      expect(stdout).not.toContain("✗");
    }
    const { agrees, steps } = await told("--derive", "sum(x * x)", "--let", '{"x": [3, 4]}');
    expect(agrees).toBe(true);
    expect(steps.findLast(({ name }) => name === "dx")?.value).toEqual([6, 8]);
  });

  it.each([
    [["--network", "2"], /--network must be at least two sizes/],
    [["--network", "2,x"], /--network must be whole numbers from 1/],
    [["--lr", "0.1"], /--lr needs an optimizer; add --optimizer sgd/],
    [["--x", "[[1,2"], /--x is not JSON/],
    [["--x", "nowhere.json"], /--x: cannot read "nowhere.json"; check the path/],
    [["--x", '[["a"]]'], /--x must be numbers in nested lists/],
    [["--x", "[[1,2,3]]"], /x has shape \[1, 3\], the network takes \[examples, 2\]/],
    [["--convention", "diagonal"], /--convention: there is no convention "diagonal"/],
    [["--derive", "foo(x)"], /knows no function "foo"/],
    [["--derive", "sum(x)", "--let", "[1]"], /--let/],
    [["--out", "no/where.html"], /there is no folder/],
    [["model.safetensors", "--network", "2,3,2"], /--network is for a network of your own/],
    [["model.safetensors", "digits", "--example", "361"], /--example must be from 1 to 360/],
  ] as const)("refuses %j in one sentence", async (args, message) => {
    const { code, stderr } = await retrograd(["explain", ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n").length).toBe(1);
  });
});

interface MlpCase {
  readonly sizes: readonly number[];
  readonly activation: string;
  readonly lossName: string;
  readonly x: Numbers;
  readonly target: Numbers;
  readonly W: readonly Numbers[];
  readonly b: readonly Numbers[];
  readonly gradW: readonly Numbers[];
  readonly gradB: readonly Numbers[];
  readonly gradX: Numbers;
  readonly loss: Numbers;
}
const cases = casesOf<MlpCase>("mlp");
const lossNames: Readonly<Record<string, string>> = {
  cross_entropy: "softmaxCrossEntropy",
  mse: "meanSquaredError",
  bce_with_logits: "binaryCrossEntropy",
};

describe.skipIf(cases.length === 0)(`explain --json against another system ${cases.length === 0 ? absent : ""}`, () => {
  it.each(cases.map((one, i) => [`${one.sizes.join(",")} ${one.activation} ${one.lossName}`, one, i] as const))(
    "%s to 1e-10",
    async (_, one, i) => {
      const weights = Object.fromEntries([
        ...one.W.map((numbers, l) => [`W[${l + 1}]`, numbers]),
        ...one.b.map((numbers, l) => [`b[${l + 1}]`, numbers]),
      ]);
      const files = { w: weights, x: one.x, t: one.target };
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(cwd, `${name}${i}.json`), JSON.stringify(content));
      const activation = one.activation === "leaky_relu" ? "leakyRelu" : one.activation;
      const { steps } = await told(
        "--network",
        one.sizes.join(","),
        "--activation",
        activation,
        "--loss",
        lossNames[one.lossName] as string,
        "--weights",
        `w${i}.json`,
        "--x",
        `x${i}.json`,
        "--t",
        `t${i}.json`,
      );
      const expected: Record<string, Numbers> = { loss: one.loss, dX: one.gradX };
      for (const [l, numbers] of one.gradW.entries()) expected[`dW[${l + 1}]`] = numbers;
      for (const [l, numbers] of one.gradB.entries()) expected[`db[${l + 1}]`] = numbers;
      for (const [name, numbers] of Object.entries(expected)) {
        const wanted = flat(numbers);
        expectClose(
          flat(steps.find((step) => step.name === name)?.value as Numbers),
          wanted,
          { relative: 1e-10, floor: largest(wanted) || 1e-300 },
          name,
        );
      }
    },
  );
});
