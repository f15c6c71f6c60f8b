import { describe, expect, expectTypeOf, it } from "vitest";
import {
  activation,
  add,
  dense,
  digits,
  dropout,
  jacobian,
  leakyRelu,
  matmul,
  mul,
  type Network,
  parameter,
  relu,
  reshape,
  ShapeError,
  sequential,
  softmax,
  sum,
  type Tensor,
  tensor,
  transpose,
  UsageError,
} from "../../src/index.js";

// expectTypeOf is checked by the compiler (the types step); the run-time halves run here.
describe("shapes in the type", () => {
  it("are read from literals", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expectTypeOf(x).toEqualTypeOf<Tensor<[2, 3]>>();
    expect(x.shape).toEqual([2, 3]);
    expectTypeOf(tensor(7)).toEqualTypeOf<Tensor<[]>>();
  });

  it("follow products, transpositions, broadcasts and reductions", () => {
    const x = parameter([[1, 2, 3]]);
    const w = parameter([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const z = matmul(x, transpose(w));
    expectTypeOf(z).toEqualTypeOf<Tensor<[1, 2]>>();
    expectTypeOf(add(z, tensor([1, 2]))).toEqualTypeOf<Tensor<[1, 2]>>();
    expectTypeOf(mul(2, z)).toEqualTypeOf<Tensor<[1, 2]>>();
    expectTypeOf(add(tensor([[1], [2]]), tensor([1, 2, 3]))).toEqualTypeOf<Tensor<[2, 3]>>();
    expectTypeOf(relu(z)).toEqualTypeOf<Tensor<[1, 2]>>();
    expectTypeOf(sum(z)).toEqualTypeOf<Tensor<[]>>();
    expectTypeOf(reshape(w, [3, 2]).shape).toEqualTypeOf<readonly [3, 2]>();
    expect(add(tensor([[1], [2]]), tensor([1, 2, 3])).shape).toEqual([2, 3]);
  });

  it("make Jacobians of vectors matrices of known size", () => {
    const z = parameter([1, 2, 3]);
    expectTypeOf(jacobian(softmax(z), z)).toEqualTypeOf<Tensor<[3, 3]>>();
  });

  it("follow layers through a network", () => {
    const network = sequential(dense(64, 32), relu, dropout(0.1), activation(leakyRelu, { slope: 0.1 }), dense(32, 10));
    expectTypeOf(network).toEqualTypeOf<Network<64, 10>>();
    expect([network.inputs, network.outputs]).toEqual([64, 10]);
    expectTypeOf(digits().training.inputs).toEqualTypeOf<64>();
  });
});

describe("sizes known only at run time", () => {
  const size = (n: number): number => n;

  it("are accepted, and checked when the network is built", () => {
    expectTypeOf(sequential(dense(size(3), size(4)), relu, dense(size(4), size(2)))).toEqualTypeOf<Network>();
    expect(() => sequential(dense(64, size(64)), relu, dense(size(32), 10))).toThrow(
      new UsageError(
        "sequential: layer 3, dense(32, 10), takes 32 features, but the layers before it give 64; make the sizes equal",
      ),
    );
  });

  it("are checked in products, broadcasts and batches", () => {
    const rows = (n: number): Tensor => tensor(Array.from({ length: n }, () => [1, 2, 3]));
    const wide: Tensor = tensor([[1, 2]]);
    expect(() => matmul(rows(2), wide)).toThrow(
      new ShapeError("matmul: [2, 3] · [1, 2]: the left has 3 columns, the right has 1 rows; they must be equal"),
    );
    expect(() => matmul(rows(2), rows(5))).toThrow("they must be equal; transpose the right one?");
    expect(() => add(rows(2), wide)).toThrow(
      new ShapeError("add: [2, 3] and [1, 2] do not broadcast: sizes 3 and 2 differ and neither is 1"),
    );
    const network = sequential(dense(4, 2));
    expect(() => network.forward(rows(2))).toThrow(
      new ShapeError(
        "the network takes batches of shape [examples, 4], got [2, 3]: layer 1, dense(4, 2), expects 4 features",
      ),
    );
  });

  it("are checked in nested rows", () => {
    const ragged: readonly (readonly number[])[] = [[1, 2], [3]];
    expect(() => tensor(ragged)).toThrow(
      new ShapeError("tensor: [1] has 1 items where 2 should be; all rows must have the same length"),
    );
  });

  it("must be whole numbers from 1", () => {
    expect(() => dense(size(0), 3)).toThrow(new UsageError("dense: inputs must be a whole number from 1, got 0"));
    expect(() => dense(3, size(2.5))).toThrow("dense: outputs must be a whole number from 1, got 2.5");
    expect(() => sequential(relu)).toThrow("a network needs at least one layer with sizes, such as dense(64, 10)");
  });
});
