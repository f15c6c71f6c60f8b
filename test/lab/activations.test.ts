import { AxeBuilder } from "@axe-core/playwright";
import { describe, expect, it } from "vitest";
import { activationNames } from "../../lab/model/activations-state.js";
import { format } from "../../lab/model/format.js";
import { en } from "../../lab/texts/en/activations.js";
import { zh } from "../../lab/texts/zh/activations.js";
import { activations, evaluate, gradients, sum, tensor } from "../../src/index.js";
import { reason, skipped, useLab } from "./page.js";

/** What the page says of g at x, by the library. */
function expected(name: (typeof activationNames)[number], at: number): string[] {
  const x = tensor([at]);
  const y = activations[name](x);
  const slope = evaluate(gradients(sum(y), [x])[0]).item();
  return [`g(${format(at)}) = ${format(evaluate(y).item(), 4)}`, `g′(${format(at)}) = ${format(slope, 4)}`];
}

describe.skipIf(skipped)(`activations${reason}`, () => {
  const lab = useLab();

  it.each([
    ["en", en],
    ["zh", zh],
  ] as const)("follows the point by keyboard and by pointer, in %s", async (language, texts) => {
    const { page, complaints } = await lab.open(`activations?lang=${language}`);
    const outputs = page.locator(".curve-pair output");
    expect(await outputs.allInnerTexts()).toEqual(expected("sigmoid", 1));
    const point = page.getByRole("slider", { name: texts.valueLabel("sigmoid"), exact: true });
    await point.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
    expect(await outputs.allInnerTexts()).toEqual(expected("sigmoid", 0.7));
    await page.getByRole("button", { name: "SELU" }).first().click();
    const box = await page.locator(".curve-picture svg").first().boundingBox();
    if (box === null) throw new Error("the curve is not shown");
    await page.mouse.move(box.x + box.width / 2, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 60);
    await page.mouse.up();
    const x = Number(await page.getByRole("slider").first().getAttribute("aria-valuenow"));
    expect(x).toBeLessThan(-2);
    expect(await outputs.allInnerTexts()).toEqual(expected("selu", x));
    if (language === "en")
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("shows each activation's numbers as the library computes them", async () => {
    const { page } = await lab.open("activations?lang=en&x=-0.7");
    for (const [i, name] of activationNames.entries()) {
      await page.locator(".gallery button").nth(i).click();
      expect(await page.locator(".curve-pair output").allInnerTexts(), name).toEqual(expected(name, -0.7));
    }
    await page.context().close();
  });

  it("compares them by measured figures, and leads from a fault to its demonstration", async () => {
    const { page } = await lab.open("activations?lang=en");
    const cells = (row: number) => page.locator(".traits tbody tr").nth(row).locator("td").allInnerTexts();
    expect((await cells(0)).slice(0, 5)).toEqual(["0 … 1", "0.5", en.sides.both, "0.25", "9.5e−7"]);
    expect((await cells(2)).slice(0, 4)).toEqual(["0 … ∞", "0.4", en.sides.left, "1"]);
    await page.getByRole("link", { name: en.faultNames.dies }).click();
    await page.waitForURL(/#troubles\?.*topic=dead/);
    await page.goBack();
    await expect.poll(() => page.locator("h1").textContent()).toBe(en.title);
    await page.context().close();
  });

  it("is the same screen when its link is opened again", async () => {
    const { page } = await lab.open("activations?lang=zh&g=gelu&x=-0.7");
    const again = await lab.open(page.url().split("#")[1] as string);
    expect(await again.page.locator("main").innerText()).toBe(await page.locator("main").innerText());
    await again.page.context().close();
    await page.context().close();
  });
});
