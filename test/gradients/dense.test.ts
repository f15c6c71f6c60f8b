import { describe, expect, it } from "vitest";
import { evaluate, gradients } from "../../src/autodiff/index.js";
import {
  add,
  dense,
  input,
  matmul,
  mean,
  mul,
  parameter,
  reshape,
  sequential,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "../../src/index.js";
import { randomFrom } from "../kernels/random.js";

type Rows = readonly (readonly number[])[];

/** Matrices as plain rows: the lecture notes' formulas once more, without the library. */
const times = (a: Rows, b: Rows): number[][] =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((total, x, k) => total + x * (b[k]?.[j] as number), 0)));
const turned = (a: Rows): number[][] => (a[0] ?? []).map((_, j) => a.map((row) => row[j] as number));
const each = (a: Rows, f: (x: number, i: number, j: number) => number): number[][] =>
  a.map((row, i) => row.map((x, j) => f(x, i, j)));

const rowsOf = (t: Tensor, feeds?: ReadonlyMap<Tensor, readonly number[]>): number[][] => {
  const { shape, data } = evaluate(t, feeds);
  const [count, width] = shape.length === 2 ? (shape as [number, number]) : [1, shape[0] ?? 1];
  return Array.from({ length: count }, (_, i) => [...data.slice(i * width, (i + 1) * width)]);
};

function expectRows(actual: Rows, expected: Rows): void {
  expect(actual.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  actual.forEach((row, i) => {
    row.forEach((x, j) => {
      expect(x, `row ${i}, column ${j}`).toBeCloseTo(expected[i]?.[j] as number, 13);
    });
  });
}

const uniform = randomFrom(77);
const random = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * uniform() - 1));

const [inputs, outputs, batch] = [4, 3, 5];
const W = random(outputs, inputs);
const b = random(outputs, 1);

describe("one example, in columns: z = W·a + b, a' = g(z)", () => {
  const a = random(inputs, 1);
  const da = random(outputs, 1);
  const [WTensor, bTensor, aTensor] = [parameter(W, "W"), parameter(b, "b"), parameter(a, "a")] as Tensor[] as [
    Tensor<[3, 4]>,
    Tensor<[3, 1]>,
    Tensor<[4, 1]>,
  ];
  const z = add(matmul(WTensor, aTensor), bTensor);
  const y = tanh(z);
  const byInput = gradients(y, [z, WTensor, bTensor, aTensor], tensor(da) as Tensor);
  const zByHand = each(times(W, a), (x, i) => x + (b[i]?.[0] as number));
  const dz = each(da, (x, i) => x * (1 - Math.tanh(zByHand[i]?.[0] as number) ** 2));

  it("forward", () => expectRows(rowsOf(y), each(zByHand, Math.tanh)));
  it("dz = da ⊙ g'(z)", () => expectRows(rowsOf(byInput[0]), dz));
  it("dW = dz·aᵀ", () => expectRows(rowsOf(byInput[1]), times(dz, turned(a))));
  it("db = dz", () => expectRows(rowsOf(byInput[2]), dz));
  it("da_prev = Wᵀ·dz", () => expectRows(rowsOf(byInput[3]), times(turned(W), dz)));
});

