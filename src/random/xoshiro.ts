/** The 128 bits of a generator, as four unsigned 32-bit words. */
export type Words = readonly [number, number, number, number];

/** A stream of unsigned 32-bit words. */
export interface WordSource {
  next(): number;
  words(): Words;
}

/**
 * xoshiro128** 1.1: period 2¹²⁸ − 1, only 32-bit integer arithmetic, so the same bits in every engine.
 * Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
 * @param words must not all be zero, the one state that the generator never leaves.
 */
export function xoshiro128(words: Words): WordSource {
  const state = Int32Array.of(...words);
  const word = (index: number) => (state[index] ?? 0) >>> 0;
  return {
    next() {
      const a = state[0] ?? 0;
      const b = state[1] ?? 0;
      const c = (state[2] ?? 0) ^ a;
      const d = (state[3] ?? 0) ^ b;
      state[0] = a ^ d;
      state[1] = b ^ c;
      state[2] = c ^ (b << 9);
      state[3] = rotateLeft(d, 11);
      return Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    },
    words: () => [word(0), word(1), word(2), word(3)],
  };
}

export function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
