/** One thread of several, counted from 0. */
export interface Share {
  readonly thread: number;
  readonly threads: number;
}

export const everything: Share = { thread: 0, threads: 1 };

/** A stretch of rows, columns or numbers. */
export interface Part {
  readonly first: number;
  readonly count: number;
}

/** The thread's part of `count` things that are handed out `quantum` at a time: the last quantum may be a smaller one. */
export function partOf(count: number, quantum: number, { thread, threads }: Share): Part {
  const quanta = Math.ceil(count / quantum);
  const begin = (one: number) => Math.min(count, Math.floor((quanta * one) / threads) * quantum);
  return { first: begin(thread), count: begin(thread + 1) - begin(thread) };
}
