// A thread's own memory, which no other writes to though they share all else: one vector, then two chunks of numbers.

/** Numbers of a chunk. */
export const CHUNK: i32 = 256;
/** Bytes of a chunk. */
export const PART: usize = (<usize>CHUNK) << 2;

/** The first thread's; others are given theirs (src/engines/wasm/layout.ts). */
let cell: usize = memory.data(16 + 2 * (CHUNK << 2), 16);
let chunks: usize = cell + 16;

export function ownCell(place: usize): void {
  cell = place;
  chunks = place + 16;
}

/** Place for one vector. */
// @ts-ignore: decorator
@inline
export function ownVector(): usize {
  return cell;
}

/** Place for two chunks: each kernel may use it while it runs, and finds nothing there when it begins. */
// @ts-ignore: decorator
@inline
export function ownChunks(): usize {
  return chunks;
}
