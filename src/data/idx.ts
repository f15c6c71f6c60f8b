import { createDataset, type Dataset, type Split } from "./dataset.js";
import { DataError } from "./error.js";

/** Numbers of an IDX file: `sizes[0]` items, row-major. */
export interface IdxArray {
  readonly sizes: readonly number[];
  readonly values: Float32Array | Uint8Array;
}

/** Element types by the code in the third byte: bytes per number and how to read one (big-endian). */
const elementTypes: Readonly<Record<number, { bytes: number; read: (view: DataView, at: number) => number }>> = {
  8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, read: (view, at) => view.getFloat64(at) },
};

/**
 * Reads the IDX format of MNIST and its kin: two zero bytes, element type, number of axes, their sizes (32 bits each,
 * big-endian), then the numbers. Not trusted: the sizes must multiply to what the file holds before memory is taken.
 * @param source what messages call the file.
 * @throws DataError when the bytes are not an IDX file.
 */
export function parseIdx(bytes: Uint8Array, source: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = bytes.length >= 4 ? elementTypes[view.getUint8(2)] : undefined;
  if (type === undefined || view.getUint16(0) !== 0) {
    throw new DataError(`${source} is no IDX file: it does not begin with 0, 0, a number type and a number of axes`);
  }
  const axes = view.getUint8(3);
  const header = 4 + 4 * axes;
  if (axes === 0 || bytes.length < header) throw new DataError(`${source} ends within its header; download it again`);
  const sizes = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = sizes.reduce((product, size) => product * size, 1);
  if (header + count * type.bytes !== bytes.length) {
    throw new DataError(
      `${source} should hold ${sizes.join(" × ")} numbers, ${header + count * type.bytes} bytes in all, but has ${bytes.length}; download it again`,
    );
  }
  if (type === elementTypes[8]) return { sizes, values: bytes.subarray(header) };
  return { sizes, values: Float32Array.from({ length: count }, (_, i) => type.read(view, header + i * type.bytes)) };
}

/**
 * A data set of images and labels as IDX arrays: one row of features an image, classes 0 to the largest label.
 * @throws DataError when there are not as many labels as images, or a label is no class.
 */
export function idxDataset(images: IdxArray, labels: IdxArray, name: string, classes?: readonly string[]): Dataset {
  const [count = 0, ...rest] = images.sizes;
  const inputs = rest.reduce((product, size) => product * size, 1);
  if (labels.sizes.length !== 1 || labels.sizes[0] !== count) {
    throw new DataError(
      `data "${name}" has ${count} images but labels of shape [${labels.sizes.join(", ")}]; give one label an image`,
    );
  }
  const largest = Array.from(labels.values).reduce((a, b) => Math.max(a, b), 0);
  const known = classes ?? Array.from({ length: largest + 1 }, (_, i) => `${i}`);
  return createDataset({
    name,
    inputs,
    features: new Float32Array(images.values),
    target: { kind: "class", labels: Int32Array.from(labels.values), classes: known },
    preparation: "scale",
  });
}

/**
 * Reads a folder with the four files of MNIST, Fashion-MNIST, KMNIST and their kin (`train-images-idx3-ubyte`,
 * `train-labels-idx1-ubyte`, `t10k-images-…`, `t10k-labels-…`, plain or `.gz`). Node only.
 * @throws DataError naming the file that is missing or damaged.
 */
export async function idx(folder: string): Promise<Split> {
  const { readdir } = await import("node:fs/promises");
  const files = await readdir(folder).catch((error: unknown) => {
    throw new DataError(`cannot read the folder "${folder}": ${reasonOf(error)}`, { cause: error });
  });
  const read = async (part: "train" | "t10k", what: "images" | "labels"): Promise<IdxArray> => {
    const wanted = `${part}-${what}-idx${what === "images" ? 3 : 1}-ubyte`;
    const file = files.find((one) => one.replace(/\.gz$/, "").replace(".idx", "-idx") === wanted);
    if (file === undefined) {
      throw new DataError(
        `the folder "${folder}" has no file ${wanted} or ${wanted}.gz; a folder of IDX data has images and labels for train and t10k`,
      );
    }
    return parseIdx(await unpacked(`${folder}/${file}`), `${folder}/${file}`);
  };
  const name =
    folder
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ?? folder;
  const training = idxDataset(await read("train", "images"), await read("train", "labels"), `${name} (training)`);
  const classes = training.target.kind === "class" ? training.target.classes : [];
  return {
    training,
    test: idxDataset(await read("t10k", "images"), await read("t10k", "labels"), `${name} (test)`, classes),
  };
}

/** A file's bytes, unzipped when its name ends in `.gz`. */
async function unpacked(path: string): Promise<Uint8Array> {
  const { readFile } = await import("node:fs/promises");
  const bytes = await readFile(path);
  if (!path.endsWith(".gz")) return bytes;
  const { gunzipSync } = await import("node:zlib");
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new DataError(`${path} is not a whole gzip file; download it again`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error && error.code === "ENOENT"
    ? "there is no such folder; check the path"
    : String(error);
}
