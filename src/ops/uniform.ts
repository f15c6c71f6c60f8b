import { type Op, type OpDescription, type Shape, sizeOf, Tensor, type Value } from "../tensor/index.js";

/**
 * A well-mixed 32-bit function of a 32-bit number ("lowbias32", C. Wellons 2018). Counter-based random numbers come from
 * mixing where they stand (seed, stream, step, index), so they do not depend on who computes them, or in which order.
 */
export function mix(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The key of one draw of a whole tensor. */
export function uniformKey(seed: number, stream: number, step: number): number {
  return mix(seed ^ mix(stream ^ mix(step)));
}

/** The index-th number under a key: a multiple of 2⁻²⁴ in [0, 1), the same in float32 and float64. */
export function uniformAt(key: number, index: number): number {
  return (mix(mix(index ^ key) + key) >>> 8) * 2 ** -24;
}

export const uniformOp: Op = {
  name: "uniform",
  shape: (_, attributes) => attributes.shape as Shape,
  forward: ([step], { seed, stream }, shape) => {
    const key = uniformKey(seed as number, stream as number, (step as Value).data[0] as number);
    return Float64Array.from({ length: sizeOf(shape) }, (_, i) => uniformAt(key, i));
  },
  derivative: () => [undefined],
  saves: [],
};

export const uniformDescription = (): OpDescription => ({
  formula: { text: "u ~ U[0, 1)", latex: "u \\sim U[0, 1)" },
  letters: { inputs: ["s"], output: "u" },
  derivativeFormula: [undefined],
  samples: [
    { inputs: [{ shape: [], data: Float64Array.of(3) }], attributes: { shape: [4, 5], seed: 1, stream: 2 } },
    { inputs: [{ shape: [], data: Float64Array.of(0) }], attributes: { shape: [], seed: 123456789, stream: 0 } },
  ],
  randomSample: (uniform) => ({
    inputs: [{ shape: [], data: Float64Array.of(Math.floor(uniform() * 1000)) }],
    attributes: { shape: [3, 2], seed: Math.floor(uniform() * 2 ** 32), stream: Math.floor(uniform() * 10) },
  }),
});

/** Numbers in [0, 1) that depend only on seed, stream and the step (a tensor of shape [], a whole number below 2²⁴). */
export function uniform<S extends Shape>(shape: S, step: Tensor, seed: number, stream: number): Tensor<S> {
  return new Tensor<S>(uniformOp, [step], { shape, seed, stream });
}
