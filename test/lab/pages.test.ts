import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { describe, expect, it } from "vitest";
import { viewNames } from "../../lab/model/state.js";
import { en } from "../../lab/texts/en.js";
import { zh } from "../../lab/texts/zh.js";
import { languages } from "../../src/index.js";
import { reason, skipped, useLab } from "./page.js";

const texts = { en, zh };

describe.skipIf(skipped)(`every view${reason}`, () => {
  const lab = useLab();

  it.each(languages)(
    "opens quietly and accessibly, fits every width, and asks nobody else for anything, in %s",
    { timeout: 180_000 },
    async (language) => {
      const { page, complaints } = await lab.open(`home?lang=${language}`);
      for (const view of viewNames) {
        await page.goto(`${lab.address()}#${view}?lang=${language}&theme=${language === "zh" ? "dark" : "light"}`);
        await page.waitForFunction((name) => document.title.startsWith(name), texts[language].nav[view]);
        await page.locator("main h1").waitFor();
        expect(await page.locator("html").getAttribute("lang")).toBe(language === "zh" ? "zh-CN" : "en");
        if (view === "playground") await page.locator(".curves svg").first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${view}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
          [],
        );
        for (const width of [360, 3840, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(beyond, `${view} at ${width}`).toBeLessThanOrEqual(0);
        }
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it("is under 250 KB gzip until a lesson is opened", async () => {
    const { page } = await lab.open("home?lang=en");
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    const bodies = await Promise.all(
      [lab.address(), ...loaded].map(async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer())),
    );
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(loaded.some((name) => name.endsWith(".js"))).toBe(true);
    expect(bytes).toBeLessThan(250 * 1024);
    await page.context().close();
  });

  it("holds still for whoever asks for less motion", async () => {
    const { page } = await lab.open("home?lang=en", { reducedMotion: "reduce" });
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await page.context().close();
    const moving = await lab.open("home?lang=en");
    expect(await moving.page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
    await moving.page.context().close();
  });

  it("runs under a policy without eval, inline scripts, or other origins", async () => {
    const { page } = await lab.open("home?lang=en");
    const policy = (await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content")) ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
    await page.context().close();
  });
});

describe.skipIf(skipped)(`the header${reason}`, () => {
  const lab = useLab();

  it("leads to every view, and Back leads back", async () => {
    const { page } = await lab.open("home?lang=en");
    await page.getByRole("link", { name: en.nav.softmax }).first().click();
    await page.waitForURL(/#softmax/);
    await expect.poll(() => page.locator("h1").textContent()).toContain("Softmax");
    await page.goBack();
    await expect.poll(() => page.url()).toContain("#home");
    await page.context().close();
  });

  it("changes language and theme, and the link says so", async () => {
    const { page } = await lab.open("softmax?lang=en");
    await page.getByRole("radio", { name: "中文" }).check();
    await expect.poll(() => page.locator("h1").textContent()).toContain("交叉熵");
    await page.getByRole("radio", { name: zh.themes.dark }).check();
    await page.waitForURL(/lang=zh&theme=dark/);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(20, 22, 26)");
    await page.context().close();
  });

  it("is behind a button on a phone, reached by keyboard, closed by Escape", async () => {
    const { page } = await lab.open("home?lang=en", { viewport: { width: 360, height: 740 } });
    const menu = page.getByRole("button", { name: en.menu });
    const link = page.getByRole("link", { name: en.nav.backward }).first();
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => link.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("navigation").isVisible()).toBe(false);
    await page.context().close();
  });

  it("says what of a link could not be read, until told that this is known", async () => {
    const { page } = await lab.open("playground?lang=zh&seed=seven&step=3");
    const notice = page.getByText("链接中有读不懂的部分：seed=seven。");
    await notice.waitFor();
    await page.getByRole("button", { name: zh.dismiss }).click();
    await notice.waitFor({ state: "detached" });
    expect(page.url()).not.toContain("seven");
    await page.getByLabel("随机种子").fill("viel");
    await page.getByLabel("随机种子").press("Enter");
    await page.getByText(zh.notNumber).waitFor();
    expect(await page.getByLabel("随机种子").inputValue()).toBe("1");
    await page.context().close();
  });

  it("gives the skip link the first Tab", async () => {
    const { page } = await lab.open("home?lang=en");
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(en.skip);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.context().close();
  });
});
