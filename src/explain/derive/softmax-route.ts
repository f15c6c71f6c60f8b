import { evaluate, gradients, jacobian } from "../../autodiff/index.js";
import type { Text } from "../../language/index.js";
import { crossEntropyTerm } from "../../ops/cross-entropy.js";
import { input } from "../../ops/leaves.js";
import { softmax } from "../../ops/softmax.js";
import { softmaxCrossEntropyRows } from "../../ops/softmax-cross-entropy.js";
import { sum } from "../../ops/sum.js";
import { type Formula, ShapeError, type Tensor } from "../../tensor/index.js";
import { Differences } from "../differences.js";
import { valuesBelow } from "../values.js";
import { againstDifferences, agreesThroughout, type Derivation, type DerivationLine } from "./derivation.js";

interface RouteLine {
  readonly formula: Formula;
  readonly says: Text;
  /** The line's own arithmetic, for each j. */
  readonly value: (route: Numbers) => number[];
}

/** The numbers of one example: targets t, predictions y, ∂H/∂yᵢ, and the Jacobian ∂yᵢ/∂zⱼ of the graph. */
interface Numbers {
  readonly t: readonly number[];
  readonly y: readonly number[];
  readonly byY: readonly number[];
  readonly jacobian: (i: number, j: number) => number;
}

const over = <T>(list: readonly T[], term: (item: T, i: number) => number): number =>
  list.reduce((total, item, i) => total + term(item, i), 0);
const delta = (i: number, j: number) => (i === j ? 1 : 0);

/** The long route of the lecture notes, to its end. The notes write ŷ for t. */
const lines: readonly RouteLine[] = [
  {
    formula: {
      text: "∂H/∂zⱼ = Σᵢ ∂H/∂yᵢ · ∂yᵢ/∂zⱼ",
      latex:
        "\\frac{\\partial H}{\\partial z_j} = \\sum_i \\frac{\\partial H}{\\partial y_i} \\frac{\\partial y_i}{\\partial z_j}",
    },
    says: {
      en: "The chain rule: zⱼ moves every yᵢ (softmax divides by a common sum), and each yᵢ moves H. Here the notes stop.",
      zh: "链式法则：zⱼ 会影响每个 yᵢ（softmax 有公共的分母），每个 yᵢ 又影响 H。讲义写到这里就停了。",
    },
    value: ({ y, byY, jacobian: at }) => y.map((_, j) => over(byY, (h, i) => h * at(i, j))),
  },
  {
    formula: {
      text: "= Σᵢ (-tᵢ/yᵢ) · yᵢ(δᵢⱼ - yⱼ)",
      latex: "= \\sum_i \\left(-\\frac{t_i}{y_i}\\right) y_i (\\delta_{ij} - y_j)",
    },
    says: {
      en: "Both derivatives put in: -t/y of the cross-entropy, and the softmax's Jacobian (δᵢⱼ is 1 where i = j, else 0).",
      zh: "代入两个导数：交叉熵的 -t/y，softmax 的雅可比矩阵（i = j 时 δᵢⱼ 为 1，否则为 0）。",
    },
    value: ({ t, y }) =>
      y.map((yj, j) => over(t, (ti, i) => (-ti / (y[i] as number)) * (y[i] as number) * (delta(i, j) - yj))),
  },
  {
    formula: {
      text: "= -(tⱼ/yⱼ)·yⱼ(1 - yⱼ) + Σ_{i≠j} (tᵢ/yᵢ)·yᵢyⱼ",
      latex: "= -\\frac{t_j}{y_j} y_j (1 - y_j) + \\sum_{i \\neq j} \\frac{t_i}{y_i} y_i y_j",
    },
    says: {
      en: "The term i = j apart from the others: on the diagonal yⱼ(1 - yⱼ), off it -yᵢyⱼ, so two minus signs make a plus.",
      zh: "把 i = j 的一项单独写出：对角线上是 yⱼ(1 - yⱼ)，对角线外是 -yᵢyⱼ，负负得正。",
    },
    value: ({ t, y }) =>
      y.map(
        (yj, j) =>
          -((t[j] as number) / yj) * yj * (1 - yj) +
          over(t, (ti, i) => (i === j ? 0 : (ti / (y[i] as number)) * (y[i] as number) * yj)),
      ),
  },
  {
    formula: {
      text: "= -tⱼ(1 - yⱼ) + Σ_{i≠j} tᵢyⱼ",
      latex: "= -t_j (1 - y_j) + \\sum_{i \\neq j} t_i y_j",
    },
    says: { en: "Every yᵢ cancels.", zh: "yᵢ 全部约去。" },
    value: ({ t, y }) => y.map((yj, j) => -(t[j] as number) * (1 - yj) + over(t, (ti, i) => (i === j ? 0 : ti * yj))),
  },
  {
    formula: {
      text: "= -tⱼ + tⱼyⱼ + yⱼ·Σ_{i≠j} tᵢ",
      latex: "= -t_j + t_j y_j + y_j \\sum_{i \\neq j} t_i",
    },
    says: { en: "Multiplied out; yⱼ does not depend on i.", zh: "展开括号；yⱼ 与 i 无关，可以提出来。" },
    value: ({ t, y }) =>
      y.map((yj, j) => -(t[j] as number) + (t[j] as number) * yj + yj * over(t, (ti, i) => (i === j ? 0 : ti))),
  },
  {
    formula: { text: "= yⱼ·Σᵢ tᵢ - tⱼ", latex: "= y_j \\sum_i t_i - t_j" },
    says: { en: "tⱼyⱼ is the term the sum lacked.", zh: "tⱼyⱼ 正好是求和中缺的那一项。" },
    value: ({ t, y }) => y.map((yj, j) => yj * over(t, (ti) => ti) - (t[j] as number)),
  },
];

