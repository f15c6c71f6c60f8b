import { FormatError, quoted } from "./error.js";
import {
  arrayTypes,
  byteSize,
  dtypeNames,
  isCount,
  isDtype,
  isLittleEndian,
  LONGEST_HEADER,
  type StoredTensor,
} from "./safetensors-dtype.js";
import { isWellFormed } from "./strict-json.js";

/**
 * The bytes of a safetensors file. The same tensors give the same bytes, whatever the order of the map, and the very
 * bytes of the reference implementation: larger types first, then by name; header padded to a multiple of 8.
 * @param metadata text by name, in the header's `__metadata__`, sorted by name.
 * @throws FormatError naming the tensor that does not fit the format.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  if (!isLittleEndian()) throw new FormatError("this machine is big-endian; write safetensors on a little-endian one");
  const sorted = [...tensors].sort(
    ([nameA, a], [nameB, b]) => dtypeNames.indexOf(b.dtype) - dtypeNames.indexOf(a.dtype) || compareUtf8(nameA, nameB),
  );
  const entries = metadataEntry(metadata);
  let end = 0;
  for (const [name, tensor] of sorted) {
    checkTensor(name, tensor);
    const { dtype, shape, data } = tensor;
    const begin = end;
    end += data.byteLength;
    entries.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
  }
  const header = new TextEncoder().encode(`{${entries.join(",")}}`);
  const headerLength = Math.ceil(header.length / 8) * 8;
  if (headerLength > LONGEST_HEADER) {
    throw new FormatError(
      `the header would have ${headerLength} bytes, and at most ${LONGEST_HEADER} are written; shorten the metadata or the names`,
    );
  }
  const bytes = new Uint8Array(8 + headerLength + end);
  new DataView(bytes.buffer).setUint32(0, headerLength, true);
  bytes.set(header, 8);
  bytes.fill(0x20, 8 + header.length, 8 + headerLength);
  let at = 8 + headerLength;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

function metadataEntry(metadata: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(metadata).sort(compareUtf8);
  if (names.length === 0) return [];
  const entries = names.map((name) => {
    const text: unknown = metadata[name];
    if (typeof text !== "string" || !isWellFormed(text) || !isWellFormed(name)) {
      throw new FormatError(`the metadata ${quoted(name)} is not well-formed text; give it as a string`);
    }
    return `${JSON.stringify(name)}:${JSON.stringify(text)}`;
  });
  return [`"__metadata__":{${entries.join(",")}}`];
}

function checkTensor(name: string, tensor: StoredTensor): void {
  function refuse(problem: string, remedy: string): never {
    throw new FormatError(`tensor ${quoted(name)}: ${problem}; ${remedy}`);
  }
  if (name === "__metadata__") refuse("the name is taken by the format", "choose another name");
  if (!isWellFormed(name)) refuse("the name is not well-formed Unicode", "choose another name");
  const dtype: string = tensor.dtype;
  if (!isDtype(dtype)) refuse(`the type ${quoted(dtype)} is unknown`, `use ${dtypeNames.join(", ")}`);
  const { shape, data } = tensor;
  const shown = `the shape [${shape.join(", ")}]`;
  const needed = arrayTypes[dtype];
  if (!(data instanceof needed)) refuse(`the type ${dtype} and the data's array do not agree`, `use a ${needed.name}`);
  if (!shape.every(isCount)) refuse(`${shown} is wrong`, "sizes are whole numbers from 0");
  if (byteSize(dtype, shape) !== data.byteLength) {
    refuse(`${shown} and data of length ${data.length} do not agree`, "give as many numbers as the sizes multiply to");
  }
}

/** The order of the UTF-8 bytes, which `<` on strings is not beyond U+FFFF. */
function compareUtf8(a: string, b: string): number {
  const bytesA = new TextEncoder().encode(a);
  const bytesB = new TextEncoder().encode(b);
  const common = Math.min(bytesA.length, bytesB.length);
  for (let index = 0; index < common; index++) {
    const difference = (bytesA[index] ?? 0) - (bytesB[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return bytesA.length - bytesB.length;
}
