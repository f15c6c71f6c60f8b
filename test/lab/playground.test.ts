import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { readEdits } from "../../lab/model/edits.js";
import { fallbacks } from "../../lab/model/fields.js";
import { format, percent } from "../../lab/model/format.js";
import { dataFile } from "../../lab/model/own-source.js";
import { type RunSettings, runFields } from "../../lab/model/playground-state.js";
import { programOf } from "../../lab/model/program.js";
import { layOutDiagram } from "../../lab/playground/diagram-layout.js";
import { en } from "../../lab/texts/en/playground.js";
import { zh } from "../../lab/texts/zh/playground.js";
import { Trainer } from "../../lab/worker/trainer.js";
import { digits, fromOnnx, loadModel, predict } from "../../src/index.js";
import { reason, skipped, useLab } from "./page.js";
import { bitsOf, runProgram } from "./run-program.js";

const texts = { en, zh };
const usual = fallbacks(runFields);

/** What the page says where it stands. */
async function readings(page: Page) {
  const all = (id: string) => page.getByTestId(id).allTextContents();
  return {
    steps: await page.getByTestId("steps").textContent(),
    training: await all("training"),
    test: await all("test"),
    weights: await page
      .locator(".weights .matrix")
      .first()
      .locator("input")
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value)),
  };
}

/** The same from the library, in Node. */
async function expected(changes: Partial<RunSettings>, steps: number) {
  const trainer = await Trainer.open({ ...usual, ...changes });
  await trainer.advance(steps);
  const { training, test } = await trainer.verdicts();
  const said = ({ loss, accuracy }: typeof training) => [format(loss), percent(accuracy)];
  return {
    steps: steps.toLocaleString("en"),
    training: said(training),
    test: said(test),
    weights: Array.from(trainer.session.read("W[1]"), (weight) => format(weight)),
  };
}

const untilStep = (page: Page, steps: string) => expect.poll(() => page.getByTestId("steps").textContent()).toBe(steps);

/** Presses a button that saves a file, and reads the file. */
async function take(page: Page, name: string): Promise<Buffer> {
  const button = page.getByRole("button", { name }).first();
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return readFileSync(await download.path());
}

