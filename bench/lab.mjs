/**
 * The lab in a real page: what is loaded before a lesson is opened, how soon the first view is ready, and, while a network larger
 * than case M trains in the worker, the longest tasks of the page's own thread and the frames it shows. `node bench/lab.mjs [--write]`
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { preview } from "vite";
import { build } from "../tools/build.mjs";
import { launchChromium } from "../tools/chromium.mjs";
import { root } from "../tools/stamp.mjs";
import { describeMachine, machineLine } from "./machine.mjs";
import { writeResults } from "./output.mjs";
import { markdownTable, median, quantile } from "./statistics.mjs";

/** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args: { name?: string } }} TraceEvent */

const { values: options } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const networks = {
  "2-8-8-3, spiral": "data=spiral&layers=8,8&batch=32",
  "64-128-10, digits": "data=digits&layers=128&batch=64",
  "64-512-512-10, digits": "data=digits&layers=512,512&batch=64",
};
/** Seconds that are watched. */
const seconds = 5;

await build({ lab: true });
const machine = describeMachine();
const server = await preview({ configFile: join(root, "lab", "vite.config.ts"), preview: { port: 0 } });
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await launchChromium();
/** @type {{ files: number, bytes: number, times: number[] }} */
let first;
/** @type {Awaited<ReturnType<typeof watchTraining>>[]} */
const trainings = [];
try {
  first = await firstView();
  for (const [network, fields] of Object.entries(networks)) trainings.push(await watchTraining(network, fields));
} finally {
  await browser.close();
  await server.close();
}
const page = report();
if (options.write) {
  const folder = join(root, "docs", "bench");
  writeResults(folder, "lab", { measured: new Date().toISOString().slice(0, 10), machine, first, trainings }, page);
}
stdout.write(page);

async function firstView() {
  /** @type {number[]} */
  const times = [];
  let [files, bytes] = [0, 0];
  for (let i = 0; i < 7; i++) {
    const page = await browser.newPage();
    const began = performance.now();
    await page.goto(`${address}#home?lang=en`);
    await page.locator("h1").waitFor();
    times.push(performance.now() - began);
    if (i === 0) {
      const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      const names = ["index.html", ...loaded.map((name) => new URL(name).pathname)];
      files = names.length;
      bytes = names.reduce((sum, file) => sum + gzipSync(readFileSync(join(root, "dist", "lab", file))).length, 0);
    }
    await page.close();
  }
  return { files, bytes, times };
}

/** Tasks and frames from the moment Run is pressed, without what the driver itself does in the page. @param {string} network @param {string} fields */
async function watchTraining(network, fields) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${address}#playground?lang=en&activation=relu&pace=full&${fields}`);
  await page.waitForFunction(() => document.querySelector(".curves svg") !== null);
  const session = await browser.newBrowserCDPSession();
  /** @type {TraceEvent[]} */
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(.../** @type {TraceEvent[]} */ (value)));
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: ["toplevel", "blink.user_timing"] },
    transferMode: "ReportEvents",
  });
  const gaps = await page.evaluate(async (/** @type {number} */ watched) => {
    const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let i = 0; i < 30; i++) await next();
    const run = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.trim().endsWith("Run"));
    performance.mark("run");
    run?.click();
    const gaps = [];
    let last = performance.now();
    for (const end = last + 1000 * watched; last < end; ) {
      await next();
      const now = performance.now();
      gaps.push(now - last);
      last = now;
    }
    performance.mark("watched");
    return gaps;
  }, seconds);
  await session.send("Tracing.end");
  await complete;
  const steps = Number((await page.locator("[data-testid=steps]").textContent())?.replace(/\D/g, ""));
  await page.close();

  const threads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const at = (/** @type {string} */ mark) => events.find(({ name }) => name === mark)?.ts ?? Number.NaN;
  const [from, to] = [at("run"), at("watched")];
  const tasks = events.filter(
    ({ name, ph, pid, tid, ts, dur = 0 }) =>
      ph === "X" && name.endsWith("RunTask") && threads.has(`${pid}:${tid}`) && ts + dur >= from && ts <= to,
  );
  if (steps === 0 || tasks.length === 0) throw new Error(`${network}: ${steps} steps, ${tasks.length} tasks were seen`);
  /** @param {"dur" | "tdur"} clock */
  const longest = (clock) => Math.max(...tasks.map((task) => task[clock] ?? 0)) / 1000;
  return {
    network,
    steps,
    tasks: tasks.length,
    longestOwn: longest("tdur"),
    longestByClock: longest("dur"),
    frames: gaps.length,
    frame: median(gaps),
    frame99: quantile(gaps, 0.99),
    longestFrame: Math.max(...gaps),
    over50: gaps.filter((gap) => gap > 50).length,
  };
}

function report() {
  const ms = (/** @type {number} */ time) => `${time.toFixed(1)} ms`;
  return `# The lab in a page

Written by \`node bench/lab.mjs --write\` on ${new Date().toISOString().slice(0, 10)}; do not edit. Headless Chromium, 1280 × 900.

Machine: ${machineLine(machine)}. It is shared with other work.

Before a lesson is opened: ${first.files} files, ${(first.bytes / 1024).toFixed(1)} KiB gzip (wanted: under 250). First view ready: median
${median(first.times).toFixed(0)} ms of ${first.times.length} (wanted: under 1,500).

The first ${seconds} seconds after Run is pressed, at full pace, everything on the page drawn live. Training runs in a worker; wanted is no
frame longer than 50 ms. "Own" is the time a task computed, "by the clock" also what it waited for a core.

${markdownTable(
  [
    "network, data",
    "steps",
    "longest task, own",
    "by the clock",
    "frames",
    "median frame",
    "99 %",
    "longest frame",
    "over 50 ms",
  ],
  trainings.map((one) => [
    one.network,
    one.steps.toLocaleString("en-US"),
    ms(one.longestOwn),
    ms(one.longestByClock),
    String(one.frames),
    ms(one.frame),
    ms(one.frame99),
    ms(one.longestFrame),
    String(one.over50),
  ]),
)}
`;
}