describe("a batch, in rows: Z = X·Wᵀ + bᵀ, A = g(Z)", () => {
  const X = random(batch, inputs);
  const dA = random(batch, outputs);
  const layer = dense(inputs, outputs);
  const [WTensor, bTensor, XTensor] = [parameter(W, "W"), parameter(b.flat(), "b"), parameter(X, "X")] as Tensor[] as [
    Tensor,
    Tensor,
    Tensor<[number, number]>,
  ];
  const pass = { training: true, step: tensor(0) as Tensor, seed: 0, stream: 0 };
  const Z = layer.forward(XTensor, { W: WTensor, b: bTensor }, pass).output;
  const byInput = gradients(tanh(Z), [Z, WTensor, bTensor, XTensor], tensor(dA) as Tensor);
  const ZByHand = each(times(X, turned(W)), (x, _, j) => x + (b[j]?.[0] as number));
  const dZ = each(dA, (x, i, j) => x * (1 - Math.tanh(ZByHand[i]?.[j] as number) ** 2));

  it("forward", () => expectRows(rowsOf(Z), ZByHand));
  it("dZ = dA ⊙ g'(Z)", () => expectRows(rowsOf(byInput[0]), dZ));
  it("dW = dZᵀ·X, of the shape of W (out × in)", () => {
    expect(byInput[1].shape).toEqual([outputs, inputs]);
    expectRows(rowsOf(byInput[1]), times(turned(dZ), X));
  });
  it("db is the sum of dZ over the examples, not their mean", () =>
    expectRows(rowsOf(byInput[2]), [turned(dZ).map((column) => column.reduce((p, q) => p + q, 0))]));
  it("dX = dZ·W", () => expectRows(rowsOf(byInput[3]), times(dZ, W)));

  it("the gradients of a batch are the sums of those of its examples alone", () => {
    const alone = X.map((row, i) => {
      const x = parameter([row], "x") as Tensor<[number, number]>;
      const one = tanh(layer.forward(x, { W: WTensor, b: bTensor }, pass).output);
      return gradients(one, [WTensor, bTensor], tensor([dA[i] as number[]]) as Tensor).map((t) => rowsOf(t)) as [
        number[][],
        number[][],
      ];
    });
    const summed = (which: 0 | 1) =>
      alone
        .map((gradientsOfOne) => gradientsOfOne[which])
        .reduce((p, q) => each(p, (x, i, j) => x + (q[i]?.[j] as number)));
    expectRows(rowsOf(byInput[1]), summed(0));
    expectRows(rowsOf(byInput[2]), summed(1));
  });

  it("the column convention on Xᵀ gives the transposes: of Z and of dX; dW is the same", () => {
    const columns = parameter(turned(X), "Xᵀ") as Tensor<[number, number]>;
    const ZColumns = add(matmul(WTensor as Tensor<[number, number]>, columns), parameter(b, "b"));
    const [dWColumns, dXColumns] = gradients(
      tanh(ZColumns as Tensor),
      [WTensor, columns],
      tensor(turned(dA)) as Tensor,
    );
    expectRows(rowsOf(ZColumns as Tensor), turned(ZByHand));
    expectRows(rowsOf(dWColumns), rowsOf(byInput[1]));
    expectRows(rowsOf(dXColumns), turned(rowsOf(byInput[3])));
    expectRows(rowsOf(transpose(dXColumns)), rowsOf(byInput[3]));
  });
});

describe("a mean loss over the batch", () => {
  it("brings 1/m in once, at the loss: every gradient is that of the sum, divided by m", () => {
    const net = sequential(dense(inputs, 3), tanh, dense(3, 2));
    const x = input([batch, inputs] as const, "X");
    const feeds = new Map<Tensor, number[]>([[x as Tensor, random(batch, inputs).flat()]]);
    for (const { tensor: leaf } of net.parameters)
      feeds.set(leaf, random(leaf.shape[0] as number, leaf.shape[1] ?? 1).flat());
    const { output } = net.forward(x);
    const target = tensor(random(batch, 2));
    const difference = sub(output as Tensor, target as Tensor);
    const perExample = sum(mul(difference, difference), { axis: 1 });
    const parameters = net.parameters.map(({ tensor: leaf }) => leaf);
    const byMean = gradients(mean(perExample), parameters);
    const bySum = gradients(sum(perExample), parameters);
    byMean.forEach((gradient, i) => {
      expectRows(
        rowsOf(gradient, feeds),
        each(rowsOf(bySum[i] as Tensor, feeds), (value) => value / batch),
      );
    });
    // And the loss's own gradient at the output carries it already: 2·(y - t) / m.
    const [atOutput] = gradients(mean(perExample), [output]);
    expectRows(
      rowsOf(atOutput, feeds),
      each(rowsOf(difference, feeds), (value) => (2 * value) / batch),
    );
  });

  it("a bias gets as many numbers as it has, whatever the batch", () => {
    const bias = parameter([1, 2], "b");
    const y = add(reshape(tensor([1, 2, 3, 4, 5, 6]), [3, 2]), bias);
    expect(rowsOf(gradients(sum(y as Tensor), [bias])[0])).toEqual([[3, 3]]);
  });
});
