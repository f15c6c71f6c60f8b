/**
 * The lab in a real page: what is loaded before a lesson is opened, how soon the first view is ready, and the longest tasks of the
 * page's own thread while a network larger than case M trains in the worker. `node bench/lab.mjs`
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { preview } from "vite";
import { build } from "../tools/build.mjs";
import { launchChromium } from "../tools/chromium.mjs";
import { root } from "../tools/stamp.mjs";

/** @typedef {{ name: string, ph: string, pid: number, tid: number, dur?: number, tdur?: number, args: { name?: string } }} TraceEvent */

const training = "playground?lang=en&data=digits&layers=512,512&activation=relu&batch=64&pace=full";

await build({ lab: true });
const server = await preview({ configFile: join(root, "lab", "vite.config.ts"), preview: { port: 0 } });
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await launchChromium();
try {
  await firstView();
  await longestTasks();
} finally {
  await browser.close();
  await server.close();
}

async function firstView() {
  /** @type {number[]} */
  const times = [];
  for (let i = 0; i < 7; i++) {
    const page = await browser.newPage();
    const began = performance.now();
    await page.goto(`${address}#home?lang=en`);
    await page.locator("h1").waitFor();
    times.push(performance.now() - began);
    if (i === 0) {
      const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      const files = ["index.html", ...loaded.map((name) => new URL(name).pathname)];
      const bytes = files.reduce(
        (sum, file) => sum + gzipSync(readFileSync(join(root, "dist", "lab", file))).length,
        0,
      );
      console.log(`before a lesson is opened: ${files.length} files, ${(bytes / 1024).toFixed(1)} KiB gzip`);
    }
    await page.close();
  }
  times.sort((a, b) => a - b);
  console.log(
    `first view ready: median ${times[3]?.toFixed(0)} ms, fastest ${times[0]?.toFixed(0)} ms of ${times.length}`,
  );
}

async function longestTasks() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${address}#${training}`);
  const run = page.getByRole("button", { name: "Run", exact: true });
  await page.waitForFunction(() => document.querySelector(".curves svg") !== null);
  const session = await browser.newBrowserCDPSession();
  /** @type {TraceEvent[]} */
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(.../** @type {TraceEvent[]} */ (value)));
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: ["toplevel"] },
    transferMode: "ReportEvents",
  });
  await run.click();
  await page.waitForTimeout(5000);
  await session.send("Tracing.end");
  await complete;
  const steps = await page.locator("[data-testid=steps]").textContent();
  const threads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === "X" && name.endsWith("RunTask") && threads.has(`${pid}:${tid}`),
  );
  /** @param {"dur" | "tdur"} clock */
  const longest = (clock) => (Math.max(0, ...tasks.map((task) => task[clock] ?? 0)) / 1000).toFixed(1);
  console.log(`64-512-512-10, batch 64, 5 s: ${steps} steps; ${tasks.length} tasks of the page's thread`);
  console.log(`the longest: ${longest("tdur")} ms of its own time, ${longest("dur")} ms by the clock`);
  await page.close();
}
