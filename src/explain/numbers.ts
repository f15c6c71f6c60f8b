import type { Formula } from "../tensor/index.js";

/** A number to so many significant digits: `0.5`, `-1.25`, `12.3`, `1.2e-7`. */
export function digitsOf(value: number, digits: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (rounded === 0) return "0";
  return size < 1e-4 || size >= 1e7 ? rounded.toExponential() : String(rounded);
}

export function inLatex(number: string): string {
  const [mantissa, exponent] = number.split("e");
  if (number.includes("NaN")) return "\\text{NaN}";
  if (number.includes("Infinity")) return number.replace("Infinity", "\\infty");
  return exponent === undefined ? number : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

/** Numbers in the formula of one element, to so many significant digits. */
export class Arithmetic {
  constructor(readonly digits: number) {}

  number(value: number): Formula {
    const text = digitsOf(value, this.digits);
    return { text, latex: inLatex(text) };
  }

  /** A number where a sign cannot stand alone: `(-0.3)`. */
  factor(value: number): Formula {
    const { text, latex } = this.number(value);
    return text.startsWith("-") ? { text: `(${text})`, latex: `(${latex})` } : { text, latex };
  }

  product(...factors: readonly number[]): Formula {
    const parts = factors.map((factor, i) => (i === 0 ? this.number(factor) : this.factor(factor)));
    return joined(parts, "·", " \\cdot ");
  }

  /** `0.5·0.1 + (-0.3)·0.2 + 0.1`; of more than `most` terms the middle is left out. */
  sum(terms: readonly (readonly number[])[], most = 6): Formula {
    const written = (term: readonly number[], place: number) => {
      const parts = term.map((factor, i) => (place + i === 0 ? this.number(factor) : this.factor(factor)));
      return joined(parts, "·", " \\cdot ");
    };
    if (terms.length === 0) return { text: "0", latex: "0" };
    if (terms.length <= most) return joined(terms.map(written), " + ", " + ");
    const dots = { text: "…", latex: "\\dots" };
    const last = terms.at(-1) as readonly number[];
    return joined([...terms.slice(0, 3).map(written), dots, written(last, 1)], " + ", " + ");
  }
}

/** Brackets around a negative number that stands alone in brackets, or first, are left out. */
export function tidied({ text, latex }: Formula): Formula {
  const tidy = (formula: string) =>
    formula
      .replace(/\(\{?\((-[\d.]+)\)\}?\)/g, "($1)")
      .replace(/(^|[(|])\{?\((-[\d.]+)\)\}?(?= [-+] |·| \\odot| \\cdot)/g, "$1$2");
  return { text: tidy(text), latex: tidy(latex) };
}

export function joined(parts: readonly Formula[], text: string, latex: string): Formula {
  return { text: parts.map((part) => part.text).join(text), latex: parts.map((part) => part.latex).join(latex) };
}

/** Pieces of a formula written one after another: strings are the same in text and LaTeX. */
export function written(...parts: readonly (Formula | string)[]): Formula {
  return joined(
    parts.map((part) => (typeof part === "string" ? { text: part, latex: part } : part)),
    "",
    "",
  );
}
