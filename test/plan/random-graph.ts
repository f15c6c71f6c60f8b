import fc from "fast-check";
import { evaluateAll } from "../../src/autodiff/index.js";
import {
  add,
  exp,
  logSoftmax,
  matmul,
  max,
  mean,
  mul,
  neg,
  relu,
  reshape,
  sigmoid,
  softmax,
  sub,
  sum,
  tanh,
  transpose,
} from "../../src/index.js";
import { broadcast } from "../../src/ops/broadcast.js";
import { constant, constantTensor } from "../../src/ops/constant.js";
import { input, parameterOf, stateOf } from "../../src/ops/leaves.js";
import { maximum } from "../../src/ops/maximum.js";
import { slice } from "../../src/ops/slice.js";
import { softmaxCrossEntropyRows } from "../../src/ops/softmax-cross-entropy.js";
import { stack } from "../../src/ops/stack.js";
import { where } from "../../src/ops/where.js";
import type { Graph } from "../../src/plan/index.js";
import { broadcastShapes, type Shape, ShapeError, sameShape, sizeOf, type Tensor } from "../../src/tensor/index.js";

/** Few sizes, so that shapes meet often; many ones, since an axis of size 1 is where planners go wrong. */
const shapes: readonly Shape[] = [
  [],
  [1],
  [3],
  [1, 3],
  [3, 1],
  [2, 3],
  [3, 2],
  [1, 1],
  [2, 1],
  [2],
  [6],
  [2, 3, 2],
  [3, 3],
];

/** The same shapes with other sizes in the place of 2 and 3, and their products where the shapes above have products. */
export type Sizes = readonly [two: number, three: number];

function resized(shape: Shape, [two, three]: Sizes): Shape {
  const sizes: Readonly<Record<number, number>> = {
    1: 1,
    2: two,
    3: three,
    6: two * three,
    9: three ** 2,
    12: two ** 2 * three,
  };
  return shape.map((size) => sizes[size] as number);
}

const permutations = [
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** One node to be made: which operation, of which nodes before it, with which choice of options. */
interface Recipe {
  readonly kind: number;
  readonly operands: readonly [number, number, number];
  readonly choice: number;
  readonly named: boolean;
}

/** A graph as plain numbers, so that a counterexample shrinks to a small one. */
export interface Draft {
  readonly recipes: readonly Recipe[];
  readonly outputs: readonly number[];
  readonly gradients: readonly number[];
  readonly updates: readonly { readonly target: number; readonly value: number; readonly how: number }[];
}

const index = fc.nat({ max: 60 });

export const drafts: fc.Arbitrary<Draft> = fc.record({
  recipes: fc.array(
    fc.record({
      kind: fc.nat({ max: 25 }),
      operands: fc.tuple(index, index, index),
      choice: fc.nat({ max: 12 }),
      named: fc.boolean(),
    }),
    { minLength: 1, maxLength: 24 },
  ),
  outputs: fc.array(index, { minLength: 1, maxLength: 3 }),
  gradients: fc.array(index, { maxLength: 3 }),
  updates: fc.array(fc.record({ target: index, value: index, how: fc.nat({ max: 4 }) }), { maxLength: 4 }),
});

export interface RandomGraph {
  readonly graph: Graph;
  /** Numbers for every leaf that has none of its own, and the start of those that last. */
  readonly feeds: ReadonlyMap<Tensor, Float64Array>;
  /** Every node made. */
  readonly nodes: readonly Tensor[];
}

function leaves(sizes: Sizes): Tensor[] {
  const cycle = [0.25, -1.5, 2];
  return [
    ...shapes.map((small, i) => {
      const shape = resized(small, sizes);
      return i % 3 === 0
        ? parameterOf(shape, `p${i}`)
        : i % 3 === 1
          ? input(shape, `x${i}`)
          : stateOf(shape, `s${i}`, 0.5);
    }),
    parameterOf([...sizes], "q"),
    parameterOf([sizes[1]], "b"),
    constantTensor(
      [sizes[1]],
      Float64Array.from({ length: sizes[1] }, (_, i) => cycle[i % 3] as number),
      "c",
    ),
    constant(1),
    constant(-0.5),
    constant(0),
  ];
}

/** Builds what a draft describes; a recipe whose operands do not fit is made to fit, or left out. */
export function buildGraph(draft: Draft, sizes: Sizes = [2, 3]): RandomGraph {
  const nodes = leaves(sizes);
  const count = nodes.length;
  draft.recipes.forEach((recipe, i) => {
    const node = attempt(() => make(recipe, nodes, sizes));
    if (node !== undefined) nodes.push(recipe.named ? nameOf(node, `n${i}`) : node);
  });
  const computed = nodes.slice(count);
  const pick = (list: readonly Tensor[], at: number) => list[at % list.length] as Tensor;
  const outputs = draft.outputs.map((at, i) => nameOf(pick(computed.length === 0 ? nodes : computed, at), `out${i}`));
  const lasting = nodes.slice(0, count).filter(({ op }) => op.name === "parameter" || op.name === "state");
  const updates = new Map<Tensor, Tensor>();
  for (const { target: at, value, how } of draft.updates) {
    const target = pick(lasting, at);
    const fitting = nodes.filter(({ shape }) => sameShape(shape, target.shape));
    const other = pick(fitting, value);
    const choices = [
      other,
      sub(target, mul(0.1, other)),
      add(mul(target, target), other),
      neg(target),
      nameOf(other, `new ${target.name}`),
    ];
    updates.set(target, choices[how] as Tensor);
  }
  const random = numbersFrom(draft.recipes.length + 7 * draft.outputs.length);
  const feeds = new Map<Tensor, Float64Array>(
    nodes
      .slice(0, count)
      .filter(({ op }) => op.name !== "constant")
      .map((leaf) => [leaf, Float64Array.from({ length: sizeOf(leaf.shape) }, random)]),
  );
  return {
    graph: {
      outputs,
      gradients: draft.gradients.map((at) => pick(nodes, at)),
      updates: [...updates].map(([target, value]) => ({ target, value })),
    },
    feeds,
    nodes,
  };
}

function attempt(build: () => Tensor | undefined): Tensor | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}

