/** Rewritings of a formula in text that hold always: factors of 1, double transposes, sums of numbers, idle brackets. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/repeat\((1|\(1 \/ \d+\))\)/g, "$1"],
  [/(^|[(\s·])1(?: ⊙ |·)(?=\S)/g, "$1"],
  [/ \/ 1(?![\d.])/g, ""],
  [/ᵀᵀ/g, ""],
  [/\^1(?![\d.])/g, ""],
  [/\b(-?)0 - /g, "-"],
];

export function simplified(start: string): string {
  let [before, now] = ["", start];
  while (before !== now) {
    before = now;
    for (const [from, to] of rules) now = now.replace(from, to);
    now = now.replace(/\((\d+) - (\d+)\)/g, (_, a: string, b: string) => String(Number(a) - Number(b)));
    now = transposedProduct(withoutIdleBrackets(now));
  }
  return now;
}

/** A formula that stands where a single symbol stood: in brackets when it has operators of its own. */
export function bracketed(text: string): string {
  const plain =
    /^-?[^\s·⊙/+-]+$/u.test(text) || isEnclosed(text) || closingOf(text, text.indexOf("(")) === text.length - 1;
  const isCall = /^[A-Za-z]*\(/.test(text);
  return plain && (isCall || !/[\s·]/.test(text)) ? text : `(${text})`;
}

/** `(Aᵀ·B)ᵀ` is `Bᵀ·A`. */
function transposedProduct(text: string): string {
  const found = /^\((\S+?)ᵀ·(.+)\)ᵀ$/u.exec(text);
  if (found === null) return text;
  const [, left = "", right = ""] = found;
  return /^[^\s·()]+$/u.test(right) || isEnclosed(right) ? `${right}ᵀ·${left}` : text;
}

/** `((a + b))` and `sum((a + b))`, and brackets around the whole. */
function withoutIdleBrackets(text: string): string {
  if (isEnclosed(text)) return text.slice(1, -1);
  for (let at = text.indexOf("(("); at >= 0; at = text.indexOf("((", at + 1)) {
    const [outer, inner] = [closingOf(text, at), closingOf(text, at + 1)];
    if (outer === inner + 1) return text.slice(0, at) + text.slice(at + 1, outer) + text.slice(outer + 1);
  }
  return text;
}

function isEnclosed(text: string): boolean {
  return text.startsWith("(") && closingOf(text, 0) === text.length - 1;
}

/** Where the bracket opened at a place is closed. */
function closingOf(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i >= 0 && i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i;
  }
  return -1;
}
