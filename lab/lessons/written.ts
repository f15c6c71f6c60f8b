import { format } from "../model/format.js";

/** One number of a formula in the color of its sign, in LaTeX; brackets around a negative one that follows an operator. */
export function tex(x: number, { digits = 4, first = false } = {}): string {
  const shown = format(x, digits).replace("−", "-").replace("∞", "\\infty");
  const written = shown.replace(/^(.*)e(.*)$/, (_, mantissa: string, power: string) =>
    mantissa === "1" ? `10^{${power.replace("−", "-")}}` : `${mantissa}{\\cdot}10^{${power.replace("−", "-")}}`,
  );
  const colored = x === 0 || Number.isNaN(x) ? written : `\\htmlClass{${x < 0 ? "negative" : "positive"}}{${written}}`;
  return x < 0 && !first ? `(${colored})` : colored;
}

/** The same as plain text. */
export function plain(x: number, { digits = 4, first = false } = {}): string {
  const shown = format(x, digits);
  return x < 0 && !first ? `(${shown})` : shown;
}

/** A formula for eyes and for ears. */
export interface Written {
  readonly tex: string;
  readonly text: string;
}

/** Products added up, `0.5·1 + (−1)·2 + 0.1`; a term of one number stands alone. */
export function sumOfProducts(terms: readonly (readonly number[])[]): Written {
  const write = (one: typeof plain, dot: string, plus: string) =>
    terms.map((factors, i) => factors.map((x, k) => one(x, { first: i === 0 && k === 0 })).join(dot)).join(plus);
  return { tex: write(tex, " \\cdot ", " + "), text: write(plain, "·", " + ") };
}
