/**
 * Takes docs/lab.png and docs/lab.zh-CN.png, the README's pictures of the lab: the playground after 600 steps.
 * With a folder, takes every view instead, in both languages and themes, narrow and wide, whole pages, to be looked at:
 * `node tools/lab-pictures.mjs build/pictures [word …]`, all or those whose name has one of the words.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { preview } from "vite";
import { build } from "./build.mjs";
import { launchChromium } from "./chromium.mjs";
import { root } from "./stamp.mjs";

/** Views by what they show; the playground in several states. */
const views = {
  home: "home?",
  forward: "forward?",
  "forward-batch": "forward?scene=batch&at=A1.2.1&convention=column",
  "forward-chain": "forward?scene=chain&g=tanh&at=Z2.0.0",
  activations: "activations?",
  softmax: "softmax?",
  backward: "backward?step=9",
  ...Object.fromEntries(
    ["depth", "zigzag", "dead", "init", "race", "adagrad"].map((topic) => [
      `troubles-${topic}`,
      `troubles?topic=${topic}`,
    ]),
  ),
  "troubles-race-digits": "troubles?topic=race&track=digits",
  "playground-spiral": "playground?step=600",
  "playground-start": "playground?data=moons",
  "playground-digits": "playground?data=digits&layers=32&step=300",
};

const readme = [
  { file: "docs/lab.png", hash: views["playground-spiral"], language: "en", theme: "light", width: 1280 },
  { file: "docs/lab.zh-CN.png", hash: views["playground-spiral"], language: "zh", theme: "dark", width: 1280 },
];

/** @param {string} folder @param {readonly string[]} words */
function every(folder, words) {
  const all = Object.entries(views).flatMap(([view, hash]) =>
    ["en", "zh"].flatMap((language) =>
      ["light", "dark"].flatMap((theme) =>
        [360, 1280, 3840]
          .filter((width) => width < 3840 || (language === "zh") === (theme === "dark"))
          .map((width) => ({
            file: join(folder, `${view}-${width}-${theme}-${language}.png`),
            ...{ hash, language, theme, width },
          })),
      ),
    ),
  );
  return all.filter(({ file }) => words.length === 0 || words.some((word) => file.includes(word)));
}

const [folder, ...words] = argv.slice(2);
await build({ lab: true });
const server = await preview({ configFile: join(root, "lab", "vite.config.ts"), preview: { port: 0 } });
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await launchChromium();
mkdirSync(join(root, folder ?? "docs"), { recursive: true });
try {
  for (const { file, hash, language, theme, width } of folder === undefined ? readme : every(folder, words)) {
    const page = await browser.newPage({ viewport: { width, height: width === 1280 ? 860 : 900 } });
    await page.goto(`${address}#${hash}&lang=${language}&theme=${theme}`);
    await page.locator("h1").waitFor();
    const steps = /step=(\d+)/.exec(hash)?.[1];
    if (hash.startsWith("playground") && steps !== undefined) {
      const shown = () => page.locator("[data-testid=steps]").textContent();
      while ((await shown())?.replace(/\D/g, "") !== steps) await page.waitForTimeout(100);
    }
    // Charts far below, and what is computed in workers.
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(folder === undefined ? 500 : 1500);
    await page.screenshot({ path: join(root, file), fullPage: folder !== undefined });
    console.log(file);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
