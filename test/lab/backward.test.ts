import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { format } from "../../lab/model/format.js";
import { en } from "../../lab/texts/en/backward.js";
import { zh } from "../../lab/texts/zh/backward.js";
import { dense, explain, network, sigmoid, tanh } from "../../src/index.js";
import { reason, skipped, useLab } from "./page.js";

const told = explain(network([dense(2, 3), tanh, dense(3, 2)]), { batch: 2, seed: 1 });
const shownValue = (account: typeof told, name: string) =>
  [account.steps.find((step) => step.name === name)?.value].flat(2).map((x) => format(x as number));
const current = (page: Page) => page.locator(".track [aria-current]").textContent();

describe.skipIf(skipped)(`backward${reason}`, () => {
  const lab = useLab();

  it.each([
    ["en", en],
    ["zh", zh],
  ] as const)("shows every gradient with its shape, as the library tells it, in %s", async (language, texts) => {
    const { page, complaints } = await lab.open(`backward?lang=${language}&step=11`);
    await page.getByRole("button", { name: texts.step }).click();
    expect(await current(page)).toBe("dX");
    const gradients = ["dZ[2]", "dW[2]", "db[2]", "dA[1]", "dZ[1]", "dW[1]", "db[1]", "dX"];
    for (const [i, name] of gradients.entries()) {
      const matrix = page.locator("section[aria-labelledby=ledger] .matrix").nth(i);
      expect(await matrix.locator("tbody td").allInnerTexts(), name).toEqual(shownValue(told, name));
    }
    const says = told.steps.find(({ name }) => name === "dX")?.says[language] as string;
    expect(await page.locator(".says").textContent()).toBe(says);
    if (language === "en")
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("steps with the arrow keys, plays and pauses with space, and keeps what is not known yet hidden", async () => {
    const { page } = await lab.open("backward?lang=en&step=0");
    expect(await current(page)).toBe("Z[1]");
    expect(await page.locator("section[aria-labelledby=ledger] .matrix").count()).toBe(0);
    await page.locator("#main").focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowRight");
    expect(await current(page)).toBe("dW[2]");
    await page.keyboard.press("ArrowLeft");
    expect(await current(page)).toBe("dZ[2]");
    expect(await page.locator("section[aria-labelledby=ledger] .matrix").count()).toBe(1);
    await page.keyboard.press("Space");
    await expect.poll(() => current(page)).toBe("dW[2]");
    await page.keyboard.press("Space");
    expect(await page.getByRole("button", { name: en.play }).count()).toBe(1);
    await page.context().close();
  });

  it("adds up the paths to a weight to its gradient, and the difference quotient comes close to it", async () => {
    const { page } = await lab.open("backward?lang=en&g=sigmoid");
    const account = explain(network([dense(2, 3), sigmoid, dense(3, 2)]), { batch: 2, seed: 1 });
    await page.getByRole("combobox", { name: en.weight }).selectOption("W[1][3, 2]");
    const gradient = [account.steps.find(({ name }) => name === "dW[1]")?.value].flat(2)[5] as number;
    expect(await page.locator(".paths li").count()).toBe(4);
    expect(await page.locator("[data-sum]").textContent()).toBe(format(gradient, 6));
    expect(await page.locator("[data-gradient]").textContent()).toBe(format(gradient, 8));
    const quotient = async () => Number((await page.locator("[data-secant]").textContent())?.replace("−", "-"));
    const wide = Math.abs((await quotient()) - gradient);
    const slider = page.getByRole("slider", { name: en.nudge });
    await slider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("PageDown");
    expect(Math.abs((await quotient()) - gradient)).toBeLessThan(wide / 100);
    await page.context().close();
  });

  it("follows the weight whose line is clicked", async () => {
    const { page } = await lab.open("backward?lang=en");
    await page.locator(".net-picture .reach").nth(6).dispatchEvent("click");
    expect(await page.getByRole("combobox", { name: en.weight }).inputValue()).toBe("2.0.0");
    expect(await page.locator(".paths li").count()).toBe(2);
    await page.context().close();
  });

  it.each([
    ["en", "row", en],
    ["zh", "column", zh],
  ] as const)(
    "computes again with numbers that are typed, in %s, examples in a %s",
    async (language, convention, texts) => {
      const { page, complaints } = await lab.open(`backward?lang=${language}&convention=${convention}`);
      const cell = (name: string) => page.getByRole("textbox", { name, exact: true });
      await cell("W[2][2, 3]").fill("0,5");
      await cell("W[2][2, 3]").press("Enter");
      // Example 2, input 1.
      await cell(convention === "row" ? "X[2, 1]" : "X[1, 2]").fill("−2.25");
      await cell("b[1][3, 1]").fill("1e-3");
      await cell("t[1, 1]").fill("7");
      await cell("t[1, 1]").press("Enter");
      const value = (name: string) => [told.steps.find((step) => step.name === name)?.value].flat(2) as number[];
      const typed = explain(network([dense(2, 3), tanh, dense(3, 2)]), {
        x: [value("X").slice(0, 2), [-2.25, value("X")[3] as number]],
        t: [1, value("t")[1] as number],
        weights: new Map([
          ["W[2]", value("W[2]").with(5, 0.5)],
          ["b[1]", value("b[1]").with(2, 0.001)],
        ]),
        seed: 1,
        convention,
      });
      await page.getByRole("button", { name: "dX", exact: true }).click();
      const gradients = ["dZ[2]", "dW[2]", "db[2]", "dA[1]", "dZ[1]", "dW[1]", "db[1]", "dX"];
      const shown = (i: number) =>
        page.locator("section[aria-labelledby=ledger] .matrix").nth(i).locator("tbody td").allInnerTexts();
      for (const [i, name] of gradients.entries()) {
        expect(await shown(i), name).toEqual(shownValue(typed, name));
      }
      await page.waitForURL(/step=12/);
      const again = await lab.open(page.url().split("#")[1] as string);
      expect(await again.page.locator("main").innerText()).toBe(await page.locator("main").innerText());
      await again.page.context().close();
      await page.getByRole("button", { name: texts.drawnAgain }).click();
      await page.getByRole("button", { name: "dX", exact: true }).click();
      expect(await shown(7)).toEqual(
        shownValue(explain(network([dense(2, 3), tanh, dense(3, 2)]), { batch: 2, seed: 1, convention }), "dX"),
      );
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it("is the same screen when its link is opened again", async () => {
    const { page } = await lab.open("backward?lang=zh");
    await page.getByRole("radio", { name: zh.conventions.column }).check();
    await page.getByRole("button", { name: zh.otherNumbers }).click();
    await page.getByRole("button", { name: "dW[1]" }).click();
    await page.waitForURL(/step=10/);
    const again = await lab.open(page.url().split("#")[1] as string);
    expect(await again.page.locator("main").innerText()).toBe(await page.locator("main").innerText());
    await again.page.context().close();
    await page.context().close();
  });
});
