import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { jobs } from "../../lab/lessons/troubles/jobs/index.js";
import { heightAt, racers } from "../../lab/lessons/troubles/jobs/race.js";
import { format, percent } from "../../lab/model/format.js";
import { troubleTopics } from "../../lab/model/troubles-state.js";
import { en } from "../../lab/texts/en/troubles.js";
import { zh } from "../../lab/texts/zh/troubles.js";
import { reason, skipped, useLab } from "./page.js";

/** Waits until nothing is being measured, then reads what the figures say; formulas as their LaTeX. */
async function said(page: Page): Promise<string> {
  await page.locator(".topic .panel[aria-busy=false] .says").waitFor();
  return page.locator(".topic .says").evaluate((node) => {
    const copy = node.cloneNode(true) as HTMLElement;
    for (const formula of copy.querySelectorAll(".formula"))
      formula.textContent = `$${formula.querySelector("annotation")?.textContent}$`;
    return copy.textContent ?? "";
  });
}

describe.skipIf(skipped)(`what goes wrong${reason}`, () => {
  const lab = useLab();

  it.each([
    ["en", en],
    ["zh", zh],
  ] as const)("shows every trouble, accessibly and quietly, in %s", async (language, texts) => {
    const { page, complaints } = await lab.open(`troubles?lang=${language}&theme=dark`);
    for (const topic of troubleTopics) {
      await page.getByRole("radio", { name: texts.topics[topic].name }).check();
      expect(await page.locator("blockquote").textContent()).toContain(texts.topics[topic].claim);
      expect(await said(page)).not.toBe("");
      if (language === "zh") continue;
      const { violations } = await new AxeBuilder({ page }).include("main").analyze();
      expect(violations.map(({ id, nodes }) => `${topic}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
        [],
      );
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("measures vanishing gradients as the library does, whatever is set", async () => {
    const { page } = await lab.open("troubles?lang=en");
    const settings = { init: "xavier", depth: 20, seed: 1 } as const;
    const sentence = ([first, ...rest]: readonly number[], name: string) =>
      en.depthSays(name, rest.length + 1, (first as number) / (rest.at(-1) as number));
    const xavier = await jobs.depth(settings);
    expect(await said(page)).toBe(sentence(xavier.sigmoid, "sigmoid"));
    expect(await said(page)).toContain("it vanishes");
    await page.getByRole("radio", { name: "ReLU", exact: true }).check();
    await page.getByRole("combobox", { name: en.init }).selectOption("he");
    const slider = page.getByRole("slider", { name: en.depth });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    const he = await jobs.depth({ ...settings, init: "he", depth: 21 });
    await expect.poll(() => said(page)).toBe(sentence(he.relu, "ReLU"));
    expect(await said(page)).toContain("it survives");
    await page.context().close();
  });

  it("ties the weights of all-positive inputs together, and a batch sets them free", async () => {
    const { page } = await lab.open("troubles?lang=en&topic=zigzag");
    const { sigmoid, tanh } = await jobs.zigzag({ batch: "1" });
    expect(sigmoid.tied).toBe(1);
    expect(tanh.tied).toBeLessThan(0.7);
    expect(sigmoid.detour).toBeGreaterThan(1.3 * tanh.detour);
    expect(await said(page)).toBe(
      en.zigzagSays("100 %", percent(tanh.tied, 0), format(sigmoid.detour, 2), format(tanh.detour, 2)),
    );
    await page.getByRole("radio", { name: en.examples[64] }).check();
    const all = await jobs.zigzag({ batch: "64" });
    expect(all.sigmoid.tied).toBeLessThan(0.5);
    await expect.poll(() => said(page)).toContain(`sigmoid in ${percent(all.sigmoid.tied, 0)}`);
    await page.context().close();
  });

  it("counts dead units by rate and remedy", async () => {
    const { page } = await lab.open("troubles?lang=en&topic=dead");
    const found = await jobs.dead({ seed: 1 });
    const at = (remedy: keyof typeof found, rate: number) => found[remedy].find((one) => one.rate === rate)?.dead ?? -1;
    expect(at("none", 1)).toBeGreaterThan(4 * at("none", 0.01));
    expect(await said(page)).toBe(en.deadSays("1", percent(at("none", 1), 0), undefined, ""));
    await page.getByRole("radio", { name: en.remedies.slower }).check();
    expect(await said(page)).toBe(
      en.deadSays("1", percent(at("none", 1), 0), en.remedies.slower, percent(at("slower", 1), 0)),
    );
    expect(at("slower", 1)).toBeLessThan(at("none", 1) / 2);
    await page.context().close();
  });

  it("draws the outputs of each initialization, with their deviations", async () => {
    const { page } = await lab.open("troubles?lang=zh&topic=init&g=tanh");
    await said(page);
    const { rows } = await jobs.init({ g: "tanh", seed: 1 });
    const shown = await page.locator(".histograms small").allInnerTexts();
    const expected = rows.flatMap(({ layers }) =>
      layers.map(({ deviation, gradient }) => `σ ${format(deviation, 2)}\n∇ ${format(gradient, 2)}`),
    );
    expect(shown).toEqual(expected);
    expect(expected).toHaveLength(20);
    await page.context().close();
  });

  it("races five optimizers from one start, animated unless the reader wants it still", async () => {
    const { page } = await lab.open("troubles?lang=en&topic=race&lap=0");
    await said(page);
    await page.getByRole("button", { name: en.start }).click();
    await expect
      .poll(async () => Number(await page.getByRole("slider").inputValue()), { timeout: 5000 })
      .toBeGreaterThan(5);
    await page.getByRole("button", { name: en.pause }).click();
    await page.context().close();
    const still = await lab.open("troubles?lang=en&topic=race&lap=0", { reducedMotion: "reduce" });
    await said(still.page);
    await still.page.getByRole("button", { name: en.toTheEnd }).click();
    const found = await jobs.ravine();
    const heights = racers.map((racer) => format(heightAt(found[racer].at(-1) as number[]), 3));
    await expect.poll(() => still.page.locator(".standing-list b").allInnerTexts()).toEqual(heights);
    await still.page.getByRole("radio", { name: en.tracks.digits }).check();
    const losses = await jobs.digits({ seed: 1 });
    const means = racers.map((racer) => format(losses[racer].slice(-10).reduce((sum, loss) => sum + loss, 0) / 10, 3));
    await said(still.page);
    expect(await still.page.locator(".standing-list b").allInnerTexts()).toEqual(means);
    await still.page.context().close();
  });

  it("shows Adagrad's rate fall, and opens again as it was", async () => {
    const { page } = await lab.open("troubles?lang=en&topic=adagrad&adaRate=0.2&moves=0");
    const { adagrad, rmsprop, goal } = await jobs.adagrad({ rate: 0.2, moves: false });
    expect(adagrad.effective.every((rate, i, all) => i === 0 || rate <= (all[i - 1] as number))).toBe(true);
    const left = (place: readonly number[]) => format(Math.abs((place.at(-1) as number) - (goal.at(-1) as number)), 2);
    expect(await said(page)).toBe(
      en.adagradSays(
        (adagrad.effective[0] as number) / (adagrad.effective.at(-1) as number),
        left(adagrad.place),
        left(rmsprop.place),
      ),
    );
    const again = await lab.open(page.url().split("#")[1] as string);
    await said(again.page);
    expect(await again.page.locator("main").innerText()).toBe(await page.locator("main").innerText());
    await again.page.context().close();
    await page.context().close();
  });
});
