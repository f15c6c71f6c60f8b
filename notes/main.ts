/** Writes docs/notes/: chapters in both languages, their pictures, and what was measured for them. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { argv, stderr } from "node:process";
import { type Language, languages, writeFileAtomic } from "../src/index.js";
import { chapters, sourceOf } from "./chapters.js";
import { directivesFor, picturesFor } from "./directives.js";
import { indexPage } from "./index-page.js";
import { type Measurements, measure, readMeasurements } from "./measured.js";
import { renderChapter } from "./render.js";

const bytes = new TextEncoder();

/** Every file of docs/notes/ but the measurements, by its path below it. */
export async function writeNotes(root: string, measured: Measurements): Promise<Map<string, string>> {
  const directives = await directivesFor(measured);
  const files = new Map<string, string>();
  for (const language of languages) {
    files.set(`${language}/README.md`, indexPage(language, measured));
    for (const [i, { name }] of chapters.entries()) {
      const text = renderChapter({ name, text: sourceOf(root, name, language), language }, directives);
      files.set(`${language}/${name}.md`, `${text.trimEnd()}\n\n${footer(i, language)}\n`);
    }
    const shown = [...files.values()].join("\n");
    for (const [name, svg] of picturesFor(measured, language)) {
      const path = `figures/${language}/${name}`;
      if (shown.includes(path)) files.set(path, svg);
    }
  }
  return files;
}

/** The way on, and where to change the text. */
function footer(index: number, language: Language): string {
  const link = (at: number, label: string) => {
    const chapter = chapters[at];
    return chapter === undefined ? [] : [`${label}[${chapter.title[language]}](${chapter.name}.md)`];
  };
  const [before, after, contents, made] = {
    en: [
      "← ",
      "→ ",
      "Contents",
      "Written by `npm run notes` from `notes/`; every displayed formula is checked by `npm test`.",
    ],
    zh: ["← ", "→ ", "目录", "由 `npm run notes` 根据 `notes/` 生成；每个独立成行的公式都由 `npm test` 检验。"],
  }[language] as [string, string, string, string];
  const way = [...link(index - 1, before), `[${contents}](README.md)`, ...link(index + 1, after)];
  return `---\n\n${way.join(" · ")}\n\n<sub>${made}</sub>`;
}

export async function main(root: string): Promise<void> {
  const folder = `${root}/docs/notes`;
  const measurementFile = `${folder}/measured.json`;
  mkdirSync(folder, { recursive: true });
  if (argv.includes("--measure")) {
    const measured = await measure((text) => stderr.write(`${text}\n`));
    await writeFileAtomic(measurementFile, bytes.encode(`${JSON.stringify(measured)}\n`));
  }
  const files = await writeNotes(root, readMeasurements(measurementFile));
  for (const path of files.keys()) mkdirSync(`${folder}/${path.slice(0, path.lastIndexOf("/"))}`, { recursive: true });
  for (const [path, text] of files) await writeFileAtomic(`${folder}/${path}`, bytes.encode(text));
  for (const old of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = old.replaceAll("\\", "/");
    if (/\.(md|svg)$/.test(path) && !files.has(path)) rmSync(`${folder}/${path}`);
  }
  stderr.write(`docs/notes: ${files.size} files\n`);
}
