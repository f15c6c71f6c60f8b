import katex from "katex";

/** A LaTeX formula as MathML, which browsers set without fonts or styles of ours. The build bundles KaTeX into this file. */
export function mathml(latex: string, display = false): string {
  return katex.renderToString(latex, { output: "mathml", displayMode: display, strict: false, throwOnError: true });
}
