import {
  flatten,
  type Nested,
  type NestedShape,
  type Op,
  type Shape,
  ShapeError,
  sizeOf,
  Tensor,
} from "../tensor/index.js";
import { constantTensor } from "./constant.js";

function leaf(name: string): Op {
  return {
    name,
    shape: () => [],
    forward: () => {
      throw new ShapeError(`this ${name} has no value: give one when evaluating`);
    },
    derivative: () => [],
    saves: [],
  };
}

/** What training changes: a weight, a bias, an optimizer's running mean. */
export const parameterOp: Op = leaf("parameter");

/** What an update rule remembers from step to step: a velocity, a running variance. */
export const stateOp: Op = leaf("state");

/** What is given anew at each step: a batch, its targets, the learning rate. */
export const inputOp: Op = leaf("input");

/**
 * A tensor of given numbers. Its shape is read from the nesting, and is known to the type when the numbers are literals.
 * @throws ShapeError when rows differ in length.
 */
export function tensor<const V extends Nested>(values: V, name?: string): Tensor<NestedShape<V>> {
  const { shape, data } = flatten(values, name ?? "tensor");
  return constantTensor(shape, data, name) as Tensor as Tensor<NestedShape<V>>;
}

/**
 * A tensor that training may change and derivatives are taken with respect to, with its initial values.
 * @throws ShapeError when rows differ in length.
 */
export function parameter<const V extends Nested>(values: V, name?: string): Tensor<NestedShape<V>> {
  const { shape, data } = flatten(values, name ?? "parameter");
  return new Tensor(parameterOp, [], {}, { shape, name, values: data }) as Tensor as Tensor<NestedShape<V>>;
}

/** A parameter whose values are given later: by an initializer, or by a file. */
export function parameterOf<S extends Shape>(shape: S, name: string): Tensor<S> {
  return new Tensor<S>(parameterOp, [], {}, { shape, name });
}

/** A memory of an update rule; it starts as zeros unless a fill is given. */
export function stateOf<S extends Shape>(shape: S, name: string, fill = 0): Tensor<S> {
  return new Tensor<S>(stateOp, [], {}, { shape, name, values: new Float64Array(sizeOf(shape)).fill(fill) });
}

/** A place for numbers given at each evaluation or step. */
export function input<const S extends Shape>(shape: S, name: string): Tensor<S> {
  return new Tensor<S>(inputOp, [], {}, { shape, name });
}
