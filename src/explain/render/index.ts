import type { Derivation } from "../derive/derivation.js";
import type { Explanation } from "../explanation.js";
import { renderDerivationHtml, renderDerivationMarkdown } from "./derivation-pages.js";
import { renderDerivationText } from "./derivation-text.js";
import { renderHtml } from "./html.js";
import { renderMarkdown } from "./markdown.js";
import { renderText, type TextOptions } from "./text.js";

export interface RenderOptions extends TextOptions {
  readonly format?: "text" | "markdown" | "html" | "json";
}

/** A derivation in the same forms. */
export async function renderDerivation(derivation: Derivation, options: RenderOptions = {}): Promise<string> {
  const { format = "text", language = "en" } = options;
  switch (format) {
    case "text":
      return renderDerivationText(derivation, options);
    case "markdown":
      return renderDerivationMarkdown(derivation, language);
    case "html":
      return renderDerivationHtml(derivation, language);
    case "json":
      return `${JSON.stringify(derivation, undefined, 2)}\n`;
  }
}

/** An explanation for a terminal (text), as Markdown with LaTeX, as one self-contained HTML page, or as JSON. */
export async function renderExplanation(explanation: Explanation, options: RenderOptions = {}): Promise<string> {
  const { format = "text", language = "en" } = options;
  switch (format) {
    case "text":
      return renderText(explanation, options);
    case "markdown":
      return renderMarkdown(explanation, language);
    case "html":
      return renderHtml(explanation, language);
    case "json":
      return `${JSON.stringify(explanation, undefined, 2)}\n`;
  }
}
