import type { Explanation } from "../explanation.js";
import { renderText, type TextOptions } from "./text.js";

export interface RenderOptions extends TextOptions {
  readonly format?: "text" | "markdown" | "html" | "json";
}

/** An explanation for a terminal (text), as Markdown with LaTeX, as one self-contained HTML page, or as JSON. */
export async function renderExplanation(explanation: Explanation, options: RenderOptions = {}): Promise<string> {
  switch (options.format ?? "text") {
    case "text":
      return renderText(explanation, options);
    case "json":
      return `${JSON.stringify(explanation, undefined, 2)}\n`;
    default:
      throw new Error("to do");
  }
}
