import {
  evaluate,
  gradients,
  jacobian,
  type Language,
  parameter,
  relu,
  softmax,
  sum,
  type Tensor,
  type Text,
} from "../src/index.js";

const digits = (x: number): string => `$${x.toFixed(4)}$`;

/** At the logits (2, 1, 0.1): the true entry, and what the source's numerator would make of it. */
function erratum5(): Text {
  const z = [2, 1, 0.1];
  const leaf = parameter(z);
  const rows = evaluate(jacobian(softmax(leaf), leaf)).toArray() as number[][];
  const right = rows[0]?.[1] as number;
  const total = z.reduce((all, value) => all + Math.exp(value), 0);
  const wrong = -(Math.exp(2) * Math.exp(2)) / total ** 2;
  return {
    en: `At $z = (2, 1, 0.1)$ the entry $\\partial y_1 / \\partial z_2$ is ${digits(right)}; with the slip it would be ${digits(wrong)}, and the column would no longer sum to 0.`,
    zh: `在 $z = (2, 1, 0.1)$ 处，$\\partial y_1 / \\partial z_2$ 等于 ${digits(right)}；照讲义的写法会得到 ${digits(wrong)}，该列之和也不再为 0。`,
  };
}

/** The slope of ReLU at 3, and what the source's expression would make of it. */
function erratum11(): Text {
  const x = parameter([3]);
  const slope = evaluate(gradients(sum(relu(x)), [x])[0] as Tensor).data[0] as number;
  return {
    en: `At $x = 3$ the slope is ${slope}; the expression gives ${1 * 1 * 3}.`,
    zh: `在 $x = 3$ 处，斜率是 ${slope}，而那个式子给出 ${1 * 1 * 3}。`,
  };
}

const values: Readonly<Record<string, () => Text>> = { erratum5, erratum11 };

/** A sentence with numbers that the library has just computed. */
export function value(name: string, language: Language): string {
  const found = values[name];
  if (found === undefined) throw new Error(`there is no value ${name}; there are ${Object.keys(values).join(", ")}`);
  return found()[language];
}
