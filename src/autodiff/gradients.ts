import { add } from "../ops/add.js";
import { broadcast } from "../ops/broadcast.js";
import { constant } from "../ops/constant.js";
import { reshape } from "../ops/reshape.js";
import { sumTo } from "../ops/sum.js";
import { formatShape, inOrder, type Shape, ShapeError, sameShape, sizeOf, type Tensor } from "../tensor/index.js";

type GradientsOf<X extends readonly Tensor[]> = { [K in keyof X]: X[K] extends Tensor<infer S> ? Tensor<S> : never };

/** One application of a derivative rule during the walk: the gradient that came in, and what went out to each input. */
export interface AppliedRule {
  readonly node: Tensor;
  readonly gradient: Tensor;
  /** By input: what the rule gave, and the same summed to the input's shape; undefined where no gradient is wanted. */
  readonly parts: readonly ({ readonly given: Tensor; readonly summed: Tensor } | undefined)[];
}

/**
 * Backpropagation as graph: the gradient of `y` with respect to each of `xs`, each of the shape of its x.
 *
 * Walks from `y` towards the inputs once (reverse mode); at every node the gradients of all its users are added up, and
 * the node's own rule turns their sum into gradients of its inputs. The result is a graph like any other, so the
 * gradient of a gradient needs nothing more. A node named `Z[1]` gets a gradient named `dZ[1]`.
 *
 * @param seed The gradient of `y` itself; 1 when `y` is a single number, required otherwise.
 * @param onRule Told of every rule the walk applies, in its order.
 * @throws ShapeError when `y` holds several numbers and no seed is given, or the seed has another shape.
 */
export function gradients<const X extends readonly Tensor[]>(
  y: Tensor,
  xs: X,
  seed?: Tensor,
  onRule?: (applied: AppliedRule) => void,
): GradientsOf<X> {
  const order = inOrder([y]);
  const wanted = leadingTo(new Set(xs), order);
  const collected = new Map<Tensor, Tensor>([[y, seedOf(y, seed)]]);
  for (const node of order.reverse()) {
    const total = collected.get(node);
    if (total === undefined || !wanted.has(node)) continue;
    const gradient = node.name === undefined ? total : underName(total, `d${node.name}`);
    collected.set(node, gradient);
    if (!node.inputs.some((input) => wanted.has(input))) continue;
    const byInput = node.op.derivative(node, gradient);
    const parts = node.inputs.map((input, i) => {
      const given = byInput[i];
      if (given === undefined || !wanted.has(input)) return undefined;
      const summed = sumTo(given, input.shape);
      const before = collected.get(input);
      collected.set(input, before === undefined ? summed : add(before, summed));
      return { given, summed };
    });
    onRule?.({ node, gradient, parts });
  }
  return xs.map((x) => collected.get(x) ?? broadcast(constant(0), x.shape)) as unknown as GradientsOf<X>;
}

/** A leaf of another name would be another leaf, to be fed anew: it is named by way of a reshape that changes nothing. */
function underName(gradient: Tensor, name: string): Tensor {
  return (gradient.inputs.length === 0 ? reshape(gradient, gradient.shape) : gradient).named(name);
}

function seedOf(y: Tensor, seed: Tensor | undefined): Tensor {
  if (seed === undefined) {
    if (sizeOf(y.shape) !== 1) {
      throw new ShapeError(
        `gradients: the value to differentiate has shape ${formatShape(y.shape)}; reduce it to one number (sum, mean), give a seed, or use jacobian`,
      );
    }
    return broadcast(constant(1), y.shape);
  }
  if (!sameShape(seed.shape, y.shape as Shape)) {
    throw new ShapeError(
      `gradients: the seed has shape ${formatShape(seed.shape)}, the value ${formatShape(y.shape)}; they must be equal`,
    );
  }
  return seed;
}

/** The nodes on some path from one of `targets`: only they need a gradient. `order` has inputs before users. */
function leadingTo(targets: ReadonlySet<Tensor>, order: readonly Tensor[]): Set<Tensor> {
  const leading = new Set<Tensor>();
  for (const node of order) {
    if (targets.has(node) || node.inputs.some((input) => leading.has(input))) leading.add(node);
  }
  return leading;
}
