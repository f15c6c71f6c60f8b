/** A share of a step that is divided among threads: one a thread, or two, the first ones larger. */
export interface Share {
  readonly index: number;
  readonly threads: number;
  readonly aThread: 1 | 2;
}

export const everything: Share = { index: 0, threads: 1, aThread: 1 };

/** One share for each thread. */
export function equalShares(threads: number): Share[] {
  return Array.from({ length: threads }, (_, index) => ({ index, threads, aThread: 1 }));
}

/** Four fifths of an equal share for each thread to begin with, and the rest in smaller ones for whoever is early. */
export function unequalShares(threads: number): Share[] {
  return Array.from({ length: 2 * threads }, (_, index) => ({ index, threads, aThread: 2 }));
}

/** The order in which a thread takes them: its own two, the other small ones, then what others have not begun. */
export function orderFor(thread: number, threads: number): number[] {
  const turned = Array.from({ length: threads }, (_, i) => (thread + i) % threads);
  return [thread, ...turned.map((i) => threads + i), ...turned.slice(1)];
}

/** A stretch of rows, columns or numbers. */
export interface Part {
  readonly first: number;
  readonly count: number;
}

/** The share's part of `count` things that are handed out `quantum` at a time: the last quantum may be a smaller one. */
export function partOf(count: number, quantum: number, { index, threads, aThread }: Share): Part {
  const quanta = Math.ceil(count / quantum);
  const large = aThread === 1 ? 0 : Math.floor((4 * quanta) / (5 * threads));
  const small = aThread === 1 ? index : index - threads;
  const rest = quanta - large * threads;
  const before = (i: number): number =>
    i < 0 ? large * (i + threads) : large * threads + Math.floor((rest * i) / threads);
  const begin = Math.min(count, before(small) * quantum);
  return { first: begin, count: Math.min(count, before(small + 1) * quantum) - begin };
}
