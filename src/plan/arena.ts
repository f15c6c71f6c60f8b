/** A stretch of memory wanted from one step to another, both included. Steps are counted from 0. */
export interface Wish {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** Numbers per alignment unit: 64 bytes of float32, a cache line. */
const alignment = 16;

export function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

/**
 * Places every wish in one arena so that two that are needed at the same time never overlap: the largest first, each at
 * the lowest place free during its whole life ("greedy by size", Pisarchyk & Lee 2020).
 * @returns The offset of each wish and the length of the arena, in numbers.
 */
export function placeInArena(wishes: readonly Wish[], start: number): { offsets: number[]; length: number } {
  const offsets = new Array<number>(wishes.length).fill(0);
  const placed: number[] = [];
  let length = start;
  const bySize = wishes
    .map((_, i) => i)
    .sort((a, b) => (wishes[b] as Wish).length - (wishes[a] as Wish).length || a - b);
  for (const i of bySize) {
    const wish = wishes[i] as Wish;
    const neighbours = placed
      .filter((j) => (wishes[j] as Wish).from <= wish.to && wish.from <= (wishes[j] as Wish).to)
      .sort((a, b) => (offsets[a] as number) - (offsets[b] as number));
    let offset = start;
    for (const j of neighbours) {
      if ((offsets[j] as number) - offset >= aligned(wish.length)) break;
      offset = Math.max(offset, (offsets[j] as number) + aligned((wishes[j] as Wish).length));
    }
    offsets[i] = offset;
    placed.push(i);
    length = Math.max(length, offset + aligned(wish.length));
  }
  return { offsets, length };
}
