import { FormatError, quoted } from "./error.js";
import {
  arrayTypes,
  byteSize,
  type Dtype,
  dtypeNames,
  isCount,
  isDtype,
  isLittleEndian,
  LONGEST_HEADER,
  type StoredTensor,
} from "./safetensors-dtype.js";
import { type JsonObject, type JsonValue, parseStrictJson } from "./strict-json.js";

export interface Safetensors {
  /** In the order of the file. Data are views of the bytes where alignment allows, copies elsewhere. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Without a prototype: every key is the file's own. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A tensor's entry in the header, checked by itself. Offsets count from the end of the header. */
interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const DAMAGED = "the file is damaged or no safetensors file, save or download it again";

/**
 * Reads a safetensors file that is not trusted. Memory is bounded by the file's size, no code is run, and every rule
 * of the format is checked: header at most 1,000,000 bytes of strict JSON, offsets contiguous from 0 to the last byte,
 * sizes multiplied without overflow, no name twice at any depth, nothing that the format does not know.
 * @param source what messages call the file.
 * @throws FormatError and nothing else.
 */
export function decodeSafetensors(bytes: Uint8Array, source = "the file"): Safetensors {
  if (!isLittleEndian()) throw new FormatError("this machine is big-endian; read safetensors on a little-endian one");
  const { header, dataStart } = readHeader(bytes, source);
  const entries: Entry[] = [];
  let metadata: Readonly<Record<string, string>> = Object.create(null);
  for (const [name, value] of header) {
    if (name === "__metadata__") metadata = readMetadata(value, source);
    else entries.push(readEntry(name, value, source));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(entries, bytes.length - dataStart, source);
  const tensors = new Map(entries.map((entry) => [entry.name, readTensor(entry, bytes, dataStart)]));
  return { tensors, metadata };
}

function readHeader(bytes: Uint8Array, source: string): { header: JsonObject; dataStart: number } {
  if (bytes.length < 8) {
    throw new FormatError(
      `${source} has length ${bytes.length}, too short for the 8 bytes that begin a header; ${DAMAGED}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > LONGEST_HEADER) {
    throw new FormatError(
      `${source}, byte 0: the header claims ${length} bytes, and at most ${LONGEST_HEADER} are read; ${DAMAGED}`,
    );
  }
  const dataStart = 8 + length;
  if (dataStart > bytes.length) {
    throw new FormatError(
      `${source}, byte 0: the header claims ${length} bytes, but only ${bytes.length - 8} follow; ${DAMAGED}`,
    );
  }
  if (bytes[8] !== 0x7b || length === 0) throw new FormatError(`${source}, byte 8: the header has no "{"; ${DAMAGED}`);
  const header = parseStrictJson(decodeText(bytes.subarray(8, dataStart), source), `${source}: the header`);
  return { header: asObject(header, () => `${source}, byte 8: the header is no object`), dataStart };
}

function decodeText(bytes: Uint8Array, source: string): string {
  try {
    // Copied, because a decoder takes no shared memory.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  } catch {
    throw new FormatError(`${source}, byte 8: the header is not UTF-8; ${DAMAGED}`);
  }
}

function readMetadata(value: JsonValue, source: string): Readonly<Record<string, string>> {
  const metadata: Record<string, string> = Object.create(null);
  for (const [name, text] of asObject(value, () => `${source}: "__metadata__" is no object`)) {
    if (typeof text !== "string") {
      throw new FormatError(`${source}: the metadata ${quoted(name)} is no string; ${DAMAGED}`);
    }
    metadata[name] = text;
  }
  return metadata;
}

function readEntry(name: string, value: JsonValue, source: string): Entry {
  const where = `${source}, tensor ${quoted(name)}`;
  const entry = asObject(value, () => `${where}: its entry is no object`);
  const dtype = entry.get("dtype");
  const shape = entry.get("shape");
  const offsets = entry.get("data_offsets");
  for (const key of entry.keys()) {
    if (key === "dtype" || key === "shape" || key === "data_offsets") continue;
    throw new FormatError(`${where}: ${quoted(key)} is unknown to the format; ${DAMAGED}`);
  }
  if (!isDtype(dtype)) {
    throw new FormatError(
      `${where}: ${typeof dtype === "string" ? `the type ${quoted(dtype)} is unknown` : "it has no type"}; save it as one of ${dtypeNames.join(", ")}`,
    );
  }
  if (!isCounts(shape)) {
    throw new FormatError(`${where}: the shape is no list of whole numbers from 0; ${DAMAGED}`);
  }
  const [begin, end] = isCounts(offsets) && offsets.length === 2 ? offsets : [];
  if (begin === undefined || end === undefined || begin > end) {
    throw new FormatError(`${where}: data_offsets are no two whole numbers, the smaller one first; ${DAMAGED}`);
  }
  const size = byteSize(dtype, shape);
  if (size === undefined) {
    throw new FormatError(`${where}: the sizes multiply to more than can be counted exactly; ${DAMAGED}`);
  }
  if (size !== end - begin) {
    throw new FormatError(`${where}: type and shape make ${size} bytes, its offsets ${end - begin}; ${DAMAGED}`);
  }
  return { name, dtype, shape, begin, end };
}

/** Each tensor begins where the one before ends, the first at 0, and the last ends with the file. */
function checkCoverage(entries: readonly Entry[], dataLength: number, source: string): void {
  let reached = 0;
  for (const { name, begin, end } of entries) {
    const where = `${source}, tensor ${quoted(name)}`;
    if (begin !== reached) {
      const kind = begin < reached ? "overlaps the tensor before" : "leaves a gap before it";
      throw new FormatError(`${where}: it begins at byte ${begin} of the data, which ${kind} (${reached}); ${DAMAGED}`);
    }
    if (end > dataLength) {
      throw new FormatError(`${where}: it ends at byte ${end} of the data, but there are ${dataLength}; ${DAMAGED}`);
    }
    reached = end;
  }
  if (reached !== dataLength) {
    throw new FormatError(`${source}: bytes at the end that belong to no tensor: ${dataLength - reached}; ${DAMAGED}`);
  }
}

function readTensor({ dtype, shape, begin, end }: Entry, bytes: Uint8Array, dataStart: number): StoredTensor {
  const type = arrayTypes[dtype];
  const width = type.BYTES_PER_ELEMENT;
  const aligned = (bytes.byteOffset + dataStart + begin) % width === 0;
  const part = bytes.subarray(dataStart + begin, dataStart + end);
  const { buffer, byteOffset } = aligned ? part : new Uint8Array(part);
  return { dtype, shape, data: new type(buffer, byteOffset, (end - begin) / width) } as StoredTensor;
}

function asObject(value: JsonValue, problem: () => string): JsonObject {
  if (value instanceof Map) return value;
  throw new FormatError(`${problem()}; ${DAMAGED}`);
}

function isCounts(value: JsonValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every(isCount);
}
