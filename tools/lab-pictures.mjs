/** Takes docs/lab.png and docs/lab.zh-CN.png, the README's pictures of the lab: the playground after 600 steps. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { preview } from "vite";
import { build } from "./build.mjs";
import { launchChromium } from "./chromium.mjs";
import { root } from "./stamp.mjs";

const pictures = [
  { file: "lab.png", language: "en", theme: "light" },
  { file: "lab.zh-CN.png", language: "zh", theme: "dark" },
];

await build({ lab: true });
const server = await preview({ configFile: join(root, "lab", "vite.config.ts"), preview: { port: 0 } });
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await launchChromium();
mkdirSync(join(root, "docs"), { recursive: true });
try {
  for (const { file, language, theme } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await page.goto(`${address}#playground?lang=${language}&theme=${theme}&step=600`);
    await page.waitForFunction(() => document.querySelector("[data-testid=steps]")?.textContent === "600");
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(root, "docs", file) });
    console.log(`docs/${file}`);
  }
} finally {
  await browser.close();
  await server.close();
}
