// Ops that only move numbers: copy, transpose, repeat, one-hot rows.
import { transposeMatrix } from "./matmul-pack";
import { store4, storeTail } from "./lanes";

/** Words: opcode, words, x, y, bytes. */
export function copyStep(program: usize): void {
  memory.copy(<usize>load<u32>(program, 12), <usize>load<u32>(program, 8), <usize>load<u32>(program, 16));
}

/** Words: opcode, words, x, y, count, rows, columns, bytes between rows of x: `count` matrices one after another. */
export function transposeStep(program: usize): void {
  let x = <usize>load<u32>(program, 8);
  let y = <usize>load<u32>(program, 12);
  const rows = load<i32>(program, 20);
  const columns = load<i32>(program, 24);
  const xStep = <usize>load<u32>(program, 28);
  for (let count = load<i32>(program, 16); count > 0; count--) {
    transposeMatrix(y, x, xStep, rows, columns);
    x += <usize>rows * xStep;
    y += (<usize>rows * <usize>columns) << 2;
  }
}

/** Words: opcode, words, x, y, axes, axes × (size, bytes between neighbours of x): y is written in order. */
export function stridedStep(program: usize): void {
  const axes = load<i32>(program, 16);
  strided(program + 20, axes, <usize>load<u32>(program, 8), <usize>load<u32>(program, 12));
}

function strided(axis: usize, axes: i32, x: usize, y: usize): usize {
  const size = load<i32>(axis);
  const step = <usize>load<u32>(axis, 4);
  if (axes > 1) {
    for (let i = 0; i < size; i++) {
      y = strided(axis + 8, axes - 1, x, y);
      x += step;
    }
    return y;
  }
  const end = y + ((<usize>size) << 2);
  if (step == 4) memory.copy(y, x, end - y);
  else if (step == 0) {
    const value = v128.load32_splat(x);
    for (let left = size; left > 0; left -= 4) {
      store4(y, value, left);
      y += 16;
    }
  } else {
    for (; y < end; y += 4) {
      store<f32>(y, load<f32>(x));
      x += step;
    }
  }
  return end;
}

/** Words: opcode, words, labels, y, rows, classes. A label that is not a class gives a row of zeros. */
export function oneHotStep(program: usize): void {
  let labels = <usize>load<u32>(program, 8);
  let y = <usize>load<u32>(program, 12);
  const classes = load<i32>(program, 20);
  for (let rows = load<i32>(program, 16); rows > 0; rows--) {
    const label = v128.load32_splat(labels);
    let column = f32x4(0, 1, 2, 3);
    let left = classes;
    for (; left >= 4; left -= 4) {
      v128.store(y, v128.and(f32x4.eq(label, column), f32x4.splat(1)));
      column = f32x4.add(column, f32x4.splat(4));
      y += 16;
    }
    if (left > 0) storeTail(y, v128.and(f32x4.eq(label, column), f32x4.splat(1)), left);
    y += (<usize>left) << 2;
    labels += 4;
  }
}
