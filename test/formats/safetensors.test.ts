import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/formats/error.js";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../../src/formats/safetensors.js";
import { referenceFile, referenceMetadata, referenceTensors } from "./safetensors-reference.js";

/** A file with this header text, and zeros for data. */
function file(header: string, dataLength = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  return bytes;
}

const tensorNames = fc.string({ unit: "grapheme", maxLength: 8 }).filter((name) => name !== "__metadata__");
const shapes = fc.array(fc.nat(3), { maxLength: 4 });
const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

const anyTensor: fc.Arbitrary<StoredTensor> = shapes.chain((shape): fc.Arbitrary<StoredTensor> => {
  const exactly = { minLength: sizeOf(shape), maxLength: sizeOf(shape) };
  return fc.oneof(
    fc.uint8Array({ ...exactly, max: 1 }).map((data) => ({ dtype: "BOOL", shape, data }) as const),
    fc.uint8Array(exactly).map((data) => ({ dtype: "U8", shape, data }) as const),
    fc.int8Array(exactly).map((data) => ({ dtype: "I8", shape, data }) as const),
    fc.int16Array(exactly).map((data) => ({ dtype: "I16", shape, data }) as const),
    fc.uint16Array(exactly).map((data) => ({ dtype: "U16", shape, data }) as const),
    fc.uint16Array(exactly).map((data) => ({ dtype: "F16", shape, data }) as const),
    fc.uint16Array(exactly).map((data) => ({ dtype: "BF16", shape, data }) as const),
    fc.int32Array(exactly).map((data) => ({ dtype: "I32", shape, data }) as const),
    fc.uint32Array(exactly).map((data) => ({ dtype: "U32", shape, data }) as const),
    fc.float32Array(exactly).map((data) => ({ dtype: "F32", shape, data }) as const),
    fc.float64Array(exactly).map((data) => ({ dtype: "F64", shape, data }) as const),
    fc.bigInt64Array(exactly).map((data) => ({ dtype: "I64", shape, data }) as const),
    fc.bigUint64Array(exactly).map((data) => ({ dtype: "U64", shape, data }) as const),
  );
});
const anyTensors = fc.array(fc.tuple(tensorNames, anyTensor), { maxLength: 6 }).map((pairs) => new Map(pairs));
const anyMetadata = fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), { maxKeys: 4 });
const byName = (tensors: ReadonlyMap<string, StoredTensor>) =>
  new Map([...tensors].sort(([a], [b]) => (a < b ? -1 : 1)));

describe("encode and decode", () => {
  it("bring back every type, shape and name", () => {
    fc.assert(
      fc.property(anyTensors, anyMetadata, fc.nat(8), (tensors, metadata, offset) => {
        const bytes = encodeSafetensors(tensors, metadata);
        const shifted = new Uint8Array(bytes.length + offset).subarray(offset);
        shifted.set(bytes);
        for (const read of [decodeSafetensors(bytes), decodeSafetensors(shifted)]) {
          expect(byName(read.tensors)).toEqual(byName(tensors));
          expect({ ...read.metadata }).toEqual({ ...metadata });
        }
      }),
      { numRuns: 300 },
    );
  });

  it("do not depend on the order of the map", () => {
    fc.assert(
      fc.property(anyTensors, anyMetadata, (tensors, metadata) => {
        const reversed = Object.fromEntries(Object.entries(metadata).reverse());
        expect(encodeSafetensors(new Map([...tensors].reverse()), reversed)).toEqual(
          encodeSafetensors(tensors, metadata),
        );
      }),
    );
  });

  it("keep every bit of NaN, -0 and subnormal numbers", () => {
    const bits = Uint32Array.of(0x7fc00001, 0xffc00000, 0x80000000, 1, 0x7f800000);
    const bytes = encodeSafetensors(
      new Map([["w", { dtype: "F32", shape: [5], data: new Float32Array(bits.buffer) }]]),
    );
    const data = decodeSafetensors(bytes).tensors.get("w")?.data;
    expect(new Uint32Array(data?.buffer ?? new ArrayBuffer(0), data?.byteOffset, 5)).toEqual(bits);
  });

  it("write part of a larger array", () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const bytes = encodeSafetensors(new Map([["w", { dtype: "F32", shape: [2], data }]]));
    expect(decodeSafetensors(bytes).tensors.get("w")?.data).toEqual(Float32Array.of(2, 3));
  });

  it("give views where aligned and copies elsewhere", () => {
    const bytes = encodeSafetensors(new Map([["w", { dtype: "F32", shape: [2], data: Float32Array.of(1, 2) }]]));
    expect(decodeSafetensors(bytes).tensors.get("w")?.data.buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 1).subarray(1);
    shifted.set(bytes);
    expect(decodeSafetensors(shifted).tensors.get("w")?.data.buffer).not.toBe(shifted.buffer);
  });

  it("read shared memory and Node's buffers", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(referenceFile.length));
    shared.set(referenceFile);
    expect(decodeSafetensors(shared).tensors).toEqual(referenceTensors);
    expect(decodeSafetensors(Buffer.from(referenceFile)).tensors).toEqual(referenceTensors);
  });
});

