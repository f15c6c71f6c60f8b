import {
  add,
  dense,
  evaluate,
  matmul,
  parameter,
  sequential,
  sigmoid,
  tanh,
  tensor,
  transpose,
} from "../../src/index.js";
import { column, dot, map, plus, product, repeatRow, transposed } from "./arithmetic.js";
import type { Formula } from "./formula.js";

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** One neuron: a weighted sum and a curve. */
export const neuron: Formula = {
  latex: "z = \\sum_{j=1}^{n} w_j\\,a_j + b = w^\\top a + b, \\qquad a' = g(z)",
  terms: (numbers) => {
    const [w, a, b] = [numbers.vector(5), numbers.vector(5), numbers.number()];
    const z = add(matmul(tensor([w]), tensor(column(a))), tensor([[b]]));
    return [sigmoid(z), logistic(dot(w, a) + b)];
  },
};

/** A layer, one example as a column. */
export const layer: Formula = {
  latex: "z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}, \\qquad a^{[l]} = g\\bigl(z^{[l]}\\bigr)",
  terms: (numbers) => {
    const [w, a, b] = [numbers.matrix(3, 4), numbers.vector(4), numbers.vector(3)];
    const z = add(matmul(tensor(w), tensor(column(a))), tensor(column(b)));
    return [sigmoid(z), w.map((row, i) => logistic(dot(row, a) + (b[i] as number)))];
  },
};

/** A batch, examples as columns. */
export const columns: Formula = {
  latex: "Z = W A + b\\,\\mathbf 1^\\top, \\qquad (n_2 \\times m) = (n_2 \\times n_1)(n_1 \\times m)",
  terms: (numbers) => {
    const [w, a, b] = [numbers.matrix(3, 4), numbers.matrix(4, 5), numbers.vector(3)];
    const eachExample = transposed(a).map((example) => w.map((row, i) => dot(row, example) + (b[i] as number)));
    return [add(matmul(tensor(w), tensor(a)), tensor(column(b))), transposed(eachExample)];
  },
};

/** A batch, examples as rows: what the library computes. */
export const rows: Formula = {
  latex: "Z = X W^\\top + \\mathbf 1\\,b^\\top, \\qquad (m \\times n_2) = (m \\times n_1)(n_1 \\times n_2)",
  terms: (numbers) => {
    const [w, x, b] = [numbers.matrix(3, 4), numbers.matrix(5, 4), numbers.vector(3)];
    const network = sequential(dense(4, 3));
    const { output } = network.forward(parameter(x));
    const feeds = new Map(network.parameters.map(({ name, tensor: t }) => [t, name === "W[1]" ? w.flat() : b]));
    return [
      [...evaluate(output, feeds).data],
      x.map((example) => w.map((row, i) => dot(row, example) + (b[i] as number))),
    ];
  },
};

/** Both conventions say the same. */
export const conventions: Formula = {
  latex: "\\bigl(W A + b\\,\\mathbf 1^\\top\\bigr)^\\top = A^\\top W^\\top + \\mathbf 1\\,b^\\top",
  terms: (numbers) => {
    const [w, a, b] = [numbers.matrix(3, 4), numbers.matrix(4, 5), numbers.vector(3)];
    return [
      transpose(add(matmul(tensor(w), tensor(a)), tensor(column(b)))),
      plus(product(transposed(a), transposed(w)), repeatRow(b, 5)),
    ];
  },
};

/** A chain of layers. */
export const chain: Formula = {
  latex: "A_l = g\\bigl(A_{l-1} W_l^\\top + \\mathbf 1\\,b_l^\\top\\bigr), \\qquad A_0 = X, \\quad l = 1, \\dots, L",
  terms: (numbers) => {
    const network = sequential(dense(3, 4), tanh, dense(4, 2), tanh);
    const x = numbers.matrix(5, 3);
    const values = new Map(
      network.parameters.map(({ name, tensor: t }) => [
        name,
        {
          t,
          rows:
            t.shape.length === 1
              ? [numbers.vector(t.shape[0] as number)]
              : numbers.matrix(t.shape[0] as number, t.shape[1] as number),
        },
      ]),
    );
    const of = (name: string) => values.get(name)?.rows as number[][];
    const feeds = new Map([...values.values()].map(({ t, rows: numbersOf }) => [t, numbersOf.flat()]));
    const { output } = network.forward(parameter(x));
    const next = (a: number[][], l: number) =>
      map(plus(product(a, transposed(of(`W[${l}]`))), repeatRow(of(`b[${l}]`)[0] as number[], 5)), Math.tanh);
    return [[...evaluate(output, feeds).data], next(next(x, 1), 2)];
  },
};
