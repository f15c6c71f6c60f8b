import {
  adagrad as adagradRule,
  adam as adamRule,
  evaluate,
  momentum as momentumRule,
  type Optimizer,
  parameter,
  rmsprop as rmspropRule,
  sgd as sgdRule,
  type Tensor,
  tensor,
} from "../../src/index.js";
import type { Formula, Numbers } from "./formula.js";

const steps = 6;
const rate = 0.05;

/** Where the library's rule takes three parameters under given gradients, all steps one after the other. */
function pathOf(optimizer: Optimizer, start: readonly number[], gradients: readonly (readonly number[])[]): number[] {
  let theta = [...start];
  let memory = Object.fromEntries(optimizer.slots.map(({ name, fill }) => [name, start.map(() => fill)]));
  return gradients.flatMap((g, i) => {
    const leaves = Object.fromEntries(
      Object.entries(memory).map(([name, values]) => [name, parameter(values) as Tensor]),
    );
    const scalars = Object.fromEntries(
      Object.entries(optimizer.scalars(i + 1, optimizer.rate)).map(([name, value]) => [name, tensor(value) as Tensor]),
    );
    const next = optimizer.update(parameter(theta) as Tensor, tensor([...g]) as Tensor, leaves, scalars);
    const values = (t: Tensor) => [...evaluate(t).data];
    memory = Object.fromEntries(Object.entries(next.memory).map(([name, t]) => [name, values(t)]));
    theta = values(next.parameter);
    return theta;
  });
}

/** The same path by a rule for one number, which keeps its own memory. */
function pathBy(
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  rule: () => (theta: number, g: number, t: number) => number,
): number[] {
  const rules = start.map(() => rule());
  let theta = [...start];
  return gradients.flatMap((g, i) => {
    theta = theta.map((value, k) => (rules[k] as ReturnType<typeof rule>)(value, g[k] as number, i + 1));
    return theta;
  });
}

const walk = (numbers: Numbers) => ({ start: numbers.vector(3), gradients: numbers.matrix(steps, 3) });

const formulaOf = (
  latex: string,
  optimizer: Optimizer,
  rule: () => (theta: number, g: number, t: number) => number,
): Formula => ({
  latex,
  terms: (numbers) => {
    const { start, gradients } = walk(numbers);
    return [pathOf(optimizer, start, gradients), pathBy(start, gradients, rule)];
  },
});

export const sgd = formulaOf(
  "\\theta \\leftarrow \\theta - \\eta\\,g",
  sgdRule(rate),
  () => (theta, g) => theta - rate * g,
);

export const momentum = formulaOf(
  "v \\leftarrow \\beta v + g, \\qquad \\theta \\leftarrow \\theta - \\eta\\,v",
  momentumRule(rate, { beta: 0.9 }),
  () => {
    let v = 0;
    return (theta, g) => {
      v = 0.9 * v + g;
      return theta - rate * v;
    };
  },
);

export const adagrad = formulaOf(
  "s \\leftarrow s + g^2, \\qquad \\theta \\leftarrow \\theta - \\frac{\\eta}{\\sqrt{s} + \\varepsilon}\\,g",
  adagradRule(rate),
  () => {
    let s = 0;
    return (theta, g) => {
      s += g * g;
      return theta - (rate / (Math.sqrt(s) + 1e-10)) * g;
    };
  },
);

export const rmsprop = formulaOf(
  "s \\leftarrow \\alpha s + (1 - \\alpha)\\,g^2, \\qquad \\theta \\leftarrow \\theta - \\frac{\\eta}{\\sqrt{s} + \\varepsilon}\\,g",
  rmspropRule(rate),
  () => {
    let s = 0;
    return (theta, g) => {
      s = 0.99 * s + 0.01 * g * g;
      return theta - (rate / (Math.sqrt(s) + 1e-8)) * g;
    };
  },
);

export const adam = formulaOf(
  [
    "\\begin{aligned}",
    "m &\\leftarrow \\beta_1 m + (1 - \\beta_1)\\,g, & v &\\leftarrow \\beta_2 v + (1 - \\beta_2)\\,g^2, \\\\",
    "\\hat m &= \\frac{m}{1 - \\beta_1^t}, & \\hat v &= \\frac{v}{1 - \\beta_2^t}, \\qquad \\theta \\leftarrow \\theta - \\eta\\,\\frac{\\hat m}{\\sqrt{\\hat v} + \\varepsilon}",
    "\\end{aligned}",
  ].join("\n"),
  adamRule(rate),
  () => {
    let [m, v] = [0, 0];
    return (theta, g, t) => {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      return theta - (rate * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    };
  },
);

/** Adagrad's rate per parameter can only fall. */
export const adagradRate: Formula = {
  latex: "\\eta_t = \\frac{\\eta}{\\sqrt{\\sum_{\\tau \\le t} g_\\tau^2} + \\varepsilon} \\;\\le\\; \\eta_{t-1}",
  relation: "≤",
  terms: (numbers) => {
    const { start, gradients } = walk(numbers);
    const path = [...start, ...pathOf(adagradRule(rate), start, gradients)];
    // The effective rate is how far a parameter moved for each unit of its gradient.
    const rates = gradients.map((g, t) =>
      g.map((value, k) => ((path[3 * t + k] as number) - (path[3 * (t + 1) + k] as number)) / value),
    );
    return [...rates].reverse();
  },
};