describe("the reference implementation's file", () => {
  it("is written byte for byte", () => {
    expect(Buffer.from(encodeSafetensors(referenceTensors, referenceMetadata)).toString("latin1")).toBe(
      Buffer.from(referenceFile).toString("latin1"),
    );
  });

  it("is read, in its order", () => {
    const { tensors, metadata } = decodeSafetensors(referenceFile);
    expect(tensors).toEqual(referenceTensors);
    expect([...tensors.keys()].slice(0, 4)).toEqual(["ul", "l", "d", "a"]);
    expect({ ...metadata }).toEqual(referenceMetadata);
  });

  it("of nothing is an empty header", () => {
    const nothing = encodeSafetensors(new Map());
    expect(nothing).toEqual(Uint8Array.of(8, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode("{}      ")));
    expect(decodeSafetensors(nothing)).toEqual({ tensors: new Map(), metadata: {} });
  });
});

const ENTRY = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';

describe("decodeSafetensors refuses", () => {
  const DAMAGED = "the file is damaged or no safetensors file, save or download it again";
  const lengthOf = (low: number, high = 0) => {
    const bytes = file("{}");
    new DataView(bytes.buffer).setUint32(0, low, true);
    new DataView(bytes.buffer).setUint32(4, high, true);
    return bytes;
  };

  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), " has length 0, too short for the 8 bytes that begin a header"],
    ["7 bytes", new Uint8Array(7), " has length 7, too short for the 8 bytes that begin a header"],
    ["an empty header", new Uint8Array(8), ', byte 8: the header has no "{"'],
    ["a length of 0 before a brace", lengthOf(0), ', byte 8: the header has no "{"'],
    ["a header beyond the file", lengthOf(3), ", byte 0: the header claims 3 bytes, but only 2 follow"],
    [
      "a header beyond the cap",
      lengthOf(1_000_001),
      ", byte 0: the header claims 1000001 bytes, and at most 1000000 are read",
    ],
    [
      "a header of 2^64 - 1",
      lengthOf(0xffffffff, 0xffffffff),
      ", byte 0: the header claims 18446744073709552000 bytes, and at most 1000000 are read",
    ],
    [
      "a header of 2^32 + 2",
      lengthOf(2, 1),
      ", byte 0: the header claims 4294967298 bytes, and at most 1000000 are read",
    ],
    ["a space before the brace", file(" {}"), ', byte 8: the header has no "{"'],
    ["a byte order mark", file("\ufeff{}"), ', byte 8: the header has no "{"'],
    ["an array", file("[]"), ', byte 8: the header has no "{"'],
    ["broken UTF-8", file("{}").map((byte, index) => (index === 9 ? 0xff : byte)), ", byte 8: the header is not UTF-8"],
    ["metadata that is no object", file('{"__metadata__":[]}'), ': "__metadata__" is no object'],
    ["metadata that is no string", file('{"__metadata__":{"a":1}}'), ': the metadata "a" is no string'],
    ["an entry that is no object", file('{"w":1}'), ', tensor "w": its entry is no object'],
    ["an unknown key", file(`{"w":${ENTRY.replace("{", '{"x":1,')}}`, 4), ', tensor "w": "x" is unknown to the format'],
    [
      "no shape",
      file('{"w":{"dtype":"F32","data_offsets":[0,4]}}', 4),
      ', tensor "w": the shape is no list of whole numbers from 0',
    ],
    [
      "a negative size",
      file(`{"w":${ENTRY.replace("[1]", "[-1]")}}`, 4),
      ', tensor "w": the shape is no list of whole numbers from 0',
    ],
    [
      "minus zero",
      file(`{"w":${ENTRY.replace("[1]", "[-0]")}}`, 4),
      ', tensor "w": the shape is no list of whole numbers from 0',
    ],
    [
      "a fraction",
      file(`{"w":${ENTRY.replace("[1]", "[0.5]")}}`, 4),
      ', tensor "w": the shape is no list of whole numbers from 0',
    ],
    [
      "a size beyond 2^53",
      file(`{"w":${ENTRY.replace("[1]", "[9007199254740993]")}}`, 4),
      ', tensor "w": the shape is no list of whole numbers from 0',
    ],
    [
      "a size in a string",
      file(`{"w":${ENTRY.replace("[1]", '["1"]')}}`, 4),
      ', tensor "w": the shape is no list of whole numbers from 0',
    ],
    [
      "an overflow of sizes",
      file(`{"w":${ENTRY.replace("[1]", "[94906267,94906267]")}}`, 4),
      ', tensor "w": the sizes multiply to more than can be counted exactly',
    ],
    [
      "an overflow by the type",
      file(`{"w":${ENTRY.replace("[1]", "[9007199254740991]")}}`, 4),
      ', tensor "w": the sizes multiply to more than can be counted exactly',
    ],
    [
      "an overflow before a zero",
      file(`{"w":${ENTRY.replace("[1]", "[9007199254740991,2,0]")}}`, 4),
      ', tensor "w": the sizes multiply to more than can be counted exactly',
    ],
    [
      "no offsets",
      file('{"w":{"dtype":"F32","shape":[1]}}', 4),
      ', tensor "w": data_offsets are no two whole numbers, the smaller one first',
    ],
    [
      "one offset",
      file(`{"w":${ENTRY.replace("[0,4]", "[4]")}}`, 4),
      ', tensor "w": data_offsets are no two whole numbers, the smaller one first',
    ],
    [
      "three offsets",
      file(`{"w":${ENTRY.replace("[0,4]", "[0,4,4]")}}`, 4),
      ', tensor "w": data_offsets are no two whole numbers, the smaller one first',
    ],
    [
      "offsets in reverse",
      file(`{"w":${ENTRY.replace("[0,4]", "[4,0]")}}`, 4),
      ', tensor "w": data_offsets are no two whole numbers, the smaller one first',
    ],
    [
      "a size unlike its offsets",
      file(`{"w":${ENTRY.replace("[1]", "[2]")}}`, 4),
      ', tensor "w": type and shape make 8 bytes, its offsets 4',
    ],
    [
      "a type unlike its offsets",
      file(`{"w":${ENTRY.replace("F32", "F64")}}`, 4),
      ', tensor "w": type and shape make 8 bytes, its offsets 4',
    ],
    ["a file cut short", file(`{"w":${ENTRY}}`, 3), ', tensor "w": it ends at byte 4 of the data, but there are 3'],
    ["bytes at the end", file(`{"w":${ENTRY}}`, 5), ": bytes at the end that belong to no tensor: 1"],
    ["bytes without a tensor", file("{}", 1), ": bytes at the end that belong to no tensor: 1"],
    [
      "a gap at the start",
      file(`{"w":${ENTRY.replace("[0,4]", "[4,8]")}}`, 8),
      ', tensor "w": it begins at byte 4 of the data, which leaves a gap before it (0)',
    ],
    [
      "a gap between",
      file(`{"v":${ENTRY},"w":${ENTRY.replace("[0,4]", "[8,12]")}}`, 12),
      ', tensor "w": it begins at byte 8 of the data, which leaves a gap before it (4)',
    ],
    [
      "an overlap",
      file(`{"v":${ENTRY},"w":${ENTRY.replace("[0,4]", "[2,6]")}}`, 6),
      ', tensor "w": it begins at byte 2 of the data, which overlaps the tensor before (4)',
    ],
    [
      "the same bytes twice",
      file(`{"v":${ENTRY},"w":${ENTRY}}`, 4),
      ', tensor "w": it begins at byte 0 of the data, which overlaps the tensor before (4)',
    ],
  ])("%s", (_, bytes, problem) => {
    expect(() => decodeSafetensors(bytes, "m.safetensors")).toThrow(
      new FormatError(`m.safetensors${problem}; ${DAMAGED}`),
    );
  });

  it.each([
    ["a tensor twice", `{"w":${ENTRY},"w":${ENTRY}}`, 'character 55: the name "w" comes twice in one object'],
    [
      "a key twice in a tensor",
      `{"w":${ENTRY.replace("}", ',"shape":[1]}')}}`,
      'the name "shape" comes twice in one object',
    ],
    ["metadata twice", '{"__metadata__":{"a":"1","a":"2"}}', 'character 26: the name "a" comes twice in one object'],
    ["broken JSON", '{"w"}', 'character 5: ":" is missing'],
    ["text after the object", "{}x", "character 3: there is more after the end"],
    ["bottomless nesting", `{"w":${"[".repeat(1000)}`, "more than 32 levels of nesting"],
  ])("%s", (_, header, problem) => {
    expect(() => decodeSafetensors(file(header, 4), "m")).toThrow(FormatError);
    expect(() => decodeSafetensors(file(header, 4), "m")).toThrow(problem);
  });

  it.each([
    ["F8_E4M3", 'the type "F8_E4M3" is unknown; save it as one of BOOL, U8'],
    ["__proto__", 'the type "__proto__" is unknown'],
    ["constructor", 'the type "constructor" is unknown'],
  ])("the type %s", (dtype, problem) => {
    expect(() => decodeSafetensors(file(`{"w":${ENTRY.replace("F32", dtype)}}`, 4))).toThrow(problem);
    expect(() => decodeSafetensors(file('{"w":{"shape":[1],"data_offsets":[0,4]}}', 4))).toThrow("it has no type");
  });

  it("nothing that is named like a prototype", () => {
    const { tensors, metadata } = decodeSafetensors(
      file(`{"__metadata__":{"__proto__":"p","constructor":"c"},"__proto__":${ENTRY}}`, 4),
    );
    expect([...tensors.keys()]).toEqual(["__proto__"]);
    expect(Object.entries(metadata)).toEqual([
      ["__proto__", "p"],
      ["constructor", "c"],
    ]);
    expect(Object.getPrototypeOf(metadata)).toBeNull();
  });
});

