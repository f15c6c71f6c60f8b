import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { format } from "../../lab/model/format.js";
import { forwardFields } from "../../lab/model/forward-state.js";
import { en } from "../../lab/texts/en/forward.js";
import { zh } from "../../lab/texts/zh/forward.js";
import { dense, evaluate, input, network, tanh } from "../../src/index.js";
import { reason, skipped, useLab } from "./page.js";

const product = (page: Page) => page.locator(".product [role=status]").textContent();
const matrix = (page: Page, at: number) => page.locator(".equation .matrix").nth(at);
const numbersOf = (page: Page, at: number) => matrix(page, at).locator("tbody td").allInnerTexts();

/** What the library's own network makes of the first numbers of the view. */
function expected(name: "A[1]" | "A[2]"): string[] {
  const net = network([dense(2, 3), tanh, dense(3, 1), tanh]);
  const x = input([4, 2], "X");
  const fields = forwardFields;
  const { W1, b1, W2, b2 } = fields;
  const feeds = new Map([[x as never, fields.X.fallback]]);
  const values: Record<string, readonly number[]> = {
    "W[1]": W1.fallback,
    "b[1]": b1.fallback,
    "W[2]": W2.fallback,
    "b[2]": b2.fallback,
  };
  for (const own of net.tensors) feeds.set(own.tensor as never, values[own.name] as number[]);
  let node = net.forward(x).output as { name: string | undefined; inputs: readonly unknown[] };
  while (node.name !== name) node = node.inputs[0] as typeof node;
  return [...evaluate(node as never, feeds).data].map((value) => format(value));
}

describe.skipIf(skipped)(`forward${reason}`, () => {
  const lab = useLab();

  it("begins with one neuron and the product that made its z", async () => {
    const { page, complaints } = await lab.open("forward?lang=en");
    expect(await product(page)).toBe("0.5·1 + (−1)·2 + 0.1 = −1.4");
    await page.getByRole("radio", { name: "tanh" }).check();
    await matrix(page, 4).locator("td").hover();
    expect(await product(page)).toBe("tanh(−1.4) = −0.8854");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["en", en],
    ["zh", zh],
  ] as const)("shows every number of the library's pass, in %s", async (language, texts) => {
    const { page } = await lab.open(`forward?lang=${language}`);
    await page.getByRole("radio", { name: texts.scenes.chain.name }).check();
    await page.getByRole("radio", { name: "tanh" }).check();
    expect(await numbersOf(page, 4)).toEqual(expected("A[1]"));
    expect(await numbersOf(page, 9)).toEqual(expected("A[2]"));
    if (language === "en")
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await page.context().close();
  });

  it("lights the row and the column of a number reached by keyboard, and says what an input feeds", async () => {
    const { page } = await lab.open("forward?lang=en&scene=batch");
    await matrix(page, 3).locator("td").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect(await product(page)).toBe("1·(−1) + 0.25·0.5 + 0 = −0.875");
    expect(await matrix(page, 0).locator("td.lit").count()).toBe(2);
    expect(await matrix(page, 1).locator("td.lit").count()).toBe(2);
    await matrix(page, 0).locator("input").first().focus();
    expect(await page.locator(".product").textContent()).toContain("an input");
    expect(await matrix(page, 3).locator("td.lit").count()).toBe(3);
    await page.context().close();
  });

  it("follows a changed weight, and gives the first numbers back", async () => {
    const { page } = await lab.open("forward?lang=en");
    const weight = page.getByRole("textbox", { name: "W[1]ᵀ[1, 1]" });
    await weight.fill("2.5");
    await weight.press("Enter");
    await matrix(page, 3).locator("td").hover();
    expect(await product(page)).toBe("2.5·1 + (−1)·2 + 0.1 = 0.6");
    await page.getByRole("button", { name: en.reset }).click();
    await expect.poll(() => product(page)).toBe("0.5·1 + (−1)·2 + 0.1 = −1.4");
    await page.context().close();
  });

  it("shows the same numbers in columns, transposed", async () => {
    const { page } = await lab.open("forward?lang=en&scene=batch");
    const rows = await numbersOf(page, 3);
    await page.getByRole("radio", { name: en.conventions.column }).check();
    expect(await matrix(page, 3).locator(".shape").textContent()).toBe("(3 × 4)");
    const columns = await numbersOf(page, 3);
    expect(columns).toEqual(Array.from({ length: 12 }, (_, i) => rows[(i % 4) * 3 + Math.floor(i / 4)]));
    await page.context().close();
  });

  it("is the same screen when its link is opened again", async () => {
    const { page } = await lab.open("forward?lang=zh");
    await page.getByRole("radio", { name: zh.scenes.chain.name }).check();
    await page.getByRole("radio", { name: zh.conventions.column }).check();
    await matrix(page, 8).locator("td").nth(2).hover();
    await page.waitForURL(/at=Z2/);
    const [text, url] = [await page.locator("main").innerText(), page.url()];
    const again = await lab.open(url.split("#")[1] as string);
    expect(await again.page.locator("main").innerText()).toBe(text);
    await again.page.context().close();
    await page.context().close();
  });
});
