import {
  formatShape,
  inOrder,
  type Shape,
  ShapeError,
  sizeOf,
  type Tensor,
  TensorValue,
  type Value,
} from "../tensor/index.js";

/** Numbers for inputs and parameters that carry none, or other numbers for those that do. */
export type Feeds = ReadonlyMap<Tensor, Float64Array | readonly number[]>;

/**
 * The value of a tensor, computed in float64 by the ops' own formulas: the obvious way, for lessons, checks and tests.
 * @throws ShapeError when an input has no value, or one of the wrong length.
 */
export function evaluate<S extends Shape>(tensor: Tensor<S>, feeds: Feeds = new Map()): TensorValue<S> {
  const [value] = evaluateAll([tensor], feeds);
  return value as TensorValue<S>;
}

/** The values of several tensors, sharing what they have in common. */
export function evaluateAll(tensors: readonly Tensor[], feeds: Feeds = new Map()): TensorValue[] {
  const values = new Map<Tensor, Value>();
  for (const node of inOrder(tensors)) {
    const given = feeds.get(node) ?? node.values;
    if (given === undefined) {
      const inputs = node.inputs.map((input) => values.get(input) as Value);
      if (inputs.length === 0) throw unfed(node);
      values.set(node, { shape: node.shape, data: node.op.forward(inputs, node.attributes, node.shape) });
      continue;
    }
    if (given.length !== sizeOf(node.shape)) {
      throw new ShapeError(
        `evaluate: ${node.name ?? node.op.name} has shape ${formatShape(node.shape)} and needs ${sizeOf(node.shape)} numbers, got ${given.length}`,
      );
    }
    values.set(node, { shape: node.shape, data: Float64Array.from(given) });
  }
  return tensors.map((tensor) => new TensorValue(tensor.shape, (values.get(tensor) as Value).data));
}

function unfed(node: Tensor): ShapeError {
  return new ShapeError(
    `evaluate: the ${node.op.name} ${node.name === undefined ? "" : `"${node.name}" `}of shape ${formatShape(node.shape)} has no value; give one as evaluate(y, new Map([[x, numbers]]))`,
  );
}
