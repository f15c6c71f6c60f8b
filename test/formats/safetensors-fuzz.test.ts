import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/formats/error.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/formats/safetensors.js";
import { createRandom, type Random } from "../../src/random/index.js";
import { referenceFile } from "./safetensors-reference.js";

/** RETROGRAD_FUZZ=1000000 makes it longer. */
const INPUTS = Number(process.env["RETROGRAD_FUZZ"] ?? 50_000);
const small = encodeSafetensors(
  new Map([
    ["W[1]", { dtype: "F32", shape: [2, 3], data: new Float32Array(6) }],
    ["step", { dtype: "I32", shape: [], data: new Int32Array(1) }],
  ]),
  { network: '{"layers":[2,3]}' },
);
const tokens = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "0",
  "-1",
  "9007199254740993",
  "1e999",
  "F64",
  "\\ud800",
  "__proto__",
].map((token) => new TextEncoder().encode(token));

/** One random change: bits, bytes, a piece taken out, doubled or overwritten by a token, or the end cut off. */
function mutate(random: Random, bytes: Uint8Array): Uint8Array {
  const at = random.integer(bytes.length + 1);
  const size = 1 + random.integer(8);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.integer(6)) {
    case 0:
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << random.integer(8)) : byte));
    case 1:
      return bytes.map((byte, index) => (index === at ? random.integer(256) : byte));
    case 2:
      return Uint8Array.of(...before, ...after.subarray(size));
    case 3:
      return Uint8Array.of(...before, ...after.subarray(0, size), ...after);
    case 4:
      return Uint8Array.of(...before, ...(tokens[random.integer(tokens.length)] ?? []), ...after.subarray(size - 1));
    default:
      return bytes.slice(0, at);
  }
}

/** Half of the time the length of the header is made to fit again, so that the rules behind it are reached. */
function repair(random: Random, bytes: Uint8Array, changeInLength: number): Uint8Array {
  if (random.integer(2) === 0 || bytes.length < 8) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(0, Math.max(0, view.getUint32(0, true) + changeInLength), true);
  return bytes;
}

describe("decodeSafetensors", () => {
  it(`throws FormatError or reads, over ${INPUTS} mutated files`, () => {
    const random = createRandom(2026);
    let read = 0;
    const problems = new Set<string>();
    for (let input = 0; input < INPUTS; input++) {
      let bytes: Uint8Array = random.integer(2) === 0 ? small : referenceFile;
      for (let change = random.integer(3); change >= 0; change--) {
        const mutated = mutate(random, bytes);
        bytes = repair(random, mutated, mutated.length - bytes.length);
      }
      try {
        const { tensors, metadata } = decodeSafetensors(bytes);
        let total = 0;
        for (const { shape, data } of tensors.values()) {
          expect(data.length).toBe(shape.reduce((product, axis) => product * axis, 1));
          total += data.byteLength;
        }
        expect(total).toBeLessThan(bytes.length);
        expect(decodeSafetensors(encodeSafetensors(tensors, metadata)).tensors.size).toBe(tensors.size);
        read++;
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        expect(error.message.length).toBeLessThan(400);
        problems.add(error.message.replace(/"[^"]*"|\d+/g, "…"));
      }
    }
    expect(read).toBeGreaterThan(0);
    expect(problems.size).toBeGreaterThan(20);
  });
});
