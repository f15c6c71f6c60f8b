import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { en } from "../../lab/texts/en.js";
import { zh } from "../../lab/texts/zh.js";
import { reason, skipped, useLab } from "./page.js";

const texts = { en, zh };
/** What is in a screen before its pictures are saved. */
const screens = [
  ["activations?lang=en&theme=light", ".curve-picture", ["sigmoid"]],
  ["softmax?lang=zh&theme=dark", ".heat-table", ["softmax", "softmax-jacobian"]],
  ["backward?lang=zh&theme=light", ".chart svg", ["backward", "loss-along-a-weight"]],
  ["troubles?lang=en&theme=dark&topic=init", ".histograms", ["initialization"]],
  ["troubles?lang=zh&theme=light&topic=zigzag", ".chart svg", ["zigzag-sigmoid"]],
  [
    "playground?lang=en&theme=dark&layers=3&step=20",
    ".boundary canvas",
    ["network", "boundary", "loss", "layer-1", "layers", "weights-1"],
  ],
  [
    "playground?lang=zh&theme=light&data=digits&layers=12&activation=relu&step=60",
    ".paper",
    ["confusion", "test-digits", "drawn-digit"],
  ],
] as const;

/** Of kinds whose PNG another one shows. */
const onlySvg = ["backward", "loss-along-a-weight", "zigzag-sigmoid", "layers", "weights-1", "test-digits", "softmax"];

describe.skipIf(skipped)(`a picture of any chart${reason}`, () => {
  const lab = useLab();

  it.each(screens)("%s", async (hash, ready, names) => {
    const language = hash.includes("lang=zh") ? "zh" : "en";
    const { page, complaints } = await lab.open(hash, { viewport: { width: 1100, height: 900 } });
    await page.locator(ready).first().waitFor();
    await page.locator(".curves svg, .view svg, .view canvas").first().waitFor();
    const digit = page.getByRole("button", { name: "取一个测试数字" });
    if (hash.includes("data=digits")) await digit.click().then(() => page.getByTestId("says").waitFor());
    expect(await unsavable(page)).toEqual([]);
    const ground = hash.includes("theme=dark") ? /fill="#1[0-9a-f]{5}"/ : /fill="#f[0-9a-f]{5}"/;
    for (const name of names) {
      const figure = page.locator(`[data-picture="${name}"]`);
      const take = async (kind: "SVG" | "PNG") => {
        const button = figure.getByRole("button", { name: texts[language].savePicture(kind) }).last();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          button.evaluate((one) => (one as HTMLElement).click()),
        ]);
        expect(download.suggestedFilename()).toBe(`${name}.${kind.toLowerCase()}`);
        return readFileSync(await download.path());
      };
      const svg = (await take("SVG")).toString();
      const { width, height, title, ink } = await readSvg(page, svg);
      expect(title, name).not.toBe("");
      expect(ink, `${name} shows something`).toBeGreaterThan(5);
      expect(Math.min(width, height), name).toBeGreaterThan(120);
      expect(Math.max(width, height), name).toBeLessThan(2500);
      expect(ground.test(/<rect [^>]*>/.exec(svg)?.[0] ?? ""), `${name} on the page's ground`).toBe(true);
      // Nothing in it is to be looked up elsewhere.
      expect(svg).not.toMatch(
        /var\(|currentColor|\sclass=|(?:href|src)="?(?!data:|#)\w+:|url\((?!data:|["']?#|&quot;#)/,
      );
      if (onlySvg.includes(name)) continue;
      const png = await take("PNG");
      expect(png.subarray(1, 4).toString(), name).toBe("PNG");
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], name).toEqual([2 * width, 2 * height]);
      expect(await colors(page, png), `${name} is more than its ground`).toBeGreaterThan(8);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is of the figure alone: what is for the screen only is left out, and put back", async () => {
    const { page } = await lab.open("playground?lang=en&layers=3&step=20");
    const figure = page.locator('[data-picture="network"]');
    await figure.locator("canvas").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      figure.getByRole("button", { name: en.savePicture("SVG") }).click(),
    ]);
    const svg = readFileSync(await download.path()).toString();
    expect(svg).toContain(">The network</text>");
    expect(svg).toContain(">weights</text>");
    for (const absent of ["Save as", "gradients</text>", "Point at"]) expect(svg).not.toContain(absent);
    expect(await figure.getByText("Point at a line.").isVisible()).toBe(true);
    await page.context().close();
  });
});

/** Drawings that no button saves; small ones inside buttons are part of these. */
function unsavable(page: Page): Promise<string[]> {
  return page
    .locator("main :is(svg, canvas, .heat-table, .histograms, .confusion table)")
    .evaluateAll((drawings) =>
      drawings
        .filter((one) => one.closest("[data-picture], button, .katex") === null)
        .map((one) => one.outerHTML.slice(0, 120)),
    );
}

function readSvg(page: Page, text: string) {
  return page.evaluate((source) => {
    const { documentElement } = new DOMParser().parseFromString(source, "image/svg+xml");
    if (documentElement.nodeName !== "svg") throw new Error(documentElement.textContent ?? "this is no SVG");
    return {
      width: Number(documentElement.getAttribute("width")),
      height: Number(documentElement.getAttribute("height")),
      title: documentElement.querySelector("title")?.textContent ?? "",
      ink: documentElement.querySelectorAll("text, image, path, rect, circle").length,
    };
  }, text);
}

/** How many different colors a PNG has. */
function colors(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() };
    return new Set(new Uint32Array(data.buffer)).size;
  }, png.toString("base64"));
}
