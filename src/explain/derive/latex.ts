import { symbolOf } from "../symbols.js";

const marks: Readonly<Record<string, string>> = {
  "·": "\\, ",
  "⊙": "\\odot ",
  ᵀ: "^{\\top}",
  "²": "^{2}",
  "√": "\\sqrt",
  Σ: "\\textstyle\\sum ",
  σ: "\\sigma ",
  Φ: "\\Phi ",
  φ: "\\varphi ",
  λ: "\\lambda ",
  α: "\\alpha ",
  "≤": "\\le ",
  "≥": "\\ge ",
  "≠": "\\neq ",
  ᵢ: "_i",
  ⱼ: "_j",
  ₖ: "_k",
};
const functions = new Set(["ln", "max", "min", "tanh"]);

/** A formula in plain text (as ops write it, with names and u₁, u₂ for symbols) in LaTeX. */
export function latexOf(text: string): string {
  const token = /([A-Za-z]+(?:\[\d+\]'*)?)([₀-₉]*)|(\d+\.?\d*(?:e[+-]?\d+)?)|\^(-?)(\(|[\wα-ω]+)|[\s\S]/gu;
  let latex = "";
  const closings: number[] = [];
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [whole, word, index = "", number, sign = "", raised] = found;
    if (word !== undefined) latex += grouped(wordLatex(word) + (index === "" ? "" : `_{${digits(index)}}`));
    else if (number !== undefined) latex += number;
    else if (raised === "(") {
      latex += `^{${sign}`;
      depth++;
      closings.push(depth);
    } else if (raised !== undefined)
      latex += `^{${sign}${raised.length > 1 && !/^\d/.test(raised) ? wordLatex(raised) : raised}}`;
    else if (whole === "(") {
      depth++;
      latex += "(";
    } else if (whole === ")") {
      const isExponent = closings.at(-1) === depth;
      if (isExponent) closings.pop();
      depth--;
      latex += isExponent ? "}" : ")";
    } else latex += marks[whole] ?? whole;
  }
  return latex;
}

function wordLatex(word: string): string {
  if (functions.has(word)) return `\\${word} `;
  if (word === "if" || word === "else") return `\\text{ ${word} }`;
  if (/^d?[A-Za-z](\[|$)/.test(word) || word.includes("[")) return symbolOf(word).latex;
  return `\\operatorname{${word}}`;
}

/** In braces what has an index already, so that another one, or a transpose, can follow. */
function grouped(latex: string): string {
  return /[_^]/.test(latex) ? `{${latex}}` : latex;
}

function digits(subscript: string): string {
  return [...subscript].map((digit) => "₀₁₂₃₄₅₆₇₈₉".indexOf(digit)).join("");
}
