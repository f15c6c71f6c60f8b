import { FormatError } from "../error.js";

/** One field of a message: a number (varint or 32-bit float), or bytes. 64-bit fixed fields are stepped over. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | number | Uint8Array;
}

/**
 * The fields of one Protocol Buffers message, in the order of the file, from bytes that are not trusted. Bytes are views of
 * the file, so memory is bounded by its size.
 * @param what begins every message: what the bytes should be.
 * @throws FormatError when a field runs past the end of its message, or is of a kind that ONNX does not use.
 */
export function* readFields(bytes: Uint8Array, what: string): Generator<WireField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const refuse = (problem: string): never => {
    throw new FormatError(`${what}: ${problem} at byte ${at}; the file is damaged or no ONNX file`);
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) refuse("a number does not end");
      value |= BigInt((byte as number) & 0x7f) << shift;
      if ((byte as number) < 0x80) return BigInt.asIntN(64, value);
    }
    return refuse("a number is too long");
  };
  const take = (length: number): number => {
    if (length > bytes.length - at) refuse("a field is longer than what is left");
    const start = at;
    at += length;
    return start;
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Number(key >> 3n);
    const kind = Number(key & 7n);
    if (number < 1 || number > 2 ** 29) refuse(`a field has the number ${number}`);
    if (kind === 0) yield { number, value: varint() };
    else if (kind === 1) take(8);
    else if (kind === 5) yield { number, value: view.getFloat32(take(4), true) };
    else if (kind === 2) {
      const length = varint();
      if (length < 0n || length > BigInt(bytes.length)) refuse("a field is longer than what is left");
      const start = take(Number(length));
      yield { number, value: bytes.subarray(start, start + Number(length)) };
    } else refuse(`a field is of the kind ${kind}`);
  }
}

/** A packed list of whole numbers. @throws FormatError as `readFields` does. */
export function readIntegers(bytes: Uint8Array, what: string): bigint[] {
  const values: bigint[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte < 0x80) {
      values.push(BigInt.asIntN(64, value));
      value = shift = 0n;
    } else if (shift >= 70n) throw new FormatError(`${what}: a number is too long; the file is damaged`);
  }
  if (shift > 0n) throw new FormatError(`${what}: a number does not end; the file is damaged`);
  return values;
}
