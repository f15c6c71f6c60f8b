import { RandomError } from "./error.js";
import { murmur128 } from "./murmur.js";
import { portableLog } from "./portable-log.js";
import { type Words, xoshiro128 } from "./xoshiro.js";

/**
 * A seeded generator. Same seed, same bits, on every machine and JavaScript engine: 32-bit integer arithmetic,
 * + − × ÷ and √ only. Not for security.
 */
export interface Random {
  /** Uniform in [0, 1): a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Mean 0, standard deviation 1 (Marsaglia's polar method). */
  normal(): number;
  /**
   * A whole number from 0 to `n` − 1, each exactly as likely (by rejection).
   * @throws RandomError unless `n` is a whole number from 1 to 2⁵³ − 1.
   */
  integer(n: number): number;
  /** Shuffles in place and returns its argument (Fisher and Yates, as Durstenfeld's algorithm 235). */
  shuffle(indices: Int32Array): Int32Array;
  /**
   * An independent generator that depends on this one's origin (its seed and labels) and on `label` only, never on
   * how much was drawn: initialization, each epoch's order and dropout do not disturb each other. `1` and `"1"` differ.
   * @throws RandomError when a number is not a whole one from 0 to 2⁵³ − 1.
   */
  stream(label: string | number): Random;
  /** Everything needed to go on exactly here, as plain JSON: see `restoreRandom`. */
  state(): RandomState;
}

/** A generator's position: plain JSON, exact after a round trip. */
export interface RandomState {
  /** Where its streams come from. */
  readonly key: Words;
  /** The state of xoshiro128**. */
  readonly words: Words;
  /** The second normal number of a pair, when it is still to be handed out. */
  readonly spare: number | null;
}

const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;

/**
 * The generator of a seed.
 * @param seed a whole number from 0 to 2⁵³ − 1; it is spread over 128 bits by MurmurHash3.
 * @throws RandomError for any other seed.
 */
export function createRandom(seed: number): Random {
  checkWhole(seed, "the seed");
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, seed % TWO_32, true);
  new DataView(bytes.buffer).setUint32(4, Math.floor(seed / TWO_32), true);
  return fromKey(murmur128(bytes));
}

/**
 * The generator that goes on where `state()` was taken.
 * @throws RandomError when the state is not one that `state()` gives.
 */
export function restoreRandom(state: RandomState): Random {
  const { key, words, spare } = state;
  if (!areWords(key) || !areWords(words) || words.every((word) => word === 0)) {
    throw new RandomError("the random state is damaged: key and words must be four whole numbers below 2^32 each");
  }
  if (spare !== null && !Number.isFinite(spare)) {
    throw new RandomError("the random state is damaged: spare must be null or a finite number");
  }
  return generator(key, words, spare);
}

function fromKey(key: Words): Random {
  const words = derive(key, 2, new Uint8Array(0));
  return generator(key, words.every((word) => word === 0) ? [1, 0, 0, 0] : words, null);
}

function generator(key: Words, words: Words, spareNormal: number | null): Random {
  const source = xoshiro128(words);
  let spare = spareNormal;

  function uniform(): number {
    const high = source.next() >>> 5;
    const low = source.next() >>> 6;
    return (high * 67108864 + low) / TWO_53;
  }

  function normal(): number {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const stretch = Math.sqrt((-2 * portableLog(square)) / square);
        spare = y * stretch;
        return x * stretch;
      }
    }
  }

  function integer(n: number): number {
    if (!Number.isSafeInteger(n) || n < 1) {
      throw new RandomError(`integer(${n}): the number of outcomes must be a whole number from 1 to 2^53 - 1`);
    }
    const wide = n > TWO_32;
    const range = wide ? TWO_53 : TWO_32;
    const fair = range - (range % n);
    for (;;) {
      const drawn = wide ? uniform() * TWO_53 : source.next();
      if (drawn < fair) return drawn % n;
    }
  }

  function shuffle(indices: Int32Array): Int32Array {
    for (let last = indices.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      const kept = indices[last] ?? 0;
      indices[last] = indices[other] ?? 0;
      indices[other] = kept;
    }
    return indices;
  }

  return {
    uniform,
    normal,
    integer,
    shuffle,
    stream(label) {
      if (typeof label === "string") return fromKey(derive(key, 1, new TextEncoder().encode(label)));
      checkWhole(label, "the label of a stream");
      return fromKey(derive(key, 0, new TextEncoder().encode(String(label))));
    },
    state: () => ({ key, words: source.words(), spare }),
  };
}

/** `purpose` keeps apart what is derived from numbers (0), from strings (1), and a key's own first state (2). */
function derive(key: Words, purpose: number, label: Uint8Array): Words {
  const bytes = new Uint8Array(20 + label.length);
  const view = new DataView(bytes.buffer);
  key.forEach((word, index) => {
    view.setUint32(4 * index, word, true);
  });
  view.setUint32(16, purpose, true);
  bytes.set(label, 20);
  return murmur128(bytes);
}

function checkWhole(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RandomError(`${what} is ${String(value)}; use a whole number from 0 to 9007199254740991`);
  }
}

function areWords(words: readonly number[]): boolean {
  return (
    Array.isArray(words) &&
    words.length === 4 &&
    words.every((word) => Number.isInteger(word) && word >= 0 && word < TWO_32)
  );
}
