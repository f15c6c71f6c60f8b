/**
 * One message of the Protocol Buffers wire format being written: fields in the order in which they are added.
 * Only what ONNX needs: varints, 32-bit floats, bytes, text, messages and packed lists of integers.
 * Source: Protocol Buffers, "Encoding".
 */
export class WireMessage {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** A whole number, exact up to 2⁵³, of either sign. */
  integer(field: number, value: number): this {
    return this.#push(varint(field * 8), varint(value));
  }

  /** Rounded to float32. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#push(varint(field * 8 + 5), bytes);
  }

  /** Not copied until `toBytes`. */
  bytes(field: number, value: Uint8Array): this {
    return this.#push(varint(field * 8 + 2), varint(value.length), value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  integers(field: number, values: readonly number[]): this {
    const list = new WireMessage();
    for (const value of values) list.#push(varint(value));
    return this.message(field, list);
  }

  message(field: number, value: WireMessage): this {
    return this.#push(varint(field * 8 + 2), varint(value.#length), ...value.#chunks);
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  #push(...chunks: readonly Uint8Array[]): this {
    for (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
    }
    return this;
  }
}

/** Seven bits a byte, the lowest first; a negative number as its 64-bit two's complement. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
