// Storing the last one, two or three numbers of a row; reading past its end is harmless, writing is not.

export function storeTail(y: usize, value: v128, count: i32): void {
  if (count & 2) {
    v128.store64_lane(y, value, 0);
    if (count & 1) v128.store32_lane(y, value, 2, 8);
  } else if (count & 1) v128.store32_lane(y, value, 0);
}

/** Stores four numbers, or what is left of them. */
// @ts-ignore: decorator
@inline
export function store4(y: usize, value: v128, left: i32): void {
  if (left >= 4) v128.store(y, value);
  else storeTail(y, value, left);
}

/** Ones in the lanes below `count`, else zeros. */
// @ts-ignore: decorator
@inline
export function maskBelow(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}
