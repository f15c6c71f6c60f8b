import { defineConfig } from "vitest/config";

/** Set by tools/test-runtimes.mjs: the wasm engine's relaxed build everywhere. Node below 22 has it behind a flag. */
const relaxed = process.env.RETROGRAD_BUILD === "relaxed";
const needsFlag = relaxed && Number(process.versions.node.split(".")[0]) < 22;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build.ts"],
    setupFiles: relaxed ? ["test/fast-math.ts"] : [],
    execArgv: needsFlag ? ["--experimental-wasm-relaxed-simd"] : [],
    // Vitest leaves a core to itself; on two cores that is half of them.
    maxWorkers: "100%",
    // What a page shows in the end; a busy machine may take longer than the usual second.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
