/**
 * Unpacks `count` whole numbers of `bits` bits each, highest bit first, from base64.
 * @param text base64; whitespace is ignored.
 */
export function unpackBits(text: string, bits: number, count: number): Uint8Array {
  const binary = atob(text);
  const values = new Uint8Array(count);
  let held = 0;
  let heldBits = 0;
  let next = 0;
  for (let index = 0; index < count; index++) {
    while (heldBits < bits) {
      held = ((held << 8) | binary.charCodeAt(next++)) & 0xffff;
      heldBits += 8;
    }
    heldBits -= bits;
    values[index] = (held >> heldBits) & ((1 << bits) - 1);
  }
  return values;
}
