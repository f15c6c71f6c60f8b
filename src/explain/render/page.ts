import type { Language } from "../../language/index.js";
import { style } from "./style.js";

/** LaTeX as MathML. */
export type ToMathML = (latex: string, display?: boolean) => string;

/** KaTeX, loaded when it is first needed. */
export async function mathRenderer(): Promise<ToMathML> {
  const { default: katex } = await import("katex");
  return (latex, display = false) =>
    katex.renderToString(latex, { output: "mathml", displayMode: display, strict: false, throwOnError: true });
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
