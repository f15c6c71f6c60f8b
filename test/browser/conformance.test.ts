import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium, noChromium } from "../../tools/chromium.mjs";
import { serve } from "../../tools/isolated-server.mjs";
import type { Outcome } from "./page.js";

/**
 * The conformance suite and the oracle's vectors on the wasm engine in headless Chromium, in a cross-origin isolated page: the
 * same test files that run in Node, bundled with Vitest's own runner and matchers.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const chromium = await findChromium();
const why = chromium === undefined ? ` (skipped: ${noChromium})` : "";

/** What takes the place of Vitest's own entry, and of the Node modules that the suites use. */
const standIns: Plugin = {
  name: "stand-ins",
  setup({ onResolve }) {
    onResolve({ filter: /^vitest$/ }, () => ({ path: here("vitest-in-page.ts") }));
    onResolve({ filter: /^node:(fs|url|module)$/ }, ({ importer }) =>
      importer.includes("/src/") ? { external: true } : { path: here("node-in-page.ts") },
    );
  },
};

/** A run takes 15 s on a quiet machine. */
const patience = 240_000;

/** How the wasm engine is opened. The first run also has every step divided among two threads, in turns; real ones: test/threads. */
const variants = [
  ["the portable build", {}],
  ["the relaxed build", { fastMath: true }],
] as const;

describe.skipIf(chromium === undefined)(`the suites in a page of Chromium${why}`, () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [here("page.ts")],
      bundle: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      plugins: [standIns],
      external: ["node:*"],
      define: { "process.env": "globalThis.environment" },
      splitting: true,
      outdir: here("../../test/browser"),
      write: false,
      logLevel: "error",
    });
    const scripts = outputFiles.map(({ path, contents }) => [
      path.slice(here("../..").length - 1).replaceAll("\\", "/"),
      { type: "text/javascript", body: contents },
    ]);
    const html =
      '<!doctype html><meta charset="utf-8"><title>suites</title><script type="module" src="/test/browser/page.js"></script>';
    server = await serve(
      { "/shared/": here("../../../shared") },
      { "/": { type: "text/html", body: html }, ...Object.fromEntries(scripts) },
    );
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function run(options: object, names?: readonly string[]): Promise<Outcome> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const broken = new Promise<never>((_, reject) => page.on("pageerror", reject));
    broken.catch(() => {});
    page.setDefaultTimeout(patience);
    await page.addInitScript(`globalThis.environment = ${JSON.stringify({ RETROGRAD_WASM: JSON.stringify(options) })}`);
    await page.goto(server.origin);
    await Promise.race([page.waitForFunction("globalThis.runSuites !== undefined"), broken]);
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
    const list = names === undefined ? "suiteNames" : JSON.stringify(names);
    const outcome = await Promise.race([page.evaluate<Outcome>(`runSuites(${list})`), broken]);
    await context.close();
    return outcome;
  }

  it("see a failure when there is one", async () => {
    const { passed, failed } = await run({}, ["browser/broken"]);
    expect(passed).toBe(1);
    expect(failed).toHaveLength(2);
    expect(failed[0]).toContain("adds wrongly: expected [ 2, { a: 2 } ] to deeply equal [ 3, { a: 2 } ]");
    expect(failed[1]).toContain("refused");
  });

  it.each(variants)(
    "pass with %s",
    async (_, options) => {
      const { passed, failed } = await run(options);
      expect(failed).toEqual([]);
      expect(passed).toBeGreaterThan(150);
    },
    patience,
  );
});
