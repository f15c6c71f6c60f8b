import { broadcast, broadcastOp } from "../ops/broadcast.js";
import { constant, constantNumber } from "../ops/constant.js";
import { matmul, matmulOp } from "../ops/matmul.js";
import { mulOp } from "../ops/mul.js";
import { negOp } from "../ops/neg.js";
import { reshape, reshapeOp } from "../ops/reshape.js";
import { transpose, transposeOp } from "../ops/transpose.js";
import { broadcastShapes, inOrder, isElementwise, type Shape, sameShape, sizeOf, Tensor } from "../tensor/index.js";
import { simpleBroadcast } from "./broadcasting.js";

/**
 * The same computation with less to do: what is computed twice is computed once, arithmetic on constants is done now,
 * a repeated tensor is read in place of being written out, and steps that change nothing are gone.
 * No rule changes a result by a single bit.
 * @returns The new node for every node that the roots depend on.
 */
export function simplify(roots: readonly Tensor[]): Map<Tensor, Tensor> {
  const simplified = new Map<Tensor, Tensor>();
  const shared = sharing();
  for (const node of inOrder(roots)) {
    const inputs = node.inputs.map((input) => simplified.get(input) as Tensor);
    simplified.set(node, shared(node.inputs.length === 0 ? node : rewrite(node, inputs)));
  }
  return simplified;
}

/** Gives back the first of all nodes that compute the same thing: same op, same attributes, same inputs. */
function sharing(): (node: Tensor) => Tensor {
  const known = new Map<string, Tensor>();
  const ids = new Map<Tensor, number>();
  const share = (node: Tensor): Tensor => {
    if (ids.has(node)) return node;
    const number = constantNumber(node);
    const inputs = node.inputs.map(share);
    const key =
      number !== undefined
        ? `constant ${Object.is(number, -0) ? "-0" : number}`
        : inputs.length === 0
          ? `leaf ${ids.size}`
          : `${node.op.name} ${JSON.stringify(node.attributes)} ${inputs.map((input) => ids.get(input))}`;
    const first = known.get(key) ?? rebuilt(node, inputs);
    known.set(key, first);
    if (!ids.has(first)) ids.set(first, ids.size);
    return first;
  };
  return share;
}

function rewrite(node: Tensor, inputs: readonly Tensor[]): Tensor {
  if (isElementwise(node.op)) return rewriteElementwise(node, inputs);
  const [x] = inputs as [Tensor];
  if (node.op === reshapeOp) return rewriteReshape(x, node);
  if (node.op === broadcastOp) {
    if (sameShape(x.shape, node.shape)) return x;
    if (x.op === broadcastOp) return rewrite(node, x.inputs);
    if (x.op === reshapeOp && sizeOf(x.shape) === 1) return rewrite(node, x.inputs);
  }
  if (node.op === transposeOp) {
    const axes = node.attributes.axes as readonly number[];
    if (isRepeatedNumber(x)) return broadcast(x.inputs[0] as Tensor, node.shape);
    if (axes.every((axis, i) => axis === i)) return x;
    // (A·B)ᵀ = Bᵀ·Aᵀ: products read their operands either way, so no transposition needs to be carried out.
    if (x.op === matmulOp) {
      const [a, b] = x.inputs as [Tensor, Tensor];
      return matmul(transposed(b), transposed(a));
    }
    if (x.op === transposeOp) {
      const before = x.attributes.axes as readonly number[];
      if (axes.every((axis, i) => before[axis] === i)) return x.inputs[0] as Tensor;
    }
  }
  return rebuilt(node, inputs);
}

function transposed(x: Tensor): Tensor {
  return x.op === transposeOp ? (x.inputs[0] as Tensor) : transpose(x);
}

function rewriteReshape(x: Tensor, node: Tensor): Tensor {
  if (sameShape(x.shape, node.shape)) return x;
  if (x.op === reshapeOp) return rewriteReshape(x.inputs[0] as Tensor, node);
  if (isRepeatedNumber(x)) return broadcast(x.inputs[0] as Tensor, node.shape);
  return reshape(x, node.shape);
}

function rewriteElementwise(node: Tensor, inputs: readonly Tensor[]): Tensor {
  const numbers = inputs.map(constantNumber);
  if (isElementwise(node.op) && numbers.every((number) => number !== undefined)) {
    const [x = 0, y = 0, z = 0] = numbers;
    return constant(node.op.scalar(x, y, z, node.attributes));
  }
  if (node.op === mulOp) {
    const [a, b] = inputs as [Tensor, Tensor];
    if (numbers[0] === 1) return b;
    if (numbers[1] === 1) return a;
  }
  if (node.op === negOp && inputs[0]?.op === negOp) return inputs[0].inputs[0] as Tensor;

  // Operands that are repetitions: read what is repeated. If only a number is left, compute it once and repeat the result.
  const sources = inputs.map((input) => unrepeated(input, node.shape));
  const shape = sources.map((source) => source.shape).reduce((a, b) => broadcastShapes(a, b, node.op.name));
  if (shape.length === 0 && node.shape.length > 0) {
    const once = new Tensor(node.op, sources, node.attributes);
    return broadcast(rewriteElementwise(once, sources), node.shape);
  }
  const full = sameShape(shape, node.shape) ? sources : inputs;
  return rebuilt(
    node,
    full.map((input) => (canBeReadRepeated(input.shape, node.shape) ? input : broadcast(input, node.shape))),
  );
}

/** What a repetition repeats, when a pass over memory can read it in place; and what a reshape that such a pass does not notice looks at. */
function unrepeated(input: Tensor, shape: Shape): Tensor {
  const [behind] = input.inputs;
  if (input.op === reshapeOp && sameShape((behind as Tensor).shape, shape)) return behind as Tensor;
  const source = input.op === broadcastOp ? (behind as Tensor) : input;
  return canBeReadRepeated(source.shape, shape) ? source : input;
}

function canBeReadRepeated(from: Shape, to: Shape): boolean {
  return sizeOf(from) === 1 || sizeOf(from) === sizeOf(to) || simpleBroadcast(from, to) !== undefined;
}

function rebuilt(node: Tensor, inputs: readonly Tensor[]): Tensor {
  const same = inputs.every((input, i) => input === node.inputs[i]);
  return same ? node : new Tensor(node.op, inputs, node.attributes);
}

/** A single number repeated to a shape. */
function isRepeatedNumber(x: Tensor): boolean {
  return x.op === broadcastOp && sizeOf((x.inputs[0] as Tensor).shape) === 1;
}
