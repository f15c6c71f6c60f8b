/** Numbers of k that the kernels sum before adding to C: part of what a product means in float32 (kernels/matmul.ts). */
const stretch = 512;

export interface Product {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly bias: ArrayLike<number> | undefined;
}

/**
 * The product as three loops: in float32 with every rounding where the kernels must have theirs, so that results can be
 * compared bit by bit; or in float64.
 */
export function naiveMatmul(product: Product, round: (x: number) => number = Math.fround): Float64Array {
  const { m, k, n, transposeA, transposeB, a, b, bias } = product;
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let first = 0; first < k; first += stretch) {
        let sum = 0;
        for (let p = first; p < Math.min(k, first + stretch); p++) {
          const x = a[transposeA ? p * m + i : i * k + p] as number;
          const y = b[transposeB ? j * k + p : p * n + j] as number;
          sum = round(sum + round(x * y));
        }
        total = first === 0 ? sum : round(total + sum);
      }
      c[i * n + j] = bias === undefined ? total : round(total + (bias[j] as number));
    }
  }
  return c;
}
