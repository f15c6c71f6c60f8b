import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium, noChromium } from "../../tools/chromium.mjs";
import { root } from "../../tools/stamp.mjs";
import { trained } from "./train.mjs";

type Trained = Awaited<ReturnType<typeof trained>>;

const missing = (await findChromium()) === undefined ? ` (skipped: ${noChromium})` : "";

/** The strictest policy under which WebAssembly runs at all: nothing from blob: or data:, nothing evaluated. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

const scripts: Readonly<Record<string, string>> = {
  "/page.mjs": `
    import * as library from "/library/modules/index.js";
    import { trained } from "/train.mjs";
    globalThis.here = (threads) => trained(library, threads);
    globalThis.inWorker = (threads) =>
      new Promise((resolve, reject) => {
        const worker = new Worker("/worker.mjs", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(threads);
      });`,
  "/worker.mjs": `
    import * as library from "/library/modules/index.js";
    import { trained } from "/train.mjs";
    self.onmessage = async ({ data }) => postMessage(await trained(library, data));`,
  "/train.mjs": readFileSync(new URL("train.mjs", import.meta.url), "utf8"),
};

/** The built library, the scripts above, and two pages: one that may share memory and one that may not. */
function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const headers = { "Content-Security-Policy": policy, ...(path === "/plain" ? {} : isolation) };
    const answer = (type: string, body: string) => {
      response.writeHead(200, { ...headers, "Content-Type": type }).end(body);
    };
    const file = path.startsWith("/library/") ? join(root, "dist", path.slice("/library/".length)) : undefined;
    const script = scripts[path];
    if (script !== undefined) answer("text/javascript", script);
    else if (file !== undefined && existsSync(file)) answer("text/javascript", readFileSync(file, "utf8"));
    else answer("text/html", '<!doctype html><title>threads</title><script type="module" src="/page.mjs"></script>');
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe.skipIf(missing !== "")(`threads in a page${missing}`, () => {
  let server: Server;
  let browser: Browser;
  let expected: Trained;
  beforeAll(async () => {
    server = await serve();
    browser = await launchChromium();
    expected = await trained(await import(pathToFileURL(join(root, "dist", "index.js")).href), 1);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(path: string): Promise<Page> {
    const page = await browser.newPage();
    const port = (server.address() as AddressInfo).port;
    await page.goto(`http://localhost:${port}${path}`);
    await page.waitForFunction("globalThis.here !== undefined");
    return page;
  }

  it.each(["here", "inWorker"])("cross-origin isolated, under a strict policy: %s", async (where) => {
    const page = await open("/isolated");
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const { threads, why, weights }: Trained = await page.evaluate(`${where}(2)`);
    expect(threads).toBe(Math.min(2, cores));
    expect(why).toBe(cores > 1 ? "asked for" : "asked for; not on 2 threads: there is only one processor core");
    expect(weights).toEqual(expected.weights);
    await page.close();
  });

  it("the worker's file was left behind by a bundler: one thread, and the reason", async () => {
    const page = await browser.newPage();
    await page.route("**/wasm/worker.js", (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/isolated`);
    await page.waitForFunction("globalThis.here !== undefined");
    const { threads, why, weights }: Trained = await page.evaluate("here(2)");
    expect(threads).toBe(1);
    expect(why).toMatch(/not on 2 threads: (there is only one processor core|a worker could not be started: )/);
    expect(weights).toEqual(expected.weights);
    await page.close();
  });

  it("not isolated: one thread, and the reason", async () => {
    const page = await open("/plain");
    const { threads, why, weights }: Trained = await page.evaluate("here(2)");
    expect(threads).toBe(1);
    expect(why).toMatch(
      /not on 2 threads: (there is only one processor core|threads need shared memory, which pages have only when)/,
    );
    expect(weights).toEqual(expected.weights);
    await page.close();
  });
});
