// C = op(A)·op(B) + bias, then an activation.
//
// Method: C is made of tiles (matmul-tile.ts, at its edges matmul-edge.ts). k is cut into stretches of 512: each is summed in order in registers, then
// added to C, which keeps rounding errors small and the order of additions the same for every m and n. B is packed, as
// much as stays in the second cache, into panels of 8 columns, each of which stays in the first cache while the tiles of
// its columns are computed; a transposed A is packed into rows. Small matrices are read where they are. Measured on a
// Zen 4 at 256³: 42 to 45 GFLOP/s, 90 to 93 % of a loop on registers only, with fused multiply-add (madd.ts) 52 of 59; the
// naive product (bench.ts) reaches 2.
import { applyBlock } from "./elementwise-ops";
import * as edge from "./matmul-edge";
import { packColumns4, packColumns8, packRows4 } from "./matmul-pack";
import * as tile from "./matmul-tile";
import * as code from "./opcodes";

/** Numbers of k in one stretch: part of the meaning of a product, not a setting. */
const STRETCH: i32 = 512;

/** Columns of B packed at a time, and rows of A that go through them: both parts stay in the second cache. */
const COLUMNS: i32 = 512;
const ROWS: i32 = 64;

/** A transposed B is not packed for up to this many rows. */
const FEW: i32 = 2;

/** A B of up to this many numbers is read where it is. */
const DIRECT: i64 = 8192;

/** So is one that too few numbers of A go through. */
const REPAID: i32 = 2500;

/** The tiles of one panel: full ones, then what is left of rows. */
function tiles(
  count: i32, width: i32, k: i32, a: usize, aRow: usize, aColumn: usize,
  b: usize, bStep: usize, c: usize, cStep: usize, bias: usize, todo: i32,
): void {
  if (width == 8 && count >= 4) {
    if (aColumn != 4) tile.columnTiles(count, k, a, aRow, aColumn, b, bStep, c, cStep, bias, todo);
    else tile.rowTiles(count, k, a, aRow, b, bStep, c, cStep, bias, todo);
    const done = <usize>(count & ~3);
    a += done * aRow;
    c += done * cStep;
    count &= 3;
  }
  for (; count > 0; count -= 4) {
    const rows = min(4, count);
    if (width <= 4) edge.tile4x4(rows, width, k, a, aRow, aColumn, b, bStep, c, cStep, bias, todo);
    else if (rows > 2) edge.tile4x8(rows, width, k, a, aRow, aColumn, b, bStep, c, cStep, bias, todo);
    else if (rows == 2) edge.tile2x8(rows, width, k, a, aRow, aColumn, b, bStep, c, cStep, bias, todo);
    else edge.tile1x8(width, k, a, aColumn, b, bStep, c, bias, todo);
    a += 4 * aRow;
    c += 4 * cStep;
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
 * each may be part of a larger matrix. `packedA` and `packedB` are scratch (src/engines/wasm/matmul.ts says how large).
 */
export function matmul(
  m: i32, k: i32, n: i32,
  a: usize, aStep: usize, transposeA: bool, b: usize, bStep: usize, transposeB: bool, c: usize, cStep: usize,
  bias: usize, relu: bool, packedA: usize, packedB: usize,
): void {
  const aRow: usize = transposeA ? <usize>4 : aStep;
  const aColumn: usize = transposeA ? aStep : <usize>4;
  const bRow: usize = transposeB ? <usize>4 : bStep;
  const bColumn: usize = transposeB ? bStep : <usize>4;
  const few = m <= FEW && transposeB && !transposeA;
  const packsB = transposeB || (m > 8 && m * k > REPAID && <i64>n * k > DIRECT);
  const packsA = transposeA && n >= 24;
  let first = 0;
  do {
    const length = min(STRETCH, k - first);
    let todo = first > 0 ? tile.ADD_TO_C : 0;
    if (first + length >= k) todo |= (bias ? tile.ADD_BIAS : 0) | (relu ? tile.RELU : 0);
    if (few) {
      const aPart = a + <usize>first * aColumn;
      const bPart = b + <usize>first * bRow;
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j += 4) {
          const column = (<usize>j) << 2;
          edge.transposed1x4(
            length, aPart + <usize>i * aRow, bPart + <usize>j * bColumn, bColumn,
            c + <usize>i * cStep + column, min(4, n - j), bias ? bias + column : 0, todo,
          );
        }
      }
    } else for (let columns = 0; columns < n; columns += COLUMNS) {
      const columnsEnd = min(n, columns + COLUMNS);
      let bPart = b + <usize>first * bRow + <usize>columns * bColumn;
      let panelStep: usize = 32;
      let rowOfB = bRow;
      if (packsB) {
        packB(packedB, bPart, bRow, bColumn, transposeB, columnsEnd - columns, length);
        bPart = packedB;
        panelStep = (<usize>length) << 5;
        rowOfB = 32;
      }
      for (let rows = 0; rows < m; rows += ROWS) {
        const rowsEnd = min(m, rows + ROWS);
        let aPart = a + <usize>first * aColumn + <usize>rows * aRow;
        let rowStep = aRow;
        if (packsA) {
          packA(packedA, aPart, aColumn, rowsEnd - rows, length);
          aPart = packedA;
          rowStep = (<usize>length) << 2;
        }
        let panel = bPart;
        for (let j = columns; j < columnsEnd; j += 8) {
          const column = (<usize>j) << 2;
          const width = min(8, n - j);
          tiles(
            rowsEnd - rows, width, length, aPart, rowStep, packsA ? 4 : aColumn, panel, rowOfB,
            c + <usize>rows * cStep + column, cStep, bias ? bias + column : 0, todo,
          );
          panel += panelStep;
        }
      }
    }
    first += STRETCH;
  } while (first < k);
}

/**
 * Words: opcode, words, m, k, n, a, b, c, transposeA, transposeB, bias (0: none), scratch, activation (0: none), its
 * second and third operand, scratch for packed B, bytes between rows of a, b and c. Threads take rows or columns of C.
 */
export function matmulStep(program: usize): void {
  const m = load<i32>(program, 8);
  const n = load<i32>(program, 16);
  const c = <usize>load<u32>(program, 28);
  const cStep = <usize>load<u32>(program, 72);
  const activation = load<i32>(program, 48);
  const relu = activation == code.OP_RELU;
  matmul(
    m, load<i32>(program, 12), n,
    <usize>load<u32>(program, 20), <usize>load<u32>(program, 64), load<u32>(program, 32) != 0,
    <usize>load<u32>(program, 24), <usize>load<u32>(program, 68), load<u32>(program, 36) != 0,
    c, cStep, <usize>load<u32>(program, 40), relu, <usize>load<u32>(program, 44), <usize>load<u32>(program, 60),
  );
  if (activation == 0 || relu) return;
  const whole = cStep == (<usize>n) << 2;
  for (let row = c, end = c + <usize>m * cStep; row < end; row += whole ? <usize>m * cStep : cStep) {
    const count = whole ? m * n : n;
    applyBlock(activation, count, row, row, 16, <usize>load<u32>(program, 52), 0, <usize>load<u32>(program, 56), 0);
  }
}
