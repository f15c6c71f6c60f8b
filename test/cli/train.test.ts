import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadModel } from "../../src/index.js";
import { eventsOf, firstOf, folder, lastOf, retrograd } from "./run.js";

const short = ["--epochs", "2", "--layers", "8"];

describe("train", () => {
  it("ends with a done line that carries what the contract names, and writes the model", async () => {
    const cwd = folder();
    const { code, stdout } = await retrograd(["train", "digits", ...short, "--json"], { cwd });
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    expect(events.map(({ event }) => event)).toEqual(["start", "epoch", "epoch", "done"]);
    expect(events.at(-1)).toMatchObject({
      event: "done",
      epochs: 2,
      seconds: expect.any(Number),
      examplesPerSecond: expect.any(Number),
      engine: expect.stringMatching(/^\w+$/),
      test: { loss: expect.any(Number), accuracy: expect.any(Number) },
      model: "model.safetensors",
    });
    const model = await loadModel(join(cwd, "model.safetensors"));
    expect(model.training).toMatchObject({ data: "digits", split: "ordered", seed: 1, epochs: 2 });
    expect(readdirSync(cwd)).toEqual(["model.safetensors"]);
  });

  it("needs no arguments: it trains on the digits", async () => {
    const { stdout } = await retrograd(["train", "--epochs", "1", "--json"], { cwd: folder() });
    expect(firstOf(stdout)).toMatchObject({ event: "start", data: "digits", training: 1437, test: 360 });
  });

  it.each(["spiral", "moons", "circles", "xor", "blobs"])("learns %s", async (data) => {
    const { stdout } = await retrograd(["train", data, "--json"], { cwd: folder() });
    const { accuracy } = lastOf(stdout)["test"] as { accuracy: number };
    expect(accuracy).toBeGreaterThan(0.95);
  });

  it("reports R² and the mean absolute error of a regression", async () => {
    const { stdout } = await retrograd(["train", "regression", "--json"], { cwd: folder() });
    const { r2, mae } = lastOf(stdout)["test"] as { r2: number; mae: number };
    expect(r2).toBeGreaterThan(0.99);
    expect(mae).toBeGreaterThan(0);
  });

  it("gives the same bytes for the same seed and any number of threads, others for another seed", async () => {
    const cwd = folder();
    const bytes = async (name: string, ...more: string[]) => {
      await retrograd(["train", ...short, "--dropout", "0.1", "--quiet", "--out", name, ...more], { cwd });
      return readFileSync(join(cwd, name)).toString("base64");
    };
    const first = await bytes("a", "--seed", "7");
    expect(await bytes("b", "--seed", "7")).toBe(first);
    expect(await bytes("c", "--seed", "7", "--threads", "2")).toBe(first);
    expect(await bytes("d", "--seed", "8")).not.toBe(first);
  });

  it("takes every option of its own", async () => {
    const options = [
      ...["--layers", "12,6", "--activation", "leakyRelu", "--init", "orthogonal", "--optimizer", "adamw"],
      ...["--lr", "1e-2", "--schedule", "cosine", "--weight-decay", "0.1", "--clip", "1", "--dropout", "0.2"],
      ...["--loss", "crossEntropy", "--batch", "64", "--epochs", "3", "--patience", "2", "--split", "0.3"],
      ...["--seed", "3", "--engine", "reference", "--threads", "1"],
    ];
    const cwd = folder();
    const { code, stdout } = await retrograd(["train", "digits", ...options, "--json"], { cwd });
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    expect(events[0]).toMatchObject({
      network: "64 → 12 leakyRelu dropout 0.2 → 6 leakyRelu dropout 0.2 → 10 softmax",
      test: 539,
      training: 1132,
      optimizer: "adamw",
      rate: 0.01,
      schedule: "cosine",
    });
    expect(events[1]).toMatchObject({ event: "epoch", rate: 0.01, validation: { loss: expect.any(Number) } });
    expect(events.at(-1)).toMatchObject({ engine: "reference" });
  });

  it.each(["constant", "cosine", "step", "exponential", "linear", "polynomial"])(
    "knows the schedule %s",
    async (name) => {
      const args = ["train", "xor", "--epochs", "4", "--schedule", name, "--json"];
      const { code, stdout } = await retrograd(args, { cwd: folder() });
      const rates = eventsOf(stdout).flatMap(({ event, rate }) => (event === "epoch" ? [rate as number] : []));
      expect(code).toBe(0);
      expect(new Set(rates).size === 1).toBe(name === "constant");
    },
  );

  it("trains a network without hidden layers, and one with a single output for two classes", async () => {
    const linear = await retrograd(["train", "blobs", "--layers", "none", "--epochs", "3", "--json"], {
      cwd: folder(),
    });
    expect(eventsOf(linear.stdout)[0]).toMatchObject({ network: "2 → 3" });
    const binary = ["train", "moons", "--loss", "binaryCrossEntropy", "--epochs", "3", "--json"];
    expect(firstOf((await retrograd(binary, { cwd: folder() })).stdout)).toMatchObject({
      network: "2 → 32 relu → 32 relu → 1",
    });
  });

  it("stops early with --patience and says which epoch the model is from", async () => {
    const args = ["train", "moons", "--lr", "0.5", "--patience", "2", "--epochs", "200", "--json"];
    const { stdout } = await retrograd(args, { cwd: folder() });
    const done = lastOf(stdout);
    expect(done).toMatchObject({ ended: "patience" });
    expect(done?.["epochs"]).toBe((done?.["bestEpoch"] as number) + 2);
  });

  it("reads options from a file, over which the command line wins", async () => {
    const cwd = folder();
    const config = { data: "moons", layers: [5, 4], lr: 0.02, weightDecay: 0.1, batch: "16", epochs: 2, json: true };
    writeFileSync(join(cwd, "settings.json"), JSON.stringify(config));
    const { code, stdout } = await retrograd(["train", "--config", "settings.json", "--epochs", "1"], { cwd });
    expect(code).toBe(0);
    expect(firstOf(stdout)).toMatchObject({
      data: "moons",
      network: "2 → 5 relu → 4 relu → 2",
      rate: 0.02,
      batch: 16,
      epochs: 1,
    });
  });

  it("leaves an earlier model as it was when training fails", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "model.safetensors"), "an earlier model");
    const { code } = await retrograd(["train", ...short, "--lr", "1e30"], { cwd });
    expect(code).toBe(4);
    expect(readFileSync(join(cwd, "model.safetensors"), "utf8")).toBe("an earlier model");
    expect(readdirSync(cwd)).toEqual(["model.safetensors"]);
  });

  it("writes the model where it is told, with a path that needs quoting in what to try next", async () => {
    const cwd = folder();
    const { stdout } = await retrograd(["train", "xor", ...short, "--out", "my model.safetensors"], { cwd });
    expect(existsSync(join(cwd, "my model.safetensors"))).toBe(true);
    expect(stdout).toContain("retrograd predict 'my model.safetensors' xor --limit 10");
  });

  it("suggests commands that work", async () => {
    const cwd = folder();
    const { stdout } = await retrograd(["train", "blobs", ...short], { cwd });
    const suggested = stdout.split("Try next\n")[1]?.trimEnd().split("\n") ?? [];
    const commands = suggested.map(
      (line) =>
        line
          .trim()
          .split(/\s{2,}/)[0]
          ?.split(" ")
          .slice(1) ?? [],
    );
    expect(commands.map(([name]) => name)).toEqual(["predict", "train", "gradcheck"]);
    for (const command of commands) {
      const cheap = command[0] === "gradcheck" ? [...command, "--cases", "1"] : command;
      expect(await retrograd(cheap, { cwd })).toMatchObject({ code: 0 });
    }
  });

  it("names the commands as the reader would type them", async () => {
    const env = { npm_lifecycle_event: "start" };
    const { stdout } = await retrograd(["train", "xor", ...short], { cwd: folder(), env });
    expect(stdout).toContain("  npm start -- predict model.safetensors xor --limit 10");
  });
});
