/** Where a Chromium is, for tests and benchmarks in a page; in one place, so that all look for it in the same way. */
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { env } from "node:process";

/** Paths, and names looked for in PATH; tried in this order, after the variable CHROMIUM. */
const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** For a test to say when it is skipped, and for a command when it stops. */
export const noChromium =
  "no Chromium was found; install one (Debian: apt-get install chromium) or give its path in the variable CHROMIUM";

/** Arguments for a headless run in a container: no sandbox, no speaking to the network, timers at full speed. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];

/** @param {string} path */
function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} program a path, or a name to be looked for in PATH @returns {string | undefined} */
function locate(program) {
  if (isAbsolute(program)) return runs(program) ? program : undefined;
  return (env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(runs);
}

/**
 * The executable of a Chromium: the one named by the variable CHROMIUM, the system's, or Playwright's own.
 * @returns {Promise<string | undefined>} undefined when there is none
 * @throws Error when CHROMIUM names a file that is not there
 */
export async function findChromium() {
  const named = env["CHROMIUM"];
  if (named !== undefined && named !== "") {
    const found = locate(named);
    if (found === undefined) throw new Error(`the variable CHROMIUM is ${named}, but there is no such program`);
    return found;
  }
  for (const program of usual) {
    const found = locate(program);
    if (found !== undefined) return found;
  }
  const { chromium } = await import("playwright-core");
  const own = chromium.executablePath();
  return own !== "" && runs(own) ? own : undefined;
}

/**
 * A headless Chromium, driven by Playwright; close it when done.
 * @returns {Promise<import("playwright-core").Browser>}
 * @throws Error when there is none
 */
export async function launchChromium() {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error(noChromium);
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath, args: chromiumArguments });
}
