import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { absent } from "./runtime.js";

/** Chromium's Vulkan driver without a graphics card: slow, and good enough to compare numbers. */
const chromium = "/usr/lib/chromium";
const driver = join(chromium, "vk_swiftshader_icd.json");
const root = fileURLToPath(new URL("../..", import.meta.url));

const reason = absent ?? (existsSync(driver) ? undefined : `needs ${driver}, which Debian's chromium brings`);

// The loader of shared libraries reads its environment when a process starts, so the steps run in a process of their own.
it.skipIf(reason !== undefined)(
  `training steps on webgpu, by a software adapter, follow float64${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  async () => {
    const outfile = join(root, "build", "onnx-webgpu-steps.mjs");
    await mkdir(join(root, "build"), { recursive: true });
    await build({
      entryPoints: [join(root, "test", "onnx", "webgpu-steps.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      logLevel: "warning",
    });
    const env = { ...process.env, VK_DRIVER_FILES: driver, LD_LIBRARY_PATH: chromium };
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, join(root, "test", "onnx")], {
      env,
      timeout: 170_000,
    });
    const results = JSON.parse(stdout) as { title: string; worst: number }[];
    expect(results.length).toBe(4);
    for (const { title, worst } of results) expect(worst, title).toBeLessThan(1e-4);
  },
  180_000,
);
