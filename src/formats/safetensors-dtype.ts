/** Which array holds which type; F16 and BF16 are raw bits, BOOL is one byte each. */
export interface DtypeArrays {
  BOOL: Uint8Array;
  U8: Uint8Array;
  I8: Int8Array;
  I16: Int16Array;
  U16: Uint16Array;
  F16: Uint16Array;
  BF16: Uint16Array;
  I32: Int32Array;
  U32: Uint32Array;
  F32: Float32Array;
  F64: Float64Array;
  I64: BigInt64Array;
  U64: BigUint64Array;
}

export type Dtype = keyof DtypeArrays;

/** A tensor as the file holds it: `data` is row-major and as long as the product of `shape`. */
export type StoredTensor = {
  [D in Dtype]: { readonly dtype: D; readonly shape: readonly number[]; readonly data: DtypeArrays[D] };
}[Dtype];

interface ArrayType<T> {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/** In the reference implementation's order: the file has its tensors from the last type to the first. */
export const arrayTypes: { readonly [D in Dtype]: ArrayType<DtypeArrays[D]> } = {
  BOOL: Uint8Array,
  U8: Uint8Array,
  I8: Int8Array,
  I16: Int16Array,
  U16: Uint16Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I32: Int32Array,
  U32: Uint32Array,
  F32: Float32Array,
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
};

export const dtypeNames: readonly string[] = Object.keys(arrayTypes);

export function isDtype(name: unknown): name is Dtype {
  return typeof name === "string" && dtypeNames.includes(name);
}

/** The longest header written or read, in bytes: room for thousands of tensors, and no memory trap. */
export const LONGEST_HEADER = 1_000_000;

/** A whole number from 0 that float64 counts exactly; −0 is not one. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && !Object.is(value, -0) && Number(value) >= 0;
}

/** How many bytes these sizes make, or undefined when a product on the way cannot be counted exactly. */
export function byteSize(dtype: Dtype, shape: readonly number[]): number | undefined {
  let size = 1;
  for (const factor of [...shape, arrayTypes[dtype].BYTES_PER_ELEMENT]) {
    size *= factor;
    if (!Number.isSafeInteger(size)) return undefined;
  }
  return size;
}

/** The format is little-endian and so are typed arrays wherever JavaScript is in use; elsewhere bytes would be swapped. */
export function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
