import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder, lastOf, retrograd } from "./run.js";

const short = ["--epochs", "2", "--layers", "8", "--json", "--report", "report.html"];

describe("train --report", () => {
  it.each(["en", "zh"])("is one page without references, with the numbers of the done line (%s)", async (lang) => {
    const cwd = folder();
    const { code, stdout, stderr } = await retrograd(["train", "digits", ...short, "--lang", lang], { cwd });
    expect(code, stderr).toBe(0);
    const page = readFileSync(join(cwd, "report.html"), "utf8");
    expect(page).not.toMatch(/<script|\b(?:src|href)=|url\(|@import/);
    expect(page).toContain(lang === "zh" ? '<html lang="zh-CN">' : '<html lang="en">');
    expect(page).toContain(lang === "zh" ? "混淆矩阵" : "Confusion matrix");
    const { accuracy, confusion } = lastOf(stdout)["test"] as { accuracy: number; confusion: number[][] };
    expect(page).toContain(`${(100 * accuracy).toFixed(2)}%`);
    const cells = [...page.matchAll(/<td class="(?:good|bad)"[^>]*>(\d+)</g)].map(([, count]) => Number(count));
    expect(cells).toEqual(confusion.flat());
    for (const tag of ["section", "table", "svg", "ul", "li", "div", "p"])
      expect(page.match(new RegExp(`<${tag}[ >]`, "g"))?.length).toBe(page.split(`</${tag}>`).length - 1);
    expect(readdirSync(cwd).sort()).toEqual(["model.safetensors", "report.html"]);
  });

  it("reports a regression without a confusion matrix", async () => {
    const cwd = folder();
    await retrograd(["train", "regression", ...short], { cwd });
    const page = readFileSync(join(cwd, "report.html"), "utf8");
    expect(page).toContain("R²");
    expect(page).not.toContain("Confusion");
  });

  it("refuses a path before training, in one sentence, and writes nothing", async () => {
    const cwd = folder();
    const { code, stderr } = await retrograd(["train", "xor", "--report", "none/report.html"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('--report "none/report.html": there is no folder "none"; create it first');
    expect(existsSync(join(cwd, "model.safetensors"))).toBe(false);
  });

  it("refuses to write the page over the model", async () => {
    const cwd = folder();
    const { code, stderr } = await retrograd(["train", "xor", "--out", "same.html", "--report", "./same.html"], {
      cwd,
    });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'retrograd: --report "./same.html" is where the model goes; give it another name\n',
    });
  });

  it("writes nothing when training fails, and is written by resume too", async () => {
    const cwd = folder();
    const failing = ["train", "regression", "--lr", "1e30", "--optimizer", "sgd", "--report", "report.html"];
    expect((await retrograd(failing, { cwd })).code).not.toBe(0);
    expect(readdirSync(cwd)).toEqual([]);
    await retrograd(["train", "xor", "--epochs", "1", "--checkpoint", "kept"], { cwd });
    await retrograd(["resume", "kept", "--epochs", "2", "--report", "report.html"], { cwd });
    expect(readFileSync(join(cwd, "report.html"), "utf8")).toContain("--epochs 2");
  });
});
