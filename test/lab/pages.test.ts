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

  describe.each(languages)("in %s", (language) => {
    it.each(viewNames)("%s opens quietly, accessibly, and asks nobody else for anything", async (view) => {
      const { page, complaints } = await lab.open(`${view}?lang=${language}`);
      expect(await page.title()).toContain(texts[language].nav[view]);
      expect(await page.locator("html").getAttribute("lang")).toBe(language === "zh" ? "zh-CN" : "en");
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  it.each([360, 3840])("fits a screen of %i pixels without scrolling sideways", async (width) => {
    for (const view of viewNames) {
      const { page } = await lab.open(`${view}?lang=en`, { viewport: { width, height: 800 } });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, view).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  it("has no violations in the dark either", async () => {
    const { page } = await lab.open("home?lang=en&theme=dark");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
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

  it("gives the skip link the first Tab", async () => {
    const { page } = await lab.open("home?lang=en");
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(en.skip);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.context().close();
  });
});
