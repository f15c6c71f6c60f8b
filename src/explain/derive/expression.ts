import { evaluate, evaluateAll, type Feeds } from "../../autodiff/index.js";
import { input } from "../../ops/leaves.js";
import { softmaxCrossEntropyOp } from "../../ops/softmax-cross-entropy.js";
import { sum } from "../../ops/sum.js";
import { createRandom, type Random } from "../../random/index.js";
import { flatten, inOrder, type Nested, type Shape, sizeOf, type Tensor, UsageError } from "../../tensor/index.js";
import type { Derivation } from "./derivation.js";
import { derive } from "./derive.js";
import { buildExpression, parseExpression, type TargetOf } from "./parse.js";
import { deriveSoftmaxCrossEntropy } from "./softmax-route.js";

export interface ExpressionOptions {
  /** Values of names, nested: `{ x: [[1, 2]] }`. The others are drawn. */
  readonly values?: Readonly<Record<string, Nested>>;
  /** Shapes of names whose values are drawn; by custom x is 2 × 3, w 3 × 2, b 2, and any other name a single number. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  readonly seed?: number;
}

const customary: Readonly<Record<string, Shape>> = {
  x: [2, 3],
  X: [2, 3],
  w: [3, 2],
  W: [3, 2],
  b: [2],
  z: [2, 3],
  Z: [2, 3],
  y: [2, 3],
  Y: [2, 3],
};

/**
 * The derivation of an expression in text: `deriveExpression("softmaxCrossEntropy(matmul(x, w).add(b), t)")`. A value of
 * several numbers is summed up first. See `parseExpression` for what it may hold.
 * @throws UsageError when the expression is not understood, ShapeError when its shapes do not fit.
 */
export function deriveExpression(text: string, options: ExpressionOptions = {}): Derivation {
  const { values = {}, shapes = {}, seed = 1 } = options;
  const random = createRandom(seed).stream("derive");
  const leaves = new Map<string, Tensor>();
  const targets = new Set<Tensor>();
  const feeds = new Map<Tensor, Float64Array>();
  const leafOf = (name: string, targetOf?: TargetOf): Tensor => {
    const known = leaves.get(name);
    if (known !== undefined) return known;
    const given = Object.hasOwn(values, name) ? flatten(values[name] as Nested, name) : undefined;
    const drawn = given === undefined ? draw(name, shapes, targetOf, random) : given;
    const leaf = input(drawn.shape, name);
    leaves.set(name, leaf);
    feeds.set(leaf, drawn.data);
    if (targetOf !== undefined) targets.add(leaf);
    return leaf;
  };
  const parsed = parseExpression(text);
  const built = buildExpression(parsed, leafOf);
  const unused = [...Object.keys(values), ...Object.keys(shapes)].find((name) => !leaves.has(name));
  if (unused !== undefined) throw new UsageError(`derive: the expression has no ${JSON.stringify(unused)}`);
  const y = sizeOf(built.shape) === 1 ? built : sum(built);
  if (!Number.isFinite(evaluate(y, feeds).data[0])) {
    for (const [leaf, data] of feeds) if (!targets.has(leaf)) feeds.set(leaf, data.map(Math.abs));
  }
  const wanted = [...leaves.values()].filter((leaf) => !targets.has(leaf));
  if (wanted.length === 0) throw new UsageError("derive: the expression has no name to differentiate by, such as x");
  return withLongRoute(derive(y, wanted, feeds), y, feeds);
}

/** Where softmax and cross-entropy occur together, how their short derivative comes about, on the first example's numbers. */
function withLongRoute(derivation: Derivation, y: Tensor, feeds: Feeds): Derivation {
  const node = inOrder([y]).find(({ op }) => op === softmaxCrossEntropyOp);
  if (node === undefined) return derivation;
  const width = node.inputs[0]?.shape.at(-1) ?? 1;
  const [z, t] = evaluateAll(node.inputs, feeds).map(({ data }) => [...data.subarray(0, width)]) as [
    number[],
    number[],
  ];
  const route = deriveSoftmaxCrossEntropy(z, t);
  return {
    ...derivation,
    sections: [...derivation.sections, ...route.sections],
    agrees: derivation.agrees && route.agrees,
  };
}

/** Numbers short enough to follow by hand; targets of a loss are classes, or numbers like its predictions. */
function draw(name: string, shapes: Readonly<Record<string, Shape>>, targetOf: TargetOf | undefined, random: Random) {
  const own = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  const { loss, prediction } = targetOf ?? {};
  if (
    own === undefined &&
    prediction?.shape.length === 2 &&
    (loss === "softmaxCrossEntropy" || loss === "crossEntropy")
  ) {
    const [count, classes] = prediction.shape as [number, number];
    return { shape: [count], data: Float64Array.from({ length: count }, () => random.integer(classes)) };
  }
  const shape = own ?? prediction?.shape ?? (Object.hasOwn(customary, name) ? (customary[name] as Shape) : []);
  const number =
    loss === "binaryCrossEntropy" ? () => random.integer(2) : () => Number(random.normal().toFixed(1)) || 0.1;
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, number) };
}
