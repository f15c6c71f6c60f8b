import { spawnSync } from "node:child_process";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { retrograd } from "./run.js";

const commands = [
  "train",
  "evaluate",
  "predict",
  "resume",
  "inspect",
  "explain",
  "experiment",
  "plot",
  "gradcheck",
  "bench",
  "lab",
];
const everywhere = ["--seed", "--engine", "--threads", "--json", "--quiet", "--debug", "--help"];

describe("help", () => {
  it("lists every command and the exit codes, with --help and without arguments", async () => {
    const { code, stdout, stderr } = await retrograd(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(stdout).toContain("Exit codes: 0 fine, 1 internal error");
    expect(await retrograd([])).toMatchObject({ code: 0, stdout });
  });

  it.each(commands)("of %s names the options every command takes, in lines of 80 cells", async (command) => {
    const { code, stdout, stderr } = await retrograd([command, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const option of everywhere) expect(stdout).toContain(option);
    for (const line of stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
    expect(await retrograd(["help", command])).toMatchObject({ code: 0, stdout });
  });

  it("of train names every option of the contract", async () => {
    const { stdout } = await retrograd(["train", "--help"]);
    const options =
      "layers activation init optimizer lr schedule weight-decay clip dropout loss batch epochs patience split target seed engine threads fast-math out checkpoint every watch report config";
    for (const option of options.split(" ")) expect(stdout).toContain(`--${option}`);
  });

  it("prints the version of the package", async () => {
    expect(await retrograd(["--version"])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("costs at most 60 ms more than starting Node, or on a busy machine as much again", { retry: 3 }, () => {
    const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
    const time = (...args: string[]) => {
      const started = performance.now();
      spawnSync(execPath, args);
      return performance.now() - started;
    };
    const pairs = Array.from({ length: 10 }, () => [time(program, "--help"), time("-e", "0")] as const);
    const fastest = (which: 0 | 1) => Math.min(...pairs.map((pair) => pair[which]));
    expect(fastest(0) - fastest(1)).toBeLessThan(Math.max(60, fastest(1)));
  });
});
