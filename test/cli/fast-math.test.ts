import { versions } from "node:process";
import { describe, expect, it } from "vitest";
import { eventsOf, folder, retrograd } from "./run.js";

const old = Number(versions.node.split(".")[0]) < 22;
const nodeFlags = old ? ["--experimental-wasm-relaxed-simd"] : [];
const train = ["train", "moons", "--epochs", "2", "--fast-math"];

describe("--fast-math", () => {
  it("runs the relaxed build where the runtime has it, and says so", async () => {
    const { code, stdout, stderr } = await retrograd(train, { cwd: folder(), nodeFlags });
    expect({ code, complaint: stderr.includes("--fast-math") }).toEqual({ code: 0, complaint: false });
    expect(stdout).toContain("wasm engine, relaxed build");
    const { stdout: lines } = await retrograd([...train, "--json"], { cwd: folder(), nodeFlags });
    expect(eventsOf(lines).at(-1)).toMatchObject({ event: "done", engine: "wasm", build: "relaxed" });
  });

  it.runIf(old)("goes on with the portable build on a Node without it, and says what to use", async () => {
    const { code, stdout, stderr } = await retrograd([...train, "--json"], { cwd: folder() });
    expect(code).toBe(0);
    expect(eventsOf(stdout).at(-1)).toMatchObject({ event: "done", build: "portable" });
    expect(stderr).toContain(
      "retrograd: --fast-math: this runtime has no fused multiply-add in WebAssembly (relaxed SIMD), so the portable build " +
        "runs; use Node 22 or later, Node 20 with --experimental-wasm-relaxed-simd, or a recent browser",
    );
  });

  it("says that other engines have one build only", async () => {
    const { code, stderr } = await retrograd([...train, "--engine", "reference"], { cwd: folder() });
    expect(code).toBe(0);
    expect(stderr).toContain("--fast-math: the reference engine has only one build; use --engine wasm");
  });
});
