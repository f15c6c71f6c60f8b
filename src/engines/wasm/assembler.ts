/** Bytes of WebAssembly: the few instructions and sections that compiled passes need. */
export type Code = readonly number[];

export function code(...parts: readonly Code[]): Code {
  return parts.flat();
}

/** An unsigned number in LEB128. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return bytes;
}

/** A signed 32-bit number in LEB128. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

const nothing = 0x40;

/** Instructions without a value of their own, and branches. */
export const opcode = {
  block: [0x02, nothing],
  loop: [0x03, nothing],
  if: [0x04, nothing],
  else: [0x05],
  end: [0x0b],
  drop: [0x1a],
  br: (depth: number): Code => [0x0c, depth],
  brIf: (depth: number): Code => [0x0d, depth],
} as const;

export const local = {
  get: (index: number): Code => [0x20, ...unsigned(index)],
  set: (index: number): Code => [0x21, ...unsigned(index)],
} as const;

export const i32 = {
  type: 0x7f,
  const: (value: number): Code => [0x41, ...signed(value)],
  load: [0x28, 2, 0],
  geU: [0x4f],
  add: [0x6a],
  sub: [0x6b],
  and: [0x71],
  shl: [0x74],
  shrS: [0x75],
} as const;

const simd = (index: number): Code => [0xfd, ...unsigned(index)];

export const v128 = {
  type: 0x7b,
  load: (address: number): Code => [...simd(0), 2, ...unsigned(address)],
  store: (address: number): Code => [...simd(11), 2, ...unsigned(address)],
  store32Lane: (address: number, lane: number): Code => [...simd(90), 2, ...unsigned(address), lane],
  store64Lane: (address: number, lane: number): Code => [...simd(91), 2, ...unsigned(address), lane],
  /** All bits 0. */
  zero: [...simd(12), ...new Array<number>(16).fill(0)],
  and: simd(78),
  andnot: simd(79),
  bitselect: simd(82),
} as const;

export const f32x4 = {
  eq: simd(65),
  lt: simd(67),
  gt: simd(68),
  le: simd(69),
  abs: simd(224),
  neg: simd(225),
  sqrt: simd(227),
  add: simd(228),
  sub: simd(229),
  mul: simd(230),
  div: simd(231),
  relaxedMadd: simd(261),
} as const;

/** Limits of an imported memory: any at least this large, or a shared one, which has to have a maximum. */
const [limits, sharedLimits] = [
  [0, 0],
  [3, 0, ...unsigned(65536)],
];

/** A module of functions (i32, i32) → nothing over an imported memory; function n is exported as `n`. */
export function assemble(functions: readonly Code[], sharesMemory: boolean): Uint8Array<ArrayBuffer> {
  const name = (text: string): Code => [...unsigned(text.length), ...[...text].map((letter) => letter.charCodeAt(0))];
  const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
  const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list([[0x60, 2, i32.type, i32.type, 0]])),
    ...section(2, list([[...name("env"), ...name("memory"), 2, ...(sharesMemory ? sharedLimits : limits)]])),
    ...section(3, list(functions.map(() => [0]))),
    ...section(7, list(functions.map((_, i) => [...name(`${i}`), 0, ...unsigned(i)]))),
    ...section(10, list(functions.map((body) => [...unsigned(body.length), ...body]))),
  ]);
}
