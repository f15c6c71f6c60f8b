import { AxeBuilder } from "@axe-core/playwright";
import { describe, expect, it } from "vitest";
import { format } from "../../lab/model/format.js";
import { en } from "../../lab/texts/en/softmax.js";
import { zh } from "../../lab/texts/zh/softmax.js";
import {
  evaluate,
  gradients,
  jacobian,
  parameter,
  reshape,
  softmax,
  softmaxCrossEntropy,
  tensor,
} from "../../src/index.js";
import { reason, skipped, useLab } from "./page.js";

/** Probabilities, Jacobian and joint gradient of logits, straight from the library. */
function expected(logits: number[], target: number) {
  const z = parameter(logits);
  const y = softmax(z);
  const t = tensor([logits.map((_, i) => (i === target ? 1 : 0))]);
  const loss = softmaxCrossEntropy(reshape(z, [1, logits.length]), t);
  const show = (value: Parameters<typeof evaluate>[0]) => [...evaluate(value).data].map((x) => format(x));
  return { y: show(y), J: show(jacobian(y, z)), dz: show(gradients(loss, [z])[0]), loss: evaluate(loss).item() };
}

describe.skipIf(skipped)(`softmax and cross-entropy${reason}`, () => {
  const lab = useLab();

  it.each([
    ["en", en],
    ["zh", zh],
  ] as const)("shows the library's probabilities, Jacobian and gradient, in %s", async (language, texts) => {
    const { page, complaints } = await lab.open(`softmax?lang=${language}`);
    const slider = page.getByRole("slider", { name: "z2" });
    await slider.focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await page.getByRole("radio", { name: texts.isTrue(3) }).check();
    const { y, J, dz, loss } = expected([2, 1.5, 0.1, -1], 2);
    expect(await page.locator(".heat-table td[data-at]").allInnerTexts()).toEqual(J);
    const short = page.getByRole("region", { name: texts.shortTitle });
    expect(await short.locator(".matrix").nth(0).locator("tbody td").allInnerTexts()).toEqual(y);
    expect(await short.locator(".matrix").nth(2).locator("tbody td").allInnerTexts()).toEqual(dz);
    const long = page.getByRole("region", { name: texts.longTitle });
    expect(await long.locator(".matrix").nth(2).locator("tbody td").allInnerTexts()).toEqual(dz);
    expect(await page.locator(".loss-now strong").textContent()).toBe(format(loss, 4));
    expect(await page.locator(".heat-table td.sum").allInnerTexts()).toEqual([..."00000000", ""]);
    if (language === "en")
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("names the case of a cell, with numbers, by keyboard and by pointer", async () => {
    const { page } = await lab.open("softmax?lang=en&z=0,0");
    const reading = page.locator(".jacobian-reading [role=status]");
    expect(await reading.textContent()).toBe("−0.5·0.5 = −0.25");
    await page.locator("td[data-at='0.1']").focus();
    await page.keyboard.press("ArrowDown");
    expect(await reading.textContent()).toBe("0.5·(1 − 0.5) = 0.25");
    await page.locator("td[data-at='1.0']").hover();
    expect(await reading.textContent()).toBe("−0.5·0.5 = −0.25");
    await page.context().close();
  });

  it("stays finite at ±1000 where the formula as it stands does not", async () => {
    const { page } = await lab.open("softmax?lang=en&z=1000,999,-1000&reach=1000&target=2");
    const naive = page.getByRole("region", { name: en.naiveTitle });
    expect(await naive.locator(".matrix").nth(0).locator("tbody td").allInnerTexts()).toEqual(["∞", "∞", "0"]);
    expect(await naive.locator(".matrix").nth(1).locator("tbody td").first().textContent()).toBe("NaN");
    const stable = page.getByRole("region", { name: en.stableTitle });
    expect(await stable.locator(".matrix").nth(2).locator("tbody td").allInnerTexts()).toEqual(["0.731", "0.269", "0"]);
    const short = page.getByRole("region", { name: en.shortTitle });
    expect(await short.locator(".matrix").nth(2).locator("tbody td").allInnerTexts()).toEqual(["0.731", "0.269", "−1"]);
    await page.context().close();
  });

  it("keeps classes, logits and truth in the link", async () => {
    const { page } = await lab.open("softmax?lang=en");
    await page.getByRole("button", { name: en.more }).click();
    await page.getByRole("radio", { name: en.isTrue(5) }).check();
    await page.waitForURL(/target=4/);
    const again = await lab.open(page.url().split("#")[1] as string);
    expect(await again.page.locator("main").innerText()).toBe(await page.locator("main").innerText());
    await again.page.context().close();
    await page.context().close();
  });
});
