// C = op(A)·op(B) + bias, then an activation; or C - rate·op(A)·op(B), a step of gradient descent.
//
// Method: C is made of tiles (matmul-tile.ts; at its edges, and where there are few rows or columns, matmul-edge.ts,
// matmul-narrow.ts and matmul-row.ts). k is cut into stretches of 512: each is summed in order in registers, then added to C, which keeps rounding
// errors small and the order of additions the same for every m and n. B is packed, as much as stays in the second cache, into
// panels of 8 columns, each of which stays in the first cache while the tiles of its columns are computed; a transposed A is
// packed into rows. Where that would not pay, both are read where they are. Measured on a Zen 4 at 256³: 49 GFLOP/s, 83 to 84 %
// of a loop on registers only (bench.ts), the naive product 2. Descending in place of writing a gradient saves 3 % of a step
// of 784-128-10.
import { applyBlock } from "./elementwise-ops";
import * as edge from "./matmul-edge";
import { tile3x12, tile4x4 } from "./matmul-narrow";
import { packColumns4, packColumns8, packRows4 } from "./matmul-pack";
import { transposed1x16 } from "./matmul-row";
import * as tile from "./matmul-tile";
import * as code from "./opcodes";

/** Numbers of k in one stretch: part of the meaning of a product, not a setting. */
const STRETCH: i32 = 512;

/** Columns of B packed at a time, and rows of A that go through them: both parts stay in the second cache. */
const COLUMNS: i32 = 512;
const ROWS: i32 = 64;

/** A B that is not transposed is read where it is for fewer rows than this, or for fewer than ten if it is small. */
const REPAID: i32 = 16;
const SMALL: i32 = 16384;

/** The whole fours of rows of one panel of B, `width` columns of which belong to C. */
function panelRows(
  count: i32, width: i32, k: i32, a: usize, aRow: usize, aColumn: usize,
  b: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  if (width == 8 && bStep == 32 && aColumn == 4) return tile.panelTiles(count, k, a, aRow, b, c, cStep, bias, todo);
  for (; count >= 4; count -= 4) {
    edge.tile4x8(width, k, a, aRow, aColumn, b, bStep, c, cStep, bias, todo);
    a += 4 * aRow;
    c += 4 * cStep;
  }
}

/** The last one, two or three rows, all columns. */
function lastRows(
  count: i32, columns: i32, k: i32, a: usize, aRow: usize, aColumn: usize,
  b: usize, bStep: usize, panelStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  if (count == 3 || (count == 1 && columns > 16)) {
    for (let j = 0; j < columns; j += 32) {
      const at = (<usize>j) << 2;
      const panel = b + <usize>(j >> 3) * panelStep;
      edge.tile1x32(columns - j, k, a, aColumn, panel, bStep, panelStep, c + at, bias + at, todo);
    }
    a += aRow;
    c += cStep;
    count--;
  }
  for (let j = 0; count > 0 && j < columns; j += 16) {
    const at = (<usize>j) << 2;
    const panel = b + <usize>(j >> 3) * panelStep;
    edge.tile2x16(count, columns - j, k, a, aRow, aColumn, panel, bStep, panelStep, c + at, cStep, bias + at, todo);
  }
}

/** All tiles of `count` rows and `columns` columns, whose panels of B lie `panelStep` bytes apart. */
function tiles(
  count: i32, columns: i32, k: i32, a: usize, aRow: usize, aColumn: usize,
  b: usize, bStep: usize, panelStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  if (columns <= 4) {
    for (; count > 0; count -= 4) {
      tile4x4(count, columns, k, a, aRow, aColumn, b, bStep, c, cStep, bias, todo);
      a += 4 * aRow;
      c += 4 * cStep;
    }
    return;
  }
  const fours = count & ~3;
  const narrow = columns > 8 && ((columns - 1) & 7) < 4 && count > 2;
  const panels = narrow ? ((columns - 1) & ~7) - 8 : columns;
  let panel = b;
  let at: usize = 0;
  for (let j = 0; j < panels; j += 8) {
    panelRows(fours, min(8, columns - j), k, a, aRow, aColumn, panel, bStep, c + at, cStep, bias + at, todo);
    panel += panelStep;
    at += 32;
  }
  for (let i = 0; narrow && i < count; i += 3) {
    const row = <usize>i;
    tile3x12(
      count - i, columns - panels, k, a + row * aRow, aRow, aColumn, panel, bStep, panelStep,
      c + at + row * cStep, cStep, bias + at, todo,
    );
  }
  const done = <usize>fours;
  lastRows(count & 3, panels, k, a + done * aRow, aRow, aColumn, b, bStep, panelStep, c + done * cStep, cStep, bias, todo);
}

/** One row by a transposed B (matmul-row.ts), 16 columns at a time; the last ones at least 4. */
function rowTiles(columns: i32, k: i32, a: usize, b: usize, bColumn: usize, c: usize, bias: usize, todo: i32): void {
  while (columns > 0) {
    const width = columns >= 20 ? 16 : columns > 16 ? 12 : columns;
    transposed1x16(width, k, a, b, bColumn, c, bias, todo);
    b += <usize>width * bColumn;
    c += (<usize>width) << 2;
    bias += (<usize>width) << 2;
    columns -= width;
  }
}

