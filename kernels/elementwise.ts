// A fused elementwise step: a little program on registers, run block by block so that registers stay in the first cache,
// or a function compiled for it. A step that needs no registers between its instructions runs as one block. It computes
// the numbers from index `first` to before `end`: threads take stretches of whole cache lines.
//
// Words of the program (src/engines/wasm/elementwise.ts writes them):
//   opcode, words, first, end, block, preparations, instructions, function (0: none),
//   preparations × (kind, place, source, period), instructions × (op, modes, y, a, b, c)
import { applyBlock } from "./elementwise-ops";
import * as code from "./opcodes";

const HEADER: usize = 8 * 4;
const PREPARATION: usize = 4 * 4;
const INSTRUCTION: usize = 6 * 4;

// @ts-ignore: decorator
@inline
function address(mode: u32, place: usize, i: i32): usize {
  if (mode == code.OPERAND_STREAM) return place + ((<usize>i) << 2);
  if (mode == code.OPERAND_POINTER) return load<u32>(place);
  return place;
}

// @ts-ignore: decorator
@inline
function advance(mode: u32): usize {
  return mode == code.OPERAND_SPLAT ? 0 : 16;
}

/** Writes the numbers source[(first + i) mod period] for i below count. */
function repeatRow(place: usize, source: usize, period: i32, first: i32, count: i32): void {
  let at = first % period;
  for (let i = 0; i < count; i++) {
    store<f32>(place + ((<usize>i) << 2), load<f32>(source + ((<usize>at) << 2)));
    if (++at == period) at = 0;
  }
}

/** Writes the numbers source[⌊(first + i) / period⌋] for i below count. */
function repeatColumn(place: usize, source: usize, period: i32, first: i32, count: i32): void {
  let row = first / period;
  let left = period - (first % period);
  for (let i = 0; i < count; i++) {
    store<f32>(place + ((<usize>i) << 2), load<f32>(source + ((<usize>row) << 2)));
    if (--left == 0) {
      left = period;
      row++;
    }
  }
}

export function elementwise(program: usize): void {
  const first = load<i32>(program, 8);
  const length = load<i32>(program, 12);
  const block = load<i32>(program, 16);
  const preparations = program + HEADER;
  const instructions = preparations + <usize>load<u32>(program, 20) * PREPARATION;
  const compiled = load<u32>(program, 28);
  const end = instructions + <usize>load<u32>(program, 24) * INSTRUCTION;

  for (let p = preparations; p < instructions; p += PREPARATION) {
    const kind = load<u32>(p);
    const place = <usize>load<u32>(p, 4);
    const source = <usize>load<u32>(p, 8);
    if (kind == code.PREPARE_SPLAT) v128.store(place, v128.load32_splat(source));
    else if (kind == code.PREPARE_ROW) repeatRow(place, source, load<i32>(p, 12), first, min(block, length - first));
  }

  for (let i = first; i < length; ) {
    let n = min(block, length - i);
    for (let p = preparations; p < instructions; p += PREPARATION) {
      const kind = load<u32>(p);
      if (kind == code.PREPARE_ROW_POINTER || kind == code.PREPARE_COLUMN_SPLAT) {
        const period = load<i32>(p, 12);
        n = min(n, period - (i % period));
      }
    }
    for (let p = preparations; p < instructions; p += PREPARATION) {
      const kind = load<u32>(p);
      const place = <usize>load<u32>(p, 4);
      const source = <usize>load<u32>(p, 8);
      const period = load<i32>(p, 12);
      if (kind == code.PREPARE_ROW_POINTER) store<u32>(place, <u32>(source + ((<usize>(i % period)) << 2)));
      else if (kind == code.PREPARE_COLUMN_SPLAT) v128.store(place, v128.load32_splat(source + ((<usize>(i / period)) << 2)));
      else if (kind == code.PREPARE_ROW_EACH_BLOCK) repeatRow(place, source, period, i, n);
      else if (kind == code.PREPARE_COLUMN_EACH_BLOCK) repeatColumn(place, source, period, i, n);
    }
    if (compiled) call_indirect<void>(compiled, i, n);
    for (let p = instructions; p < end; p += INSTRUCTION) {
      const modes = load<u32>(p, 4);
      const modeA = (modes >> 8) & 255;
      const modeB = (modes >> 16) & 255;
      const modeC = modes >> 24;
      applyBlock(
        load<i32>(p),
        n,
        address(modes & 255, <usize>load<u32>(p, 8), i),
        address(modeA, <usize>load<u32>(p, 12), i),
        advance(modeA),
        address(modeB, <usize>load<u32>(p, 16), i),
        advance(modeB),
        address(modeC, <usize>load<u32>(p, 20), i),
        advance(modeC),
      );
    }
    i += n;
  }
}
