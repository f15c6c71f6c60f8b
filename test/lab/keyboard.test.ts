import { describe, expect, it } from "vitest";
import { reason, skipped, useLab } from "./page.js";

const views = [
  "home?lang=en",
  "forward?lang=zh&scene=chain",
  "activations?lang=en",
  "softmax?lang=zh",
  "backward?lang=en&step=12",
  "troubles?lang=zh&topic=race",
  "troubles?lang=en&topic=adagrad",
  "playground?lang=zh&step=10",
];
/** More stops than any view has. */
const most = 400;

describe.skipIf(skipped)(`by keyboard${reason}`, () => {
  const lab = useLab();

  it.each(views)("every stop of %s has a name and a visible focus, and Tab leads out again", async (view) => {
    const { page, complaints } = await lab.open(view);
    const faults: string[] = [];
    let stops = 0;
    for (; stops < most; stops++) {
      await page.keyboard.press("Tab");
      const fault = await page.evaluate(() => {
        const at = document.activeElement;
        if (at === null || at === document.body) return "end";
        const style = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        const labels = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels : null;
        const name = at.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? at.textContent ?? "";
        const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
        if (name.trim() === "") return `no name: ${at.outerHTML.slice(0, 100)}`;
        if (!outlined && style.boxShadow === "none") return `no visible focus: ${name}`;
        return box.width > 0 ? "" : `nothing to see: ${name}`;
      });
      if (fault === "end") break;
      if (fault !== "") faults.push(fault);
    }
    expect(faults).toEqual([]);
    expect(stops).toBeGreaterThan(10);
    expect(stops).toBeLessThan(most);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
