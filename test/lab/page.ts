import { spawn } from "node:child_process";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { findChromium, launchChromium, noChromium } from "../../tools/chromium.mjs";

const found = (await findChromium()) !== undefined;
/** Why the tests in a page are skipped, for their titles; empty when they are not. */
export const reason = found ? "" : ` (${noChromium})`;
export const skipped = !found;

export interface LabPage {
  readonly page: Page;
  /** What the console said and which requests left the origin: both are to stay empty. */
  readonly complaints: string[];
}

/** A browser and the lab as `retrograd lab` serves it, for the tests of one file. */
export function useLab(): {
  open: (hash: string, options?: BrowserContextOptions) => Promise<LabPage>;
  address: () => string;
} {
  let [address, browser, stop]: [string, Browser | undefined, () => void] = ["", undefined, () => {}];
  beforeAll(async () => {
    [{ address, stop }, browser] = await Promise.all([serve(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    stop();
  });
  return {
    address: () => address,
    async open(hash, options = {}) {
      const context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(address) && !/^(data|blob):/.test(url)) complaints.push(`request to ${url}`);
      });
      await page.goto(`${address}#${hash}`);
      await page.locator("main h1").first().waitFor();
      return { page, complaints };
    },
  };
}

/** Starts `retrograd lab` and waits for the address it prints. */
function serve(): Promise<{ address: string; stop: () => void }> {
  const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
  const child = spawn(execPath, [program, "lab", "--no-open", "--quiet"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`retrograd lab ended with ${code}`)));
    child.stdout.setEncoding("utf8").once("data", (text: string) => {
      child.removeAllListeners("exit");
      resolve({ address: text.trim(), stop: () => child.kill("SIGINT") });
    });
  });
}
