import type { Attributes, Formula, Letters, Shape } from "../tensor/index.js";
import type { Factor } from "./explanation.js";

const greek = ["gamma", "beta"];

/** A value's name as a symbol: `dW[2]` is dW^{[2]} in LaTeX, as the lecture notes write layers. */
export function symbolOf(name: string): Formula {
  const parts = /^(d?)([A-Za-z]+)('*)(?:\[(\d+)\])?('*)$/.exec(name);
  if (parts === null) return { text: name, latex: `\\text{${name}}` };
  const [, gradient = "", letters = "", before = "", index, after = ""] = parts;
  const letter = greek.includes(letters) ? `\\${letters}` : letters.length > 1 ? `\\mathrm{${letters}}` : letters;
  const primes = before + after;
  const base = gradient + (primes === "" ? letter : `{${letter}${primes}}`);
  return { text: name, latex: index === undefined ? base : `${base}^{[${index}]}` };
}

export function factor(symbol: Formula, shape: Shape): Factor {
  return { text: symbol.text, latex: symbol.latex, shape };
}

export function transposed({ text, latex, shape }: Factor): Factor {
  return { text: `${text}ᵀ`, latex: transposedLatex(latex), shape: [...shape].reverse() };
}

/** W^{[1]} becomes W^{[1]\top}: one superscript, not two. */
function transposedLatex(latex: string): string {
  return latex.endsWith("]}") ? `${latex.slice(0, -1)}\\top}` : `${latex}^{\\top}`;
}

/** `Z[1][2,3]`: one number of a matrix, positions from 1. */
export function entry({ text, latex }: Formula, ...at: readonly (number | string)[]): Formula {
  return at.length === 0 ? { text, latex } : { text: `${text}[${at.join(",")}]`, latex: `${latex}_{${at.join(",")}}` };
}

/** How formulas in LaTeX write an op's options. */
const optionLetters: Readonly<Record<string, string>> = {
  alpha: "\\alpha",
  slope: "\\alpha",
  beta: "\\beta",
  delta: "\\delta",
  scale: "\\lambda",
  min: "\\text{min}",
  max: "\\text{max}",
};

/** The numbers of an op's options, to stand for their letters in text and in LaTeX. */
export function optionSymbols(options: Attributes, write: (value: number) => Formula): Map<string, Formula> {
  return new Map(
    Object.entries(options).flatMap(([name, value]) => {
      if (typeof value !== "number") return [];
      const number = write(value);
      const letter = optionLetters[name];
      return letter === undefined ? [[name, number] as const] : [[name, number] as const, [letter, number] as const];
    }),
  );
}

/** A formula in an op's own letters, with other symbols in their place; a word before a bracket is a function's name. */
export function inSymbols(formula: Formula, symbols: ReadonlyMap<string, Formula>): Formula {
  const text = formula.text.replace(/\b[A-Za-z]+\b(?!\()/g, (word) => symbols.get(word)?.text ?? word);
  const latex = formula.latex.replace(
    /\\(?:text|operatorname|mathrm|mathbb)\{[^}]*\}|\\[A-Za-z]+|[A-Za-z]+/g,
    (word) => {
      const symbol = symbols.get(word);
      return symbol === undefined ? word : `{${symbol.latex}}`;
    },
  );
  return { text, latex };
}

/** The symbols that stand for an op's letters: inputs, output, and the output's gradient. */
export function symbolsFor(
  letters: Letters,
  inputs: readonly Formula[],
  output: Formula,
  gradient: Formula,
): Map<string, Formula> {
  const pairs = letters.inputs.flatMap((letter, i) => {
    const symbol = inputs[i];
    return symbol === undefined ? [] : [[letter, symbol] as const];
  });
  return new Map([...pairs, [letters.output, output], [`d${letters.output}`, gradient]]);
}