const last: RouteLine = {
  formula: { text: "= yⱼ - tⱼ", latex: "= y_j - t_j" },
  says: { en: "The targets are a distribution: their sum is 1.", zh: "目标是一个概率分布：各项之和为 1。" },
  value: ({ t, y }) => y.map((yj, j) => yj - (t[j] as number)),
};

/**
 * Row 7 of the lecture notes, finished: the derivative of the cross-entropy H = -Σ t·ln y of y = softmax(z) by z, from the
 * sum over i to y·Σt - t, and to y - t where the targets sum to 1. Each line is computed by its own arithmetic and held
 * against central differences of H.
 * @param z Logits of one example. @param t Its targets, as many.
 */
export function deriveSoftmaxCrossEntropy(z: readonly number[], t: readonly number[]): Derivation {
  if (z.length !== t.length || z.length === 0) {
    throw new ShapeError(`derive: ${z.length} logits and ${t.length} targets; give one target for each logit`);
  }
  const shape = [1, z.length] as const;
  const [logits, targets] = [input(shape, "z"), input(shape, "t")];
  const feeds = new Map<Tensor, readonly number[]>([
    [logits, z],
    [targets, t],
  ]);
  const prediction = input(shape, "y");
  const y = [...evaluate(softmax(logits), feeds).data];
  const [byY] = gradients(sum(crossEntropyTerm(prediction, targets)), [prediction]);
  const matrix = evaluate(jacobian(softmax(logits), logits), feeds).data;
  const numbers: Numbers = {
    t,
    y,
    byY: [...evaluate(byY as Tensor, new Map([...feeds, [prediction as Tensor, y]])).data],
    jacobian: (i, j) => matrix[i * z.length + j] as number,
  };
  const H: Tensor = sum(softmaxCrossEntropyRows(logits, targets));
  const values = valuesBelow(H, feeds);
  const differences = new Differences(H, values);
  const isDistribution = Math.abs(over(t, (ti) => ti) - 1) < 1e-12;
  const told = [...lines, ...(isDistribution ? [last] : [])].map((line): DerivationLine => {
    const value = line.value(numbers);
    const check = differences.check(logits, Float64Array.from(value), 0, [1]);
    return {
      formula: line.formula,
      says: line.says,
      shape: [z.length],
      value,
      check: { difference: check.relativeError, agrees: check.agrees, against: againstDifferences },
    };
  });
  const given: DerivationLine[] = [
    { formula: { text: "z", latex: "z" }, name: "z", shape: [z.length], value: z },
    { formula: { text: "t", latex: "t" }, name: "t", shape: [t.length], value: t },
    {
      formula: { text: "yᵢ = e^zᵢ / Σₖ e^zₖ", latex: "y_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}" },
      name: "y",
      shape: [y.length],
      value: y,
    },
    {
      formula: { text: "H = -Σᵢ tᵢ·ln yᵢ", latex: "H = -\\sum_i t_i \\ln y_i" },
      name: "H",
      shape: [],
      value: evaluate(H, feeds).item(),
      says: {
        en: "The sum runs over the classes of one example. (The notes write ŷ for the target t.)",
        zh: "求和是对一个样本的各个类别。（讲义把目标 t 写作 ŷ。）",
      },
    },
  ];
  const sections = [
    { title: { en: "Softmax, then cross-entropy", zh: "先 softmax，再交叉熵" }, lines: given },
    { title: { en: "The derivative by zⱼ, to its end", zh: "对 zⱼ 的导数，推到底" }, lines: told },
  ];
  return {
    title: { text: "∂H/∂z, H = -Σ t·ln softmax(z)", latex: "\\partial H / \\partial z" },
    sections,
    agrees: agreesThroughout(sections),
  };
}
