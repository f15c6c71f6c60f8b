import { rotateLeft, type Words } from "./xoshiro.js";

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

/**
 * MurmurHash3_x86_128 with seed 0: spreads a seed or a label over 128 bits.
 * Austin Appleby, SMHasher, public domain. Not for security.
 */
export function murmur128(bytes: Uint8Array): Words {
  const { length } = bytes;
  const body = length - (length % 16);
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  for (let at = 0; at < body; at += 16) {
    h1 = Math.imul(rotateLeft(h1 ^ mixFirst(wordAt(bytes, at)), 19) + h2, 5) + 0x561ccd1b;
    h2 = Math.imul(rotateLeft(h2 ^ mixSecond(wordAt(bytes, at + 4)), 17) + h3, 5) + 0x0bcaa747;
    h3 = Math.imul(rotateLeft(h3 ^ mixThird(wordAt(bytes, at + 8)), 15) + h4, 5) + 0x96cd1c35;
    h4 = Math.imul(rotateLeft(h4 ^ mixFourth(wordAt(bytes, at + 12)), 13) + h1, 5) + 0x32ac3b17;
  }
  // Beyond the end wordAt reads zeros, and each mix maps 0 to 0: the tail needs no cases.
  h1 ^= mixFirst(wordAt(bytes, body)) ^ length;
  h2 ^= mixSecond(wordAt(bytes, body + 4)) ^ length;
  h3 ^= mixThird(wordAt(bytes, body + 8)) ^ length;
  h4 ^= mixFourth(wordAt(bytes, body + 12)) ^ length;
  return cross(...crossed(h1, h2, h3, h4));
}

function crossed(h1: number, h2: number, h3: number, h4: number): Words {
  const [a, b, c, d] = cross(h1, h2, h3, h4);
  return [finish(a), finish(b), finish(c), finish(d)];
}

function cross(h1: number, h2: number, h3: number, h4: number): Words {
  const sum = h1 + h2 + h3 + h4;
  return [sum >>> 0, (h2 + sum) >>> 0, (h3 + sum) >>> 0, (h4 + sum) >>> 0];
}

function finish(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const mixFirst = (word: number) => Math.imul(rotateLeft(Math.imul(word, C1), 15), C2);
const mixSecond = (word: number) => Math.imul(rotateLeft(Math.imul(word, C2), 16), C3);
const mixThird = (word: number) => Math.imul(rotateLeft(Math.imul(word, C3), 17), C4);
const mixFourth = (word: number) => Math.imul(rotateLeft(Math.imul(word, C4), 18), C1);

function wordAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}
