import {
  broadcastShapes,
  type DescribedOp,
  isElementwise,
  type Sample,
  type Shape,
  sizeOf,
  type Value,
} from "../../src/tensor/index.js";

/** Sizes around the widths at which kernels change gear (4, 8, 16, 32, 64 …): a tail of every length is among them. */
export const tails = [1, 3, 4, 5, 7, 8, 15, 16, 17, 31, 33, 64, 65, 127] as const;

/** Numbers of the domain that an op is tested on, as many as wanted, from its own random samples. */
export function pool(op: DescribedOp, input: number, count: number, uniform: () => number): Float64Array {
  const numbers: number[] = [];
  while (numbers.length < count) numbers.push(...(op.randomSample(uniform).inputs[input]?.data ?? [0]));
  return Float64Array.from(numbers.slice(0, count));
}

const value = (op: DescribedOp, input: number, shape: Shape, uniform: () => number): Value => ({
  shape,
  data: pool(op, input, sizeOf(shape), uniform),
});

/** Operand shapes against [m, n]: whole, row, row of a matrix, column, single number, single number as a matrix. */
const kinds = (m: number, n: number): readonly Shape[] => [[m, n], [n], [1, n], [m, 1], [], [1, 1]];

/** Broadcasts that are neither a row nor a column, which the planner has to write out. */
const awkward: readonly (readonly [Shape, Shape])[] = [
  [
    [4, 1, 5],
    [4, 3, 5],
  ],
  [
    [1, 3, 1],
    [4, 3, 5],
  ],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [2, 1, 3, 1],
    [1, 4, 1, 5],
  ],
  [
    [4, 1, 1],
    [3, 5],
  ],
];

/** Cases of an op that acts on each number alone: every tail, and every kind of broadcasting of every operand. */
function elementwiseCases(op: DescribedOp, uniform: () => number): Sample[] {
  const { inputs, attributes } = op.randomSample(uniform);
  const sample = (shapes: readonly Shape[]): Sample => ({
    inputs: shapes.map((shape, i) => value(op, i, shape, uniform)),
    ...(attributes !== undefined && { attributes }),
  });
  const whole = [...tails.map((n): Shape => [n]), [33, 17] as const, [5, 127] as const];
  const same = whole.map((shape) => sample(inputs.map(() => shape)));
  if (inputs.length === 1) return same;
  const mixed = (
    [
      [7, 17],
      [1, 5],
      [5, 1],
      [16, 31],
    ] as const
  ).flatMap(([m, n]) =>
    kinds(m, n).flatMap((narrow) =>
      inputs.map((_, which) => sample(inputs.map((__, i) => (i === which ? narrow : [m, n])))),
    ),
  );
  const both = awkward.flatMap(([a, b]) => [
    sample(inputs.map((_, i) => (i === 0 ? a : b))),
    sample(inputs.map((_, i) => (i === 0 ? b : a))),
  ]);
  return [...same, ...mixed, ...both];
}

type Make = (op: DescribedOp, uniform: () => number) => readonly Sample[];

const pairsOfSizes = [
  [1, 1],
  [1, 17],
  [17, 1],
  [3, 127],
  [127, 3],
  [16, 16],
  [33, 65],
  [8, 31],
] as const;

const one =
  (shape: Shape, attributes?: Sample["attributes"]) =>
  (op: DescribedOp, uniform: () => number): Sample => ({
    inputs: [value(op, 0, shape, uniform)],
    ...(attributes !== undefined && { attributes }),
  });

const reductions: Make = (op, uniform) => {
  const matrices = pairsOfSizes.flatMap(([m, n]) =>
    [[0], [1], [0, 1]].flatMap((axes) => [false, true].map((keepDims) => one([m, n], { axes, keepDims })(op, uniform))),
  );
  const vectors = tails.map((n) => one([n], { axes: [0], keepDims: false })(op, uniform));
  const boxes = [[0], [1], [2], [0, 2], [1, 2], [0, 1], [0, 1, 2], []].map((axes) =>
    one([5, 7, 6], { axes, keepDims: false })(op, uniform),
  );
  return [...matrices, ...vectors, ...boxes];
};

const rows: Make = (op, uniform) =>
  [...tails.map((n): Shape => [3, n]), [17, 10] as const, [127, 2] as const, [9] as const, [2, 3, 7] as const].map(
    (shape) => {
      const { inputs } = op.randomSample(uniform);
      return { inputs: inputs.map((_, i) => value(op, i, shape, uniform)) };
    },
  );

const structural: Readonly<Record<string, Make>> = {
  matmul: (op, uniform) =>
    [
      ...pairsOfSizes.map(([m, n]) => [m, 9, n] as const),
      ...tails.map((k) => [5, k, 6] as const),
      [1, 127, 1] as const,
      [65, 64, 33] as const,
    ].map(([m, k, n]) => ({
      inputs: [value(op, 0, [m, k], uniform), value(op, 1, [k, n], uniform)],
    })),
  transpose: (op, uniform) => [
    ...pairsOfSizes.map(([m, n]) => one([m, n], { axes: [1, 0] })(op, uniform)),
    ...[
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ].map((axes) => one([5, 9, 7], { axes })(op, uniform)),
    one([2, 3, 4, 5], { axes: [3, 1, 0, 2] })(op, uniform),
    one([6], { axes: [0] })(op, uniform),
  ],
  reshape: (op, uniform) => [
    one([12, 5], { shape: [3, 4, 5] })(op, uniform),
    one([1], { shape: [] })(op, uniform),
    one([127], { shape: [1, 127] })(op, uniform),
  ],
  broadcast: (op, uniform) => [
    ...pairsOfSizes.flatMap(([m, n]) => kinds(m, n).map((shape) => one(shape, { shape: [m, n] })(op, uniform))),
    ...awkward.map(([a, b]) => one(a, { shape: broadcastShapes(a, b, "test") })(op, uniform)),
  ],
  sum: reductions,
  mean: reductions,
  max: (op, uniform) =>
    // Numbers all different, so that no rounding decides which is largest.
    reductions(op, uniform).map(({ inputs: [x], ...rest }) => ({
      ...rest,
      inputs: [{ shape: x?.shape ?? [], data: (x as Value).data.map((_, i) => ((i * 37) % 1009) / 16 - 20) }],
    })),
  softmax: rows,
  logSoftmax: rows,
  softmaxCrossEntropy: rows,
  softmaxMinusTarget: rows,
  oneHot: (_, uniform) =>
    tails.map((n) => ({
      inputs: [{ shape: [n], data: Float64Array.from({ length: n }, () => Math.floor(uniform() * 12) - 1) }],
      attributes: { classes: 10 },
    })),
  uniform: (_, uniform) =>
    tails.map((n) => ({
      inputs: [{ shape: [], data: Float64Array.of(n) }],
      attributes: { shape: [n, 3], seed: Math.floor(uniform() * 2 ** 32), stream: n },
    })),
  stack: (op, uniform) =>
    tails.map((n, i) => ({ inputs: Array.from({ length: 1 + (i % 4) }, () => value(op, 0, [n], uniform)) })),
  slice: (op, uniform) => tails.map((n, i) => one([5, n], { index: i % 5 })(op, uniform)),
};

/** Larger cases of an op; every op must have some. */
export function largerCases(op: DescribedOp, uniform: () => number): readonly Sample[] {
  if (isElementwise(op)) return elementwiseCases(op, uniform);
  const make = structural[op.name];
  if (make === undefined) throw new Error(`add larger cases for the op ${op.name}`);
  return make(op, uniform);
}