/** Panels of 8 columns, each `length` deep, of columns of B beginning at `b`. */
function packB(to: usize, b: usize, bRow: usize, bColumn: usize, transposed: bool, columns: i32, length: i32): void {
  for (let j = 0; j < columns; j += 8) {
    const width = columns - j;
    if (transposed) {
      packRows4(to, 32, b, bColumn, width, length);
      if (width > 4) packRows4(to + 16, 32, b + 4 * bColumn, bColumn, width - 4, length);
    } else packColumns8(to, b, bRow, length);
    to += (<usize>length) << 5;
    b += 8 * bColumn;
  }
}

/** Rows of op(A), each `length` long, from the columns of a transposed A. */
function packA(to: usize, a: usize, aColumn: usize, rows: i32, length: i32): void {
  const step = (<usize>length) << 2;
  for (let i = 0; i < rows; i += 4) {
    packColumns4(to, step, a, aColumn, length);
    to += 4 * step;
    a += 16;
  }
}

/**
 * A (m × k), or (k × m) when transposed, B (k × n) or (n × k), C (m × n): rows are aStep, bStep and cStep bytes apart, so
 * each may be part of a larger matrix. `last`: what is done with the sums when they are complete (matmul-tile.ts); DESCEND
 * for k up to 512. `packedA` and `packedB` are scratch (src/engines/wasm/matmul.ts says how large).
 */
export function matmul(
  m: i32, k: i32, n: i32,
  a: usize, aStep: usize, transposeA: bool, b: usize, bStep: usize, transposeB: bool, c: usize, cStep: usize,
  bias: usize, last: i32, packedA: usize, packedB: usize,
): void {
  const aRow: usize = transposeA ? <usize>4 : aStep;
  const aColumn: usize = transposeA ? aStep : <usize>4;
  const bRow: usize = transposeB ? <usize>4 : bStep;
  const bColumn: usize = transposeB ? bStep : <usize>4;
  const oneRow = m == 1 && transposeB && n >= 4 && aColumn == 4 && (k & 3) == 0;
  const packsB = transposeB || (n > 8 && (m >= REPAID || (m >= 10 && n * k <= SMALL)));
  const packsA = transposeA && n >= 24;
  let first = 0;
  do {
    const length = min(STRETCH, k - first);
    const todo = (first > 0 ? tile.ADD_TO_C : 0) | (first + length >= k ? last : 0);
    if (oneRow) rowTiles(n, length, a + <usize>first * aColumn, b + <usize>first * bRow, bColumn, c, bias, todo);
    else for (let columns = 0; columns < n; columns += COLUMNS) {
      const width = min(COLUMNS, n - columns);
      const column = (<usize>columns) << 2;
      let bPart = b + <usize>first * bRow + <usize>columns * bColumn;
      let panelStep: usize = 32;
      let rowOfB = bRow;
      if (packsB) {
        packB(packedB, bPart, bRow, bColumn, transposeB, width, length);
        bPart = packedB;
        panelStep = (<usize>length) << 5;
        rowOfB = 32;
      }
      for (let rows = 0; rows < m; rows += ROWS) {
        const count = min(ROWS, m - rows);
        let aPart = a + <usize>first * aColumn + <usize>rows * aRow;
        let rowStep = aRow;
        if (packsA) {
          packA(packedA, aPart, aColumn, count, length);
          aPart = packedA;
          rowStep = (<usize>length) << 2;
        }
        tiles(
          count, width, length, aPart, rowStep, packsA ? 4 : aColumn, bPart, rowOfB, panelStep,
          c + <usize>rows * cStep + column, cStep, bias + column, todo,
        );
      }
    }
    first += STRETCH;
  } while (first < k);
}

/**
 * Words: opcode, words, m, k, n, a, b, c, transposeA, transposeB, bias (0: none), scratch, activation (0: none), its
 * second and third operand, scratch for packed B, bytes between rows of a, b and c. Threads take rows or columns of C. With
 * MUL_SUB for an activation, C becomes C - rate·op(A)·op(B), and the rate is where the bias would be.
 */
export function matmulStep(program: usize): void {
  const m = load<i32>(program, 8);
  const n = load<i32>(program, 16);
  const c = <usize>load<u32>(program, 28);
  const cStep = <usize>load<u32>(program, 72);
  const bias = <usize>load<u32>(program, 40);
  const activation = load<i32>(program, 48);
  let last = bias ? tile.ADD_BIAS : 0;
  if (activation == code.OP_RELU) last |= tile.RELU;
  if (activation == code.OP_MUL_SUB) {
    last = tile.DESCEND;
    tile.setRate(load<f32>(bias));
  }
  matmul(
    m, load<i32>(program, 12), n,
    <usize>load<u32>(program, 20), <usize>load<u32>(program, 64), load<u32>(program, 32) != 0,
    <usize>load<u32>(program, 24), <usize>load<u32>(program, 68), load<u32>(program, 36) != 0,
    c, cStep, bias, last, <usize>load<u32>(program, 44), <usize>load<u32>(program, 60),
  );
  if (activation == 0 || (last & (tile.RELU | tile.DESCEND)) != 0) return;
  const whole = cStep == (<usize>n) << 2;
  for (let row = c, end = c + <usize>m * cStep; row < end; row += whole ? <usize>m * cStep : cStep) {
    const count = whole ? m * n : n;
    applyBlock(activation, count, row, row, 16, <usize>load<u32>(program, 52), 0, <usize>load<u32>(program, 56), 0);
  }
}
