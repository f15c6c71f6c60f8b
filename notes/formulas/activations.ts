import {
  evaluate,
  gradients,
  parameter,
  relu as reluOp,
  sigmoid as sigmoidOp,
  sum,
  type Tensor,
  tanh as tanhOp,
  tensor,
} from "../../src/index.js";
import { slopes } from "./arithmetic.js";
import type { Formula } from "./formula.js";

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
type Curve = (x: Tensor) => Tensor;
const values = (curve: Curve, x: readonly number[]): number[] => [...evaluate(curve(tensor([...x]))).data];

/** What the library's derivative rule gives at each point. */
function derivative(curve: Curve, x: readonly number[]): number[] {
  const X = parameter([...x]);
  const [dx] = gradients(sum(curve(X)), [X]);
  return [...evaluate(dx as Tensor).data];
}

const measured = (f: (x: number) => number, x: readonly number[]) =>
  x.map((value) => slopes(([one]) => f(one as number), [value])[0] as number);

export const sigmoid: Formula = {
  latex: "g(x) = \\frac{1}{1 + e^{-x}}",
  terms: (numbers) => {
    const x = numbers.vector(7, -6, 6);
    return [values(sigmoidOp, x), x.map((value) => 1 / (1 + Math.exp(-value)))];
  },
};

export const sigmoidSlope: Formula = {
  latex: [
    "\\begin{aligned}",
    "g'(x) &= -\\frac{1}{(1 + e^{-x})^2} \\cdot e^{-x} \\cdot (-1) = \\frac{e^{-x}}{(1 + e^{-x})^2} \\\\",
    "&= \\frac{1}{1 + e^{-x}} \\cdot \\frac{e^{-x}}{1 + e^{-x}} = g(x)\\,\\bigl(1 - g(x)\\bigr)",
    "\\end{aligned}",
  ].join("\n"),
  tolerance: 1e-8,
  terms: (numbers) => {
    const x = numbers.vector(7, -5, 5);
    return [
      derivative(sigmoidOp, x),
      x.map((v) => Math.exp(-v) / (1 + Math.exp(-v)) ** 2),
      x.map((v) => (1 / (1 + Math.exp(-v))) * (Math.exp(-v) / (1 + Math.exp(-v)))),
      x.map((v) => logistic(v) * (1 - logistic(v))),
      measured(logistic, x),
    ];
  },
};

/** 1 − g without the subtraction that loses every digit far to the right. */
export const sigmoidMirror: Formula = {
  latex: "1 - g(x) = g(-x) \\quad\\Longrightarrow\\quad g'(x) = g(x)\\,g(-x)",
  terms: (numbers) => {
    const x = numbers.vector(7, -4, 4);
    const [here, mirrored] = [
      values(sigmoidOp, x),
      values(
        sigmoidOp,
        x.map((v) => -v),
      ),
    ];
    return [
      derivative(sigmoidOp, x),
      x.map((_, i) => (here[i] as number) * (mirrored[i] as number)),
      here.map((g) => g * (1 - g)),
    ];
  },
};

/** The slope is never more than a quarter. */
export const sigmoidPeak: Formula = {
  latex: "0 < g'(x) \\le g'(0) = \\tfrac14",
  relation: "≤",
  terms: (numbers) => {
    const x = numbers.vector(200, -8, 8);
    return [
      x.map(() => 0),
      derivative(sigmoidOp, x),
      x.map(() => derivative(sigmoidOp, [0])[0] as number),
      x.map(() => 0.25),
    ];
  },
};

export const tanh: Formula = {
  latex: "\\tanh x = \\frac{e^x - e^{-x}}{e^x + e^{-x}} = 2\\,g(2x) - 1",
  terms: (numbers) => {
    const x = numbers.vector(7, -3, 3);
    return [
      values(tanhOp, x),
      x.map((v) => (Math.exp(v) - Math.exp(-v)) / (Math.exp(v) + Math.exp(-v))),
      x.map((v) => 2 * logistic(2 * v) - 1),
    ];
  },
};

export const tanhSlope: Formula = {
  latex: [
    "\\begin{aligned}",
    "\\tanh' x &= \\frac{(e^x + e^{-x})(e^x + e^{-x}) - (e^x - e^{-x})(e^x - e^{-x})}{(e^x + e^{-x})^2} \\\\",
    "&= 1 - \\frac{(e^x - e^{-x})^2}{(e^x + e^{-x})^2} = 1 - \\tanh^2 x",
    "\\end{aligned}",
  ].join("\n"),
  tolerance: 1e-8,
  terms: (numbers) => {
    const x = numbers.vector(7, -3, 3);
    const [up, down] = [(v: number) => Math.exp(v) + Math.exp(-v), (v: number) => Math.exp(v) - Math.exp(-v)];
    return [
      derivative(tanhOp, x),
      x.map((v) => (up(v) * up(v) - down(v) * down(v)) / up(v) ** 2),
      x.map((v) => 1 - down(v) ** 2 / up(v) ** 2),
      x.map((v) => 1 - Math.tanh(v) ** 2),
      measured(Math.tanh, x),
    ];
  },
};

export const relu: Formula = {
  latex: "\\operatorname{relu}(x) = \\max(0, x)",
  terms: (numbers) => {
    const x = numbers.vector(9, -3, 3);
    return [values(reluOp, x), x.map((v) => Math.max(0, v))];
  },
};

/** With a subgradient chosen at the kink. */
export const reluSlope: Formula = {
  latex:
    "\\operatorname{relu}'(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & x < 0 \\end{cases}, \\qquad \\operatorname{relu}'(0) := 0 \\in [0, 1]",
  terms: (numbers) => {
    const x = [...numbers.vector(9, -3, 3), 0];
    return [derivative(reluOp, x), x.map((v) => (v > 0 ? 1 : 0))];
  },
};
