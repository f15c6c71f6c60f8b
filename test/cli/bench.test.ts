import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsOf, folder, retrograd } from "./run.js";

describe("bench", () => {
  it("times the cases asked for, one event a row", async () => {
    const { code, stdout } = await retrograd(
      "bench --cases S,D --kernels none --seconds 0.05 --threads 1 --json".split(" "),
    );
    expect(code).toBe(0);
    const [s, d, done] = eventsOf(stdout);
    expect(s).toMatchObject({ event: "step", case: "S", engine: "wasm", threads: 1, flops: 17_408, parameters: 114 });
    expect(d).toMatchObject({ event: "step", case: "D", flops: 647_168, parameters: 4810 });
    for (const row of [s, d]) {
      const { microseconds, gigaflops, flops, perMultiplyAdd, steps } = row as unknown as Record<string, number>;
      expect(steps).toBeGreaterThanOrEqual(5);
      expect(microseconds).toBeGreaterThan(0);
      expect(gigaflops).toBeCloseTo(Number(flops) / Number(microseconds) / 1000, 6);
      expect(Number(perMultiplyAdd) * Number(gigaflops)).toBeCloseTo(2000, 6);
    }
    expect(done).toEqual({ event: "done", steps: 2, kernels: 0, failed: 0 });
  });

  it("times kernels with their roof, and writes tables or numbers", async () => {
    const cwd = folder();
    const args = "bench --cases none --seconds 0.02 --threads 1".split(" ");
    const { code, stdout } = await retrograd([...args, "--out", "bench.md"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("Kernels under their roof");
    const text = await readFile(join(cwd, "bench.md"), "utf8");
    expect(text).toMatch(/^# retrograd bench\n\n.+, Node \d+/);
    expect(text).toMatch(/\| 256³ product \| wasm \| 1 \| [\d.]+ [µm]s \| \d+ % \| [\d.]+ \| [\d.]+ GFLOP\/s \|/);
    await retrograd([...args, "--out", "bench.json"], { cwd });
    const { kernels, steps } = JSON.parse(await readFile(join(cwd, "bench.json"), "utf8")) as {
      kernels: { kernel: string; share: number; reached: number; roof: number }[];
      steps: unknown[];
    };
    expect(steps).toEqual([]);
    expect(kernels.map(({ kernel }) => kernel)).toContain("sigmoid");
    for (const { share, reached, roof } of kernels) expect(share).toBeCloseTo(reached / roof, 6);
  });

  it.each([
    ["--cases Q", '--cases: there is no case "Q"; did you mean "S"?'],
    ["--out bench.txt", '--out "bench.txt": give the file the ending .md or .json'],
    ["--seconds 0", '--seconds must be a number above 0, got "0"'],
  ])("refuses %s", async (option, message) => {
    const { code, stderr } = await retrograd(["bench", ...option.split(" ")]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `retrograd: ${message}\n` });
  });
});
