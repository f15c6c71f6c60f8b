import { UsageError } from "./errors.js";
import type { Attributes, Op } from "./op.js";
import { checkShape, type Shape } from "./shape.js";

const noAttributes: Attributes = Object.freeze({});

/**
 * A node of a lazy graph: an op, its inputs, and the shape that comes out. Immutable, and without numbers of its own
 * unless it is a leaf; values appear when a graph is evaluated or a plan is run.
 */
export class Tensor<S extends Shape = Shape> {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  readonly shape: S;
  readonly attributes: Attributes;
  readonly name: string | undefined;
  /** Only on leaves that carry numbers: a constant, or a parameter with given initial values. */
  readonly values: Float64Array | undefined;

  constructor(
    op: Op,
    inputs: readonly Tensor[],
    attributes: Attributes = noAttributes,
    leaf: { shape?: S; name?: string | undefined; values?: Float64Array | undefined } = {},
  ) {
    this.op = op;
    this.inputs = inputs;
    this.attributes = attributes;
    this.shape =
      leaf.shape ??
      (op.shape(
        inputs.map((input) => input.shape),
        attributes,
      ) as S);
    this.name = leaf.name;
    this.values = leaf.values;
    checkShape(this.shape, op.name);
  }

  /** The same node under a name: `Z[1]`, `loss`. Its gradient will be called `dZ[1]`. */
  named(name: string): Tensor<S> {
    if (this.inputs.length === 0 && this.values === undefined) {
      throw new UsageError(`a leaf gets its name when it is made; "${name}" would be another leaf, to be fed anew`);
    }
    return new Tensor<S>(this.op, this.inputs, this.attributes, { shape: this.shape, name, values: this.values });
  }
}
