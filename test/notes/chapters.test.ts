import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { chapters, sourceOf } from "../../notes/chapters.js";
import { errata } from "../../notes/errata.js";
import { formulas } from "../../notes/formulas/index.js";
import { writeNotes } from "../../notes/main.js";
import { readMeasurements } from "../../notes/measured.js";
import { formulasIn, renderChapter } from "../../notes/render.js";
import { experiments, languages } from "../../src/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const folder = join(root, "docs", "notes");
const sources = chapters.flatMap(({ name }) =>
  languages.map((language) => ({ name, language, text: sourceOf(root, name, language) })),
);

describe("the chapters", () => {
  it("display the same formulas in the same order in both languages, and each formula of the table once", () => {
    for (const { name } of chapters) {
      const [en, zh] = languages.map((language) => formulasIn(sourceOf(root, name, language)));
      expect(zh, name).toEqual(en);
    }
    const displayed = chapters.flatMap(({ name }) => formulasIn(sourceOf(root, name, "en")));
    expect([...displayed].sort()).toEqual([...formulas.keys()].sort());
  });

  it.each(sources)("$language/$name has inline formulas that KaTeX reads", ({ text }) => {
    const prose = text.replaceAll(/```[\s\S]*?```/g, "").replaceAll(/`[^`]*`/g, "");
    const inline = [...prose.matchAll(/\$([^$\n]+)\$/g)].map(([, latex = ""]) => latex);
    expect(inline.length + formulasIn(text).length).toBeGreaterThan(0);
    for (const latex of inline) {
      expect(() => katex.renderToString(latex, { throwOnError: true, strict: "error" }), latex).not.toThrow();
    }
  });

  it("answer every row of the errata, and ask for every experiment", () => {
    const answered = chapters.flatMap(({ rows }) => [...rows]).sort((a, b) => a - b);
    expect(answered).toEqual(errata.map(({ row }) => row));
    expect(answered).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const asked = sources.flatMap(({ text }) =>
      [...text.matchAll(/\{\{experiment ([\w-]+)\}\}/g)].map(([, name]) => name),
    );
    expect(new Set(asked)).toEqual(new Set(Object.keys(experiments)));
  });

  it("cannot display a formula that has no check", () => {
    const chapter = (text: string) => renderChapter({ name: "x", language: "en", text }, { formula: () => "" });
    expect(() => chapter("one\n$$E = mc^2$$\n")).toThrow("notes/en/x.md:2: a displayed formula needs a check");
    expect(() => chapter("{{picture sigmoid}}")).toThrow("notes/en/x.md:1: there is no directive picture");
  });
});

describe("docs/notes", () => {
  const measured = readMeasurements(join(folder, "measured.json"));

  it("is what `npm run notes` writes from the measurements beside it", async () => {
    const files = await writeNotes(root, measured);
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => /\.(md|svg)$/.test(path));
    expect(found.sort()).toEqual([...files.keys()].sort());
    const stale = [...files]
      .filter(([path, text]) => readFileSync(join(folder, path), "utf8") !== text)
      .map(([path]) => path);
    expect(stale, "run `npm run notes`").toEqual([]);
  });

  it("links and shows only what is there", async () => {
    const files = await writeNotes(root, measured);
    const missing = [...files]
      .filter(([path]) => path.endsWith(".md"))
      .flatMap(([path, text]) =>
        [...text.matchAll(/\]\(([^)#\s]+)\)/g)]
          .map(([, target = ""]) => target)
          .filter((target) => !/^https?:/.test(target) && !existsSync(join(folder, dirname(path), target)))
          .map((target) => `${path}: ${target}`),
      );
    expect(missing).toEqual([]);
  });
});
