import type { Text } from "../../language/index.js";
import type { Formula, Nested, Shape } from "../../tensor/index.js";

/** One line of a derivation, held against numbers where it claims some. */
export interface DerivationLine {
  readonly formula: Formula;
  readonly says?: Text;
  /** In the forward part and of a gradient: the op, the name of the value, its shape and numbers. */
  readonly op?: string;
  readonly name?: string;
  readonly shape?: Shape;
  readonly value?: Nested;
  /** The rule in the op's own letters, before symbols are put in: `dA = dC·Bᵀ`. */
  readonly rule?: Formula;
  /** What the numbers of this line differ from the truth by (finite differences, or another way to compute the same). */
  readonly check?: { readonly difference: number; readonly agrees: boolean; readonly against: Text };
}

export interface DerivationSection {
  readonly title: Text;
  readonly says?: Text;
  readonly lines: readonly DerivationLine[];
}

/** A derivation from the formula to its gradients, every line checked. Plain data: JSON can hold it. */
export interface Derivation {
  readonly title: Formula;
  readonly sections: readonly DerivationSection[];
  readonly agrees: boolean;
}

export const againstDifferences: Text = { en: "central differences", zh: "中心差分" };

export function agreesThroughout(sections: readonly DerivationSection[]): boolean {
  return sections.every(({ lines }) => lines.every(({ check }) => check?.agrees !== false));
}
