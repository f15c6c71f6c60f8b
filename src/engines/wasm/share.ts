/** A share of a step: what lies from `from` to `to` when the whole is divided into `of` equal units. */
export interface Share {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

export const everything: Share = { from: 0, to: 1, of: 1 };

/** One share for each thread. */
export function equalShares(threads: number): Share[] {
  return Array.from({ length: threads }, (_, thread) => ({ from: thread, to: thread + 1, of: threads }));
}

/** Four fifths of an equal share for each thread to begin with, and the rest in pieces for whoever is early. */
export function unequalShares(threads: number): Share[] {
  const of = 5 * threads;
  const large = Array.from({ length: threads }, (_, i) => ({ from: 4 * i, to: 4 * (i + 1), of }));
  const small = Array.from({ length: threads }, (_, i) => ({ from: 4 * threads + i, to: 4 * threads + i + 1, of }));
  return [...large, ...small];
}

/** A stretch of rows, columns or numbers. */
export interface Part {
  readonly first: number;
  readonly count: number;
}

/** The share's part of `count` things that are handed out `quantum` at a time: the last quantum may be a smaller one. */
export function partOf(count: number, quantum: number, { from, to, of }: Share): Part {
  const quanta = Math.ceil(count / quantum);
  const begin = (unit: number) => Math.min(count, Math.floor((quanta * unit) / of) * quantum);
  return { first: begin(from), count: begin(to) - begin(from) };
}