describe("encodeSafetensors refuses", () => {
  const data = Float32Array.of(1);
  const untyped = (tensor: object) => () => encodeSafetensors(new Map([["w", tensor as StoredTensor]]));

  it.each([
    [{ dtype: "F31", shape: [1], data }, 'tensor "w": the type "F31" is unknown; use BOOL, U8'],
    [
      { dtype: "F64", shape: [1], data },
      'tensor "w": the type F64 and the data\'s array do not agree; use a Float64Array',
    ],
    [{ dtype: "F32", shape: [2], data }, 'tensor "w": the shape [2] and data of length 1 do not agree'],
    [{ dtype: "F32", shape: [-1], data }, 'tensor "w": the shape [-1] is wrong; sizes are whole numbers from 0'],
    [{ dtype: "F32", shape: [0.5, 2], data }, 'tensor "w": the shape [0.5, 2] is wrong'],
    [{ dtype: "F32", shape: [2 ** 52, 2 ** 52], data }, "do not agree"],
  ])("%j", (tensor, problem) => {
    expect(untyped(tensor)).toThrow(FormatError);
    expect(untyped(tensor)).toThrow(problem);
  });

  it("names and texts the format has no place for", () => {
    const tensor = { dtype: "F32", shape: [1], data } as const;
    expect(() => encodeSafetensors(new Map([["__metadata__", tensor]]))).toThrow("the name is taken by the format");
    expect(() => encodeSafetensors(new Map([["\ud800", tensor]]))).toThrow("the name is not well-formed Unicode");
    expect(() => encodeSafetensors(new Map(), { a: "\udc00" })).toThrow('the metadata "a" is not well-formed text');
    expect(() => encodeSafetensors(new Map(), { "\udc00": "a" })).toThrow("is not well-formed text");
    const wrong: object = { a: 1 };
    expect(() => encodeSafetensors(new Map(), { ...wrong })).toThrow('the metadata "a" is not well-formed text');
    expect(() => encodeSafetensors(new Map(), { a: "x".repeat(1_000_000) })).toThrow(/at most 1000000 are written/);
  });
});