/** A name for a computed node; a leaf keeps the name it has, and is looked at under another one. */
function nameOf(node: Tensor, name: string): Tensor {
  return (node.inputs.length === 0 ? reshape(node, node.shape) : node).named(name);
}

function make(
  { kind, operands: [i, j, k], choice }: Recipe,
  nodes: readonly Tensor[],
  sizes: Sizes,
): Tensor | undefined {
  const at = (n: number) => nodes[nodes.length - 1 - (n % nodes.length)] as Tensor;
  const [a, b, c] = [at(i), at(j), at(k)];
  const matrices = nodes.filter(({ shape }) => shape.length === 2) as Tensor<[number, number]>[];
  const axis = a.shape.length === 0 ? undefined : choice % a.shape.length;
  switch (kind) {
    case 0:
      return neg(a);
    case 1:
      return tanh(a);
    case 2:
      return sigmoid(a);
    case 3:
      return relu(a);
    case 4:
      return exp(mul(0.1, a));
    case 5:
      return binary(add, a, b);
    case 6:
      return binary(sub, a, b);
    case 7:
      return binary(mul, a, b);
    case 8:
      return binary(maximum, a, b);
    case 9:
      return where(a, b, c);
    case 10:
      return add(a, constant(choice));
    case 11:
      return mul(constant(choice % 3), a);
    case 12:
      return axis === undefined ? sum(a) : sum(a, { axis, keepDims: choice > 6 });
    case 13:
      return axis === undefined ? mean(a) : mean(a, { axis, keepDims: choice > 6 });
    case 14:
      return axis === undefined ? max(a) : max(a, { axis, keepDims: choice > 6 });
    case 15:
      return reshapeSomehow(a, choice, sizes);
    case 16:
      return a.shape.length === 3
        ? transpose(a, { axes: permutations[choice % permutations.length] as readonly number[] })
        : transpose(a);
    case 17:
      return a.shape.length === 0 ? undefined : softmax(a);
    case 18:
      return a.shape.length === 0 ? undefined : logSoftmax(a);
    case 19:
      return broadcast(a, broadcastShapes(a.shape, b.shape, "test"));
    case 20:
      return stack([a, sameShape(a.shape, b.shape) ? b : a]);
    case 21:
      return a.shape.length === 0 ? undefined : slice(a, choice % (a.shape[0] as number));
    case 22:
      return sameShape(a.shape, b.shape) && a.shape.length === 2 ? softmaxCrossEntropyRows(a, b) : neg(neg(a));
    default: {
      const left = matrices[i % matrices.length] as Tensor<[number, number]>;
      const right =
        matrices.filter(({ shape }) => shape.includes(left.shape[1]))[j % matrices.length] ?? transpose(left);
      const product = matmul(left, right.shape[0] === left.shape[1] ? right : transpose(right));
      if (choice % 3 === 0) return product;
      const bias = nodes.find(({ shape }) => shape.length === 1 && shape[0] === product.shape[1]);
      const summed = bias === undefined ? product : add(product, bias as Tensor<[number]>);
      return choice % 3 === 1 ? summed : tanh(summed);
    }
  }
}

function binary(apply: (a: Tensor, b: Tensor) => Tensor, a: Tensor, b: Tensor): Tensor {
  return apply(a, b);
}

function reshapeSomehow(a: Tensor, choice: number, sizes: Sizes): Tensor {
  const fitting = [...shapes, [1, 2, 3], [12], [1, 1, 3], [3, 1, 1], [9]]
    .map((shape) => resized(shape, sizes))
    .filter((shape) => sizeOf(shape) === sizeOf(a.shape));
  return reshape(a, (fitting[choice % fitting.length] ?? a.shape) as Shape);
}

function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807 + 11) % 2147483647;
    return Math.round((state / 2147483647) * 64 - 32) / 16;
  };
}

/** What the graph comes to when evaluated directly: outputs by name, and the new value of every updated leaf. */
export function direct({ graph }: RandomGraph, feeds: ReadonlyMap<Tensor, Float64Array>) {
  const { outputs, updates = [] } = graph;
  const values = evaluateAll([...outputs, ...updates.map(({ value }) => value)], feeds).map(({ data }) => data);
  return {
    outputs: new Map(outputs.map((output, i) => [output.name as string, values[i] as Float64Array])),
    updated: new Map(updates.map(({ target }, i) => [target, values[outputs.length + i] as Float64Array])),
  };
}
