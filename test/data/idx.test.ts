import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataError } from "../../src/data/error.js";
import { idx, parseIdx } from "../../src/data/idx.js";

/** An IDX file of unsigned bytes. */
function idxFile(sizes: readonly number[], values: readonly number[], type = 8): Uint8Array {
  const header = [
    0,
    0,
    type,
    sizes.length,
    ...sizes.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]),
  ];
  return Uint8Array.from([...header, ...values]);
}

describe("parseIdx", () => {
  it("reads sizes and numbers", () => {
    const { sizes, values } = parseIdx(idxFile([2, 1, 3], [1, 2, 3, 4, 5, 255]), "x");
    expect(sizes).toEqual([2, 1, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 255]);
  });

  it("reads big-endian numbers of other types", () => {
    const bytes = new Uint8Array(8 + 8);
    bytes.set(idxFile([2], [], 13));
    new DataView(bytes.buffer).setFloat32(8, -1.5);
    new DataView(bytes.buffer).setFloat32(12, 1e30);
    expect([...parseIdx(bytes, "x").values]).toEqual([-1.5, Math.fround(1e30)]);
  });

  it.each([
    ["nothing", new Uint8Array(0), "is no IDX file"],
    ["another format", Uint8Array.from([31, 139, 8, 0, 0]), "is no IDX file"],
    ["an unknown number type", idxFile([1], [1], 7), "is no IDX file"],
    ["no axes", idxFile([], []), "ends within its header"],
    ["a header cut off", idxFile([1, 2], []).subarray(0, 9), "ends within its header"],
    ["numbers missing", idxFile([2, 2], [1, 2, 3]), "should hold 2 × 2 numbers, 16 bytes in all, but has 15"],
    ["sizes that overflow", idxFile([0xffffffff, 0xffffffff, 0xffffffff], [1]), "should hold"],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => parseIdx(bytes, "x")).toThrow(DataError);
    expect(() => parseIdx(bytes, "x")).toThrow(message);
  });
});

describe("idx", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "retrograd-idx-"));
    await writeFile(
      join(folder, "train-images-idx3-ubyte.gz"),
      gzipSync(idxFile([3, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])),
    );
    await writeFile(join(folder, "train-labels-idx1-ubyte"), idxFile([3], [0, 2, 1]));
    await writeFile(join(folder, "t10k-images-idx3-ubyte"), idxFile([1, 2, 2], [255, 0, 0, 255]));
    await writeFile(join(folder, "t10k-labels-idx1-ubyte.gz"), gzipSync(idxFile([1], [1])));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("reads the four files of a folder, zipped or not", async () => {
    const { training, test } = await idx(folder);
    expect([training.count, training.inputs, training.outputs]).toEqual([3, 4, 3]);
    expect([...training.features.subarray(4, 8)]).toEqual([4, 5, 6, 7]);
    expect(test.target).toEqual({ kind: "class", labels: Int32Array.of(1), classes: ["0", "1", "2"] });
  });

  it("names the file that is missing, and the one that is damaged", async () => {
    await expect(idx(join(folder, "nowhere"))).rejects.toThrow("there is no such folder; check the path");
    await rm(join(folder, "t10k-labels-idx1-ubyte.gz"));
    await expect(idx(folder)).rejects.toThrow("has no file t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz");
    await writeFile(join(folder, "t10k-labels-idx1-ubyte.gz"), Uint8Array.of(1, 2, 3));
    await expect(idx(folder)).rejects.toThrow("t10k-labels-idx1-ubyte.gz is not a whole gzip file");
  });
});
