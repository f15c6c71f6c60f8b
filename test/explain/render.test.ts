import katex from "katex";
import { beforeAll, describe, expect, it } from "vitest";
import { cells, wrap } from "../../src/explain/render/wrap.js";
import {
  adam,
  batchNorm,
  dense,
  deriveExpression,
  dropout,
  type Explanation,
  explain,
  languages,
  meanSquaredError,
  relu,
  renderDerivation,
  renderExplanation,
  sequential,
  sgd,
  sigmoid,
  softmax,
} from "../../src/index.js";
import { formatShape } from "../../src/tensor/index.js";

const told: Readonly<Record<string, Explanation>> = {
  "2-3-2": explain(sequential(dense(2, 3), sigmoid, dense(3, 2)), { optimizer: sgd(0.1) }),
  "2-3-2 in columns": explain(sequential(dense(2, 3), sigmoid, dense(3, 2)), { convention: "column" }),
  "with everything": explain(sequential(dense(3, 4), batchNorm(4), relu, dropout(0.3), dense(4, 3), softmax), {
    loss: meanSquaredError(),
    optimizer: adam(0.01),
    batch: 3,
  }),
  "64-64-10": explain(sequential(dense(64, 64), relu, dense(64, 10)), { batch: 32 }),
};
const all = Object.entries(told).flatMap(([name, one]) => languages.map((language) => [name, language, one] as const));

describe("as text", () => {
  it.each(all)("%s in %s keeps to its columns and has every step and shape", async (_, language, one) => {
    for (const columns of [60, 100]) {
      const text = await renderExplanation(one, { language, columns });
      for (const line of text.split("\n")) {
        expect(cells(line), line).toBeLessThanOrEqual(columns);
        expect(line).toBe(line.trimEnd());
      }
      for (const { name, shape, says } of one.steps) {
        expect(text).toContain(name);
        if (shape.length === 2 && columns === 100) expect(text).toContain(shape.join("×"));
        expect(text.replace(/\s+/g, ""), formatShape(shape)).toContain(says[language].replace(/\s+/g, ""));
      }
    }
  });

  it("aligns a matrix and paints signs", async () => {
    const text = await renderExplanation(told["2-3-2"] as Explanation, {
      paint: { positive: (number) => `<${number}>`, negative: (number) => `>${number}<` },
    });
    expect(text).toContain("X = ⎡ <0.1>   <2.9> ⎤\n      ⎣ <0.6>  >-1.3< ⎦");
  });

  it("elides a large matrix and gives its figures", async () => {
    const text = await renderExplanation(told["64-64-10"] as Explanation);
    expect(text).toMatch(/64×64 {3}min -0\.\d+ {3}max 0\.\d+ {3}mean \S+ {3}norm \S+ {3}zeros 0%/);
    expect(text.split("\n").length).toBeLessThan(500);
  });
});

describe("as Markdown", () => {
  it.each(all)("%s in %s: every formula is LaTeX that KaTeX reads", async (_, language, one) => {
    const text = await renderExplanation(one, { format: "markdown", language });
    const formulas = [...text.matchAll(/^\$\$\n([\s\S]+?)\n\$\$$/gm)].map(([, latex = ""]) => latex);
    expect(formulas.length).toBeGreaterThan(one.steps.length);
    for (const latex of formulas)
      expect(katex.renderToString(latex, { displayMode: true, strict: "error" })).toContain("katex");
    for (const { name, says } of one.steps) {
      expect(text).toContain(`### \`${name}\``);
      expect(text).toContain(says[language]);
    }
  });
});

describe("as HTML", () => {
  let page = "";
  beforeAll(async () => {
    page = await renderExplanation(told["with everything"] as Explanation, { format: "html", language: "zh" });
  });

  it.each(all)(
    "%s in %s is one page that needs nothing else, without an error in a formula",
    async (_, language, one) => {
      const html = await renderExplanation(one, { format: "html", language });
      expect(html).toMatch(/^<!doctype html>\n<html lang="(en|zh-CN)">/);
      expect(html).not.toMatch(/<script|<link|src=|url\(|katex-error|undefined|NaN/);
      expect(html.match(/<math /g)?.length).toBeGreaterThan(one.steps.length);
      expect(html.match(/<article>/g)?.length).toBe(one.steps.length);
    },
  );

  it("is in the reader's language and follows light and dark", () => {
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain("反向传播");
    expect(page).toContain("prefers-color-scheme:dark");
  });

  it("opens and closes its elements in order", () => {
    const open: string[] = [];
    for (const [, closes, name, rest] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g)) {
      if (name === "meta" || rest?.endsWith("/")) continue;
      if (closes === "") open.push(name as string);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

describe("a derivation", () => {
  const derivation = deriveExpression("softmaxCrossEntropy(matmul(x, w).add(b), t)");
  it.each(languages)("in %s as text keeps to its columns", async (language) => {
    for (const columns of [60, 100]) {
      const text = await renderDerivation(derivation, { language, columns });
      for (const line of text.split("\n")) expect(cells(line), line).toBeLessThanOrEqual(columns);
    }
  });
  it.each(languages)("in %s as Markdown and HTML", async (language) => {
    const markdown = await renderDerivation(derivation, { language, format: "markdown" });
    expect([...markdown.matchAll(/^\$\$\n/gm)].length).toBeGreaterThan(20);
    const html = await renderDerivation(derivation, { language, format: "html" });
    expect(html).not.toMatch(/<script|<link|src=|katex-error|undefined/);
  });
});

describe("wrapping", () => {
  it("breaks between words, and between Chinese characters but not before their punctuation", () => {
    expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrap("梯度消失，梯度爆炸", 8)).toEqual(["梯度消", "失，梯度", "爆炸"]);
    expect(wrap("梯度消失，梯度爆炸", 10)).toEqual(["梯度消失，", "梯度爆炸"]);
    expect(wrap("", 8)).toEqual([""]);
  });
});