describe.skipIf(skipped)(`the playground${reason}`, () => {
  const lab = useLab();

  it.each(["en", "zh"] as const)("steps, and shows the library's numbers, in %s", async (language) => {
    const t = texts[language];
    const { page, complaints } = await lab.open(`playground?lang=${language}&layers=5`);
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await press(t.step);
    await untilStep(page, "1");
    await press(t.epoch);
    await untilStep(page, "14");
    await expect.poll(() => readings(page)).toEqual(await expected({ layers: [5] }, 14));
    await press(t.reset);
    await untilStep(page, "0");
    await expect.poll(() => readings(page)).toEqual(await expected({ layers: [5] }, 0));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("runs, pauses, and its link opens the very same screen", async () => {
    const { page, complaints } = await lab.open("playground?lang=en&layers=6,5&pace=full&classes=4");
    await page.getByRole("button", { name: en.run, exact: true }).click();
    await expect
      .poll(async () => Number((await page.getByTestId("steps").textContent())?.replaceAll(",", "")))
      .toBeGreaterThan(300);
    await page.getByRole("button", { name: en.pause, exact: true }).click();
    await page.getByRole("button", { name: en.run, exact: true }).waitFor();
    await page.getByRole("button", { name: en.pin, exact: true }).click();
    await page.getByRole("button", { name: en.step, exact: true }).click();
    await page.waitForURL(/pin=/);
    await page.getByText("its settings are the same").waitFor();
    await page.getByRole("button", { name: en.newSeed }).click();
    await page.getByText("it had seed 1 (now 2).").waitFor();
    await page.getByLabel(en.seed).fill("1");
    await page.getByLabel(en.seed).press("Enter");
    await page.getByText("its settings are the same").waitFor();
    await page.getByRole("button", { name: en.epoch, exact: true }).click();
    await expect.poll(() => page.getByTestId("steps").textContent()).not.toBe("0");
    await page.waitForTimeout(500);
    const before = await readings(page);
    const picture = (one: Page) =>
      one.locator(".boundary canvas").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const curves = (one: Page) =>
      one.locator(".curves path[stroke-width]").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));

    const again = await lab.open(page.url().split("#")[1] ?? "");
    await untilStep(again.page, before.steps ?? "");
    await again.page.getByRole("button", { name: en.unpin }).waitFor();
    await expect.poll(() => readings(again.page)).toEqual(before);
    await expect.poll(() => picture(again.page)).toBe(await picture(page));
    await expect.poll(() => curves(again.page)).toEqual(await curves(page));
    expect([...complaints, ...again.complaints]).toEqual([]);
    await page.context().close();
    await again.page.context().close();
  });

  it("lets a weight be typed over, and remembers it in the link", async () => {
    const { page } = await lab.open("playground?lang=en&layers=4&step=20");
    await untilStep(page, "20");
    const cell = page.getByLabel("W[1][2, 1]", { exact: true });
    await cell.fill("1.25");
    await cell.press("Enter");
    await page.waitForURL(/edits=20:W%5B1%5D:2:1.25/);
    await page.getByRole("button", { name: en.step, exact: true }).click();
    await untilStep(page, "21");
    const edits = "20:W[1]:2:1.25";
    await expect.poll(() => readings(page)).toEqual(await expected({ layers: [4], edits }, 21));
    await page.context().close();
  });

  it("takes a weight typed over while it trains, at the step it has then", async () => {
    const { page } = await lab.open("playground?lang=en&layers=4&pace=steady");
    await untilStep(page, "0");
    await page.getByRole("button", { name: en.run, exact: true }).click();
    await expect.poll(() => page.getByTestId("steps").textContent()).not.toBe("0");
    const cell = page.getByLabel("W[1][2, 1]", { exact: true });
    await cell.fill("9.5");
    await cell.press("Enter");
    await page.getByRole("button", { name: en.pause, exact: true }).click();
    await page.getByRole("button", { name: en.run, exact: true }).waitFor();
    await page.waitForURL(/edits=\d+:W%5B1%5D:2:9.5/);
    const { steps } = await readings(page);
    const link = new URLSearchParams(page.url().split("?")[1]);
    const [at] = readEdits(link.get("edits") ?? "");
    expect(at?.step).toBeGreaterThan(0);
    expect(at?.step).toBeLessThanOrEqual(Number(steps));
    await expect
      .poll(() => readings(page))
      .toEqual(await expected({ layers: [4], edits: link.get("edits") ?? "" }, Number(steps?.replaceAll(",", ""))));
    await page.context().close();
  });

  it("lets a line of the diagram be read and changed", async () => {
    const { page } = await lab.open("playground?lang=en&layers=3&data=moons&noise=0.1");
    await untilStep(page, "0");
    const diagram = page.locator(".diagram canvas");
    const width = (await diagram.boundingBox())?.width ?? 0;
    const edge = layOutDiagram([2, 3, 2], Math.floor(width)).edges[0];
    if (edge === undefined) throw new Error("the diagram has no edges");
    await diagram.click({ position: { x: (edge.a.x + edge.b.x) / 2, y: (edge.a.y + edge.b.y) / 2 } });
    await page.mouse.move(0, 0);
    await page.getByLabel(en.change).fill("0.75");
    await page.getByLabel(en.change).press("Enter");
    await page.waitForURL(/edits=0:W%5B1%5D:0:0\.75/);
    await expect.poll(() => page.locator(".edge-reading b").first().textContent()).toBe("0.75");
    await page.context().close();
  });

  it("takes data of the reader's own, and says what is wrong with it", async () => {
    const { page, complaints } = await lab.open("playground?lang=en&data=own");
    const rows = Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${Math.cos(i)},${i % 2 ? "odd" : "even"}`);
    await page.getByLabel(en.ownLabel).fill("a,b\n1,2");
    await page.getByRole("button", { name: en.ownUse }).click();
    await page.getByText("give at least 10 to learn from").waitFor();
    await page.getByRole("radio", { name: "中文" }).check();
    await page.getByText("表格只有 1 行；训练与测试至少需要 10 行").waitFor();
    await page.getByRole("radio", { name: "EN" }).check();
    await page.getByLabel(en.ownLabel).fill(["x,y,kind", ...rows].join("\n"));
    await page.getByRole("button", { name: en.ownUse }).click();
    await page.getByText(en.ownFound(60, 2, "kind")).waitFor();
    await expect.poll(() => page.locator(".swatches").textContent()).toContain("odd");
    await page.getByRole("button", { name: en.epoch, exact: true }).click();
    await untilStep(page, "2");
    // The program holds the rows, and ends with the very weights of the page.
    const model = await loadModel(await take(page, en.saveModel));
    const [said, bits] = runProgram((await take(page, en.saveProgram)).toString());
    expect(said.steps).toBe(2);
    expect(bits).toEqual(bitsOf(model.weights));
    // A large table, of numbers to predict, stands in a file beside the program.
    const many = Array.from({ length: 3000 }, (_, i) => `${Math.sin(i)},${Math.cos(i)},${Math.sin(2 * i)}`);
    const buffer = Buffer.from(["x,y,z", ...many].join("\r\n"));
    await page.locator("input[type=file]").setInputFiles({ name: "waves.csv", mimeType: "text/csv", buffer });
    await page.getByText(en.ownFound(3000, 2, "z")).waitFor();
    await page.getByRole("button", { name: en.step, exact: true }).click();
    await untilStep(page, "1");
    const regressor = await loadModel(await take(page, en.saveModel));
    const beside = { [dataFile]: (await take(page, en.saveData(dataFile))).toString() };
    const [, bitsBeside] = runProgram((await take(page, en.saveProgram)).toString(), beside);
    expect(bitsBeside).toEqual(bitsOf(regressor.weights));
    // Another view in between does not lose them.
    await page.getByRole("link", { name: "Softmax" }).first().click();
    await page.locator(".heat-table").waitFor();
    await page.goBack();
    await page.getByText(en.ownFound(3000, 2, "z")).waitFor();
    await untilStep(page, "1");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("reads a drawn digit and shows it layer by layer", async () => {
    const { page, complaints } = await lab.open(
      "playground?lang=zh&data=digits&layers=32&activation=relu&step=400&rate=0.01",
    );
    await untilStep(page, "400");
    const paper = page.locator(".paper");
    await paper.scrollIntoViewIfNeeded();
    const box = await paper.boundingBox();
    const at = (x: number, y: number) =>
      [(box?.x ?? 0) + x * (box?.width ?? 0), (box?.y ?? 0) + y * (box?.height ?? 0)] as const;
    // A ring: nothing else looks like a 0.
    await page.mouse.move(...at(0.5, 0.15));
    await page.mouse.down();
    for (let turn = 0; turn <= 20; turn++) {
      const angle = (turn / 20) * 2 * Math.PI;
      await page.mouse.move(...at(0.5 + 0.22 * Math.sin(angle), 0.5 - 0.35 * Math.cos(angle)));
    }
    await page.mouse.up();
    await expect.poll(() => page.getByTestId("says").textContent()).toMatch(/^它认为是 0，/);
    expect(await page.locator(".passage-layer").count()).toBe(1);
    await page.getByRole("button", { name: zh.testDigit }).click();
    await page.getByTestId("says").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("gives model, ONNX file, program and pictures away", async () => {
    const settings = { data: "digits", layers: [16], activation: "relu" } as const;
    const { page } = await lab.open("playground?lang=en&data=digits&layers=16&activation=relu&step=100");
    await untilStep(page, "100");
    const trainer = await Trainer.open({ ...usual, ...settings });
    await trainer.advance(100);
    const model = await loadModel(await take(page, en.saveModel));
    expect(model.weights).toEqual(trainer.model().weights);
    const { test } = digits();
    const row = Array.from(test.features.subarray(0, 64));
    const [answer] = await predict(model, [row]);
    const [fromFile] = await predict(fromOnnx(await take(page, en.saveOnnx)), [row]);
    expect(fromFile?.class).toBe(answer?.class);
    expect((await take(page, en.saveProgram)).toString()).toBe(programOf({ ...usual, ...settings }, 100));
    expect((await take(page, "Save as SVG")).toString()).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect((await take(page, "Save as PNG")).subarray(1, 4).toString()).toBe("PNG");
    await page.context().close();
  });

  it("is worked by the keyboard alone", async () => {
    const { page } = await lab.open("playground?lang=en&layers=3&pace=full");
    await untilStep(page, "0");
    // 0 is shown before the run is open as well.
    await page.locator(".curves svg").first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    for (let tabs = 0; tabs < 40 && !/Run$/.test(await focused()); tabs++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    // Paused only after a step was seen: on a busy machine the first one may take a while.
    await expect.poll(() => page.getByTestId("steps").textContent()).not.toBe("0");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: en.run, exact: true }).waitFor();
    await page.getByLabel(en.activation).focus();
    await page.keyboard.press("ArrowDown");
    await untilStep(page, "0");
    await page.getByLabel("W[1][1, 1]", { exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("W[1][2, 1]");
    await page.context().close();
  });

  it("trains in another thread: the page's own is free most of the time", async () => {
    const { page } = await lab.open("playground?lang=en&data=digits&layers=512,512&activation=relu&batch=64&pace=full");
    await untilStep(page, "0");
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const busy = async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
    };
    await page.getByRole("button", { name: en.run, exact: true }).click();
    const [began, before] = [performance.now(), await busy()];
    await page.waitForTimeout(3000);
    const share = ((await busy()) - before) / ((performance.now() - began) / 1000);
    await expect.poll(() => page.getByTestId("steps").textContent()).not.toBe("0");
    expect(share).toBeLessThan(0.6);
    await page.context().close();
  });
});
