import { createRandom, evaluate, type Tensor } from "../../src/index.js";
import type { Matrix } from "./arithmetic.js";

/**
 * A displayed formula with its proof by numbers. Every term of the equation is computed in a way of its own, from the same
 * random numbers: what the library computes on one side, the formula's letters in plain loops on the other.
 */
export interface Formula {
  /** KaTeX-compatible, in display style. */
  readonly latex: string;
  /** The terms between the signs, flattened: all equal, or for `≤` each at most the next. */
  terms(numbers: Numbers): readonly Term[];
  /** `=` unless told otherwise. */
  readonly relation?: "=" | "≤";
  /** Largest relative difference (1e-10). Limits and statistics are only true up to one, and say so. */
  readonly tolerance?: number;
}

export type Term = number | readonly number[] | Matrix | Tensor;

/** Seeded random numbers in the shapes that formulas need. */
export class Numbers {
  readonly #random;

  constructor(readonly seed: number) {
    this.#random = createRandom(seed).stream("notes");
  }

  number(low = -2, high = 2): number {
    return low + (high - low) * this.#random.uniform();
  }

  vector(length: number, low = -2, high = 2): number[] {
    return Array.from({ length }, () => this.number(low, high));
  }

  matrix(rows: number, columns: number, low = -2, high = 2): Matrix {
    return Array.from({ length: rows }, () => this.vector(columns, low, high));
  }

  normals(length: number, deviation = 1): number[] {
    return Array.from({ length }, () => deviation * this.#random.normal());
  }

  /** Numbers above 0 that sum to 1. */
  distribution(length: number): number[] {
    const parts = this.vector(length, 0.1, 1);
    const total = parts.reduce((a, b) => a + b, 0);
    return parts.map((part) => part / total);
  }
}

/** A term as plain numbers, row by row. */
export function flat(term: Term): number[] {
  if (typeof term === "number") return [term];
  if (Array.isArray(term)) return term.flatMap((part: number | readonly number[]) => part);
  return [...evaluate(term as Tensor).data];
}

/** How far apart the terms of an equation are, relative to their largest number; for `≤` by how much one exceeds the next. */
export function discrepancy(formula: Formula, seed: number): number {
  const [first = [], ...others] = formula.terms(new Numbers(seed)).map(flat);
  if (first.length === 0 || others.length === 0)
    throw new Error("a formula needs two terms or more, with numbers in them");
  let worst = 0;
  let before = first;
  for (const term of others) {
    if (term.length !== first.length) throw new Error(`terms of ${first.length} and ${term.length} numbers`);
    const scale = Math.max(...first.map(Math.abs), ...term.map(Math.abs), Number.MIN_VALUE);
    const left = formula.relation === "≤" ? before : first;
    for (const [i, value] of term.entries()) {
      const difference = (left[i] as number) - value;
      const wrong = formula.relation === "≤" ? Math.max(0, difference) : Math.abs(difference);
      worst = Math.max(worst, Number.isNaN(wrong) ? Number.POSITIVE_INFINITY : wrong / scale);
    }
    before = term;
  }
  return worst;
}

export const usualTolerance = 1e-10;
