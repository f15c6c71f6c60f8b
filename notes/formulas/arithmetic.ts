/** Matrices as rows of numbers, and what formulas do with them, in the plainest loops: the other side of every check. */
export type Matrix = number[][];

export const at = (m: Matrix, i: number, j: number): number => m[i]?.[j] as number;

export function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    (b[0] as number[]).map((_, j) => row.reduce((total, value, k) => total + value * at(b, k, j), 0)),
  );
}

export function transposed(m: Matrix): Matrix {
  return (m[0] as number[]).map((_, j) => m.map((row) => row[j] as number));
}

export function map(m: Matrix, f: (value: number, i: number, j: number) => number): Matrix {
  return m.map((row, i) => row.map((value, j) => f(value, i, j)));
}

/** The entrywise (Hadamard) product. */
export function hadamard(a: Matrix, b: Matrix): Matrix {
  return map(a, (value, i, j) => value * at(b, i, j));
}

export function plus(a: Matrix, b: Matrix): Matrix {
  return map(a, (value, i, j) => value + at(b, i, j));
}

/** A vector as a column. */
export const column = (v: readonly number[]): Matrix => v.map((value) => [value]);

/** A column of ones times bᵀ: the bias, once a row. */
export const repeatRow = (b: readonly number[], rows: number): Matrix => Array.from({ length: rows }, () => [...b]);

export const sum = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0);

export const dot = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((value, i) => value * (b[i] as number)));

export const outer = (a: readonly number[], b: readonly number[]): Matrix => a.map((x) => b.map((y) => x * y));

export const diagonal = (v: readonly number[]): Matrix => v.map((value, i) => v.map((_, j) => (i === j ? value : 0)));

export const mean = (v: readonly number[]): number => sum(v) / v.length;

/** The mean square: the variance of numbers whose mean is known to be 0. */
export const meanSquare = (v: readonly number[]): number => mean(v.map((x) => x * x));

/** (f(x + h) − f(x − h)) / 2h for each entry of a vector: the slope measured instead of derived. */
export function slopes(f: (x: readonly number[]) => number, x: readonly number[], h = 1e-5): number[] {
  return x.map((_, i) => {
    const moved = (by: number) => f(x.map((value, k) => (k === i ? value + by : value)));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}
