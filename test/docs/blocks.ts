import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One fenced block of a Markdown file. */
export interface Block {
  readonly file: string;
  /** The line of the block's first line of code, from 1. */
  readonly line: number;
  readonly language: string;
  /** The words after the language: `no-run`, `run`. */
  readonly marks: readonly string[];
  readonly code: string;
}

const FILES = ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/** The documents whose examples are executed. */
export function documents(root: string): string[] {
  const docs = existsSync(join(root, "docs"))
    ? readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    : [];
  const pages = docs.filter((file) => file.endsWith(".md")).map((file) => `docs/${file.replaceAll("\\", "/")}`);
  return [...FILES.filter((file) => existsSync(join(root, file))), ...pages.sort()];
}

/** Every fenced block of a Markdown text; an indented fence (in a list) loses its indent. */
export function blocksOf(file: string, text: string): Block[] {
  const lines = text.split("\n");
  const found: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const open = /^(\s*)(`{3,}|~{3,})\s*([\w-]*)\s*(.*)$/.exec(lines[at] ?? "");
    if (!open) continue;
    const [, indent = "", fence = "", language = "", rest = ""] = open;
    const closes = (line: string) =>
      line.trim().startsWith(fence) && line.trim().replaceAll(fence.charAt(0), "") === "";
    const body: string[] = [];
    const line = at + 2;
    for (at += 1; at < lines.length && !closes(lines[at] ?? ""); at += 1) {
      const code = lines[at] ?? "";
      body.push(code.startsWith(indent) ? code.slice(indent.length) : code.trimStart());
    }
    found.push({ file, line, language, marks: rest.split(/\s+/).filter(Boolean), code: body.join("\n") });
  }
  return found;
}

export function blocksIn(root: string): Block[] {
  return documents(root).flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8")));
}
