import type { Language } from "../../language/index.js";
import type { Shape } from "../../tensor/index.js";
import type { Grid } from "./grid.js";
import { style } from "./style.js";

/** LaTeX as MathML. */
export type ToMathML = (latex: string, display?: boolean) => string;

/** KaTeX, loaded when it is first needed. */
export async function mathRenderer(): Promise<ToMathML> {
  return (await import("./mathml.js")).mathml;
}

/** A whole document with the style sheet in it. */
export function page(parts: {
  readonly title: string;
  readonly language: Language;
  readonly header: string;
  readonly main: string;
}): string {
  return `<!doctype html>
<html lang="${parts.language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(parts.title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(parts.title)}</h1>
${parts.header}
</header>
<main>
${parts.main}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A block that scrolls sideways where the page is narrow, with the keyboard too. */
export function scrolled(content: string): string {
  return `<div class="scroll" tabindex="0">${content}</div>`;
}

/** A grid of numbers in brackets, signs told apart by color. */
export function matrixTable({ rows, format }: Grid, shape: Shape): string {
  const cell = (value: number | undefined) => {
    if (value === undefined) return "<td>…</td>";
    return `<td${value === 0 ? "" : ` class="${value > 0 ? "positive" : "negative"}"`}>${format(value)}</td>`;
  };
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
  return `<table class="matrix${shape.length === 0 ? " single" : ""}">${body}</table>`;
}
