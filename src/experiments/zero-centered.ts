import { same, type Text } from "../language/index.js";
import { type LayerLike, xavierUniform } from "../nn/index.js";
import { sigmoid } from "../ops/sigmoid.js";
import { sub } from "../ops/sub.js";
import { tanh } from "../ops/tanh.js";
import { sgd } from "../optim/index.js";
import type { Shape, Tensor } from "../tensor/index.js";
import type { Chart } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { type Measured, mean, meanOf, median, medianOf, norm, percent, said } from "./statistics.js";
import { perceptron, Training } from "./training.js";

const [units, goal] = [32, 0.9];
/** The path is walked at this rate; one example is a far noisier guide than a batch and followed in smaller steps. */
const rate = (batch: number) => (batch === 1 ? 0.05 : 0.5);
/** To be fair, each activation learns at the best of these for itself. */
const rates = [0.5, 1, 2, 4, 8];
const batches = [1, 2, 4, 8, 16, 32, 64];
const [watched, most, every] = [200, 3000, 10];

/** The sigmoid moved down by ½: the same slope everywhere, but centered on 0. */
const centered = <S extends Shape>(x: Tensor<S>): Tensor<S> => sub(sigmoid(x) as Tensor, 0.5) as Tensor as Tensor<S>;

const kinds: Readonly<Record<string, { readonly activation: LayerLike; readonly name: Text; readonly color: number }>> =
  {
    sigmoid: { activation: sigmoid, name: same("sigmoid"), color: 1 },
    centered: { activation: centered, name: same("sigmoid − ½"), color: 0 },
    tanh: { activation: tanh, name: same("tanh"), color: 2 },
  };

interface Walk {
  /** Share of the neurons of layer 2 whose weight gradients all have one sign, over the first steps. */
  readonly oneSigned: number;
  /** Length of the way of W[2], divided by the distance it led to. */
  readonly detour: number;
}

async function walk(activation: LayerLike, batch: number, seed: number, steps: number, work: Work): Promise<Walk> {
  using training = await openAt(activation, batch, seed, rate(batch), true);
  const start = training.read("W[2]");
  let before = start;
  let [signed, counted, length] = [0, 0, 0];
  for (let step = 0; step < steps; step++) {
    training.step();
    const rows = oneSignedRows(training.read("dW[2]"), units);
    signed += rows.signed;
    counted += rows.counted;
    const now = training.read("W[2]");
    length += norm(now.map((value, i) => value - (before[i] as number)));
    before = now;
    await work.pause();
  }
  const distance = norm(before.map((value, i) => value - (start[i] as number)));
  return { oneSigned: signed / counted, detour: length / distance };
}

/** Rows of a matrix whose numbers other than 0 all have one sign; rows of zeros do not count. */
export function oneSignedRows(matrix: ArrayLike<number>, width: number): { signed: number; counted: number } {
  let [signed, counted] = [0, 0];
  for (let start = 0; start < matrix.length; start += width) {
    let [up, down] = [false, false];
    for (let i = start; i < start + width; i++) {
      if ((matrix[i] as number) > 0) up = true;
      if ((matrix[i] as number) < 0) down = true;
    }
    if (up || down) counted++;
    if (up !== down) signed++;
  }
  return { signed, counted };
}

/** Steps until 90 % of the test part are named rightly; infinite when that is not reached. */
async function stepsToGoal(activation: LayerLike, learningRate: number, seed: number, work: Work): Promise<number> {
  using training = await openAt(activation, 64, seed, learningRate, false);
  while (training.steps < most) {
    for (let i = 0; i < every; i++) training.step();
    if ((await training.testAccuracy()) >= goal) return training.steps;
    await work.pause();
  }
  return Number.POSITIVE_INFINITY;
}

function openAt(
  activation: LayerLike,
  batch: number,
  seed: number,
  learningRate: number,
  look: boolean,
): Promise<Training> {
  const network = perceptron([64, units, units, 10], activation, xavierUniform());
  return Training.open({ network, seed, batch, optimizer: sgd(learningRate), look, tests: !look });
}

export interface Signs {
  /** Share of one-signed neurons of the sigmoid for one example, and for a batch of 64. */
  readonly one: number;
  readonly many: number;
  /** Steps of the sigmoid to the goal, divided by those of the centered one. */
  readonly slower: number;
}

export function verdictOf({ one, many, slower }: Signs): Verdict {
  const parts = [one >= 0.99, many <= one / 2, slower >= 1.2];
  if (parts.every(Boolean)) return "holds";
  return parts[0] && (parts[1] || parts[2]) ? "holds when" : "does not hold here";
}

async function measure(seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const sizes = quick ? [1, 8, 64] : batches;
  const steps = quick ? 60 : watched;
  const names = Object.keys(kinds);
  const tried = quick ? [1, 4] : rates;
  work.plan(seeds.length * names.length * (sizes.length + tried.length));
  const walks = new Map<string, Walk[]>();
  const reached = new Map<string, number[]>();
  for (const seed of seeds) {
    for (const [name, { activation }] of Object.entries(kinds)) {
      for (const batch of sizes) {
        const key = `${name} ${batch}`;
        walks.set(key, [...(walks.get(key) ?? []), await walk(activation, batch, seed, steps, work)]);
        await work.part();
      }
      for (const one of tried) {
        const key = `${name} ${one}`;
        reached.set(key, [...(reached.get(key) ?? []), await stepsToGoal(activation, one, seed, work)]);
        await work.part();
      }
    }
  }
  const of = (name: string, batch: number) => walks.get(`${name} ${batch}`) ?? [];
  const share = (name: string, batch: number) => mean(of(name, batch).map(({ oneSigned }) => oneSigned));
  const detour = (name: string, batch: number) => mean(of(name, batch).map((one) => one.detour));
  const best = new Map(
    names.map((name) => {
      const choices = tried.map((one) => ({ rate: one, steps: reached.get(`${name} ${one}`) ?? [] }));
      return [name, choices.reduce((a, b) => (median(b.steps) < median(a.steps) ? b : a))] as const;
    }),
  );
  const goalOf = (name: string) => median(best.get(name)?.steps ?? []);
  const found: Signs = {
    one: share("sigmoid", 1),
    many: share("sigmoid", 64),
    slower: goalOf("sigmoid") / goalOf("centered"),
  };
  const figures: Record<string, Measured> = {};
  for (const name of names) {
    const own = kinds[name]?.name ?? same(name);
    for (const batch of [1, 64]) {
      figures[`oneSigned ${name} ${batch}`] = meanOf(
        { en: `one-signed neurons, ${own.en}, batch ${batch}`, zh: `权重梯度同号的神经元，${own.zh}，批量 ${batch}` },
        of(name, batch).map(({ oneSigned }) => oneSigned),
        { format: "percent" },
      );
      figures[`detour ${name} ${batch}`] = meanOf(
        { en: `way ÷ distance, ${own.en}, batch ${batch}`, zh: `路程 ÷ 位移，${own.zh}，批量 ${batch}` },
        of(name, batch).map((one) => one.detour),
      );
    }
    figures[`steps ${name}`] = medianOf(
      {
        en: `steps to 90%, ${own.en}, batch 64, rate ${best.get(name)?.rate}`,
        zh: `达到 90% 的步数，${own.zh}，批量 64，学习率 ${best.get(name)?.rate}`,
      },
      best.get(name)?.steps ?? [],
    );
  }
  const sentence: Text = {
    en: `For one example ${percent(found.one)} of the sigmoid's neurons have weight gradients of one sign (sigmoid − ½: ${percent(share("centered", 1))}, tanh: ${percent(share("tanh", 1))}); in a batch of 64 it is ${percent(found.many)}. Way ÷ distance at batch 64: ${said(detour("sigmoid", 64))} against ${said(detour("centered", 64))}. To 90%, each at its best rate, the sigmoid takes ${said(goalOf("sigmoid"))} steps, the same function moved to be centered ${said(goalOf("centered"))}, tanh ${said(goalOf("tanh"))}.`,
    zh: `只看一个样本时，sigmoid 有 ${percent(found.one)} 的神经元权重梯度全部同号（sigmoid − ½ 为 ${percent(share("centered", 1))}，tanh 为 ${percent(share("tanh", 1))}）；批量为 64 时是 ${percent(found.many)}。批量 64 的路程 ÷ 位移：${said(detour("sigmoid", 64))} 对 ${said(detour("centered", 64))}。各取最佳学习率，达到 90% 准确率 sigmoid 需 ${said(goalOf("sigmoid"))} 步，把同一函数平移到零中心后需 ${said(goalOf("centered"))} 步，tanh 需 ${said(goalOf("tanh"))} 步。`,
  };
  return { verdict: verdictOf(found), sentence, figures, charts: [chart(sizes, share, best, found)] };
}

function chart(
  sizes: readonly number[],
  share: (name: string, batch: number) => number,
  best: ReadonlyMap<string, { readonly rate: number; readonly steps: readonly number[] }>,
  { one, many }: Signs,
): Chart {
  return {
    title: {
      en: `One example ties ${percent(one)} of the sigmoid's neurons to one sign, a batch of 64 only ${percent(many)}`,
      zh: `单个样本使 sigmoid ${percent(one)} 的神经元梯度同号，批量 64 时只有 ${percent(many)}`,
    },
    subtitle: {
      en: "Share of neurons whose weight gradients all have the same sign",
      zh: "所有权重梯度同号的神经元所占比例",
    },
    panels: [
      {
        kind: "lines",
        x: { label: { en: "examples in a batch", zh: "批量大小" }, scale: "log" },
        y: { label: same(""), format: "percent", from: 0, to: 1 },
        series: Object.entries(kinds).map(([name, { name: shown, color }]) => ({
          name: shown,
          color,
          x: sizes,
          values: sizes.map((batch) => share(name, batch)),
        })),
      },
      {
        kind: "bars",
        title: { en: "Steps to 90% on other writers' digits", zh: "对他人手写数字达到 90% 所需步数" },
        bars: Object.entries(kinds).map(([name, { name: shown, color }]) => {
          const { rate: used = Number.NaN, steps: values = [] } = best.get(name) ?? {};
          const note = { en: `(rate ${used})`, zh: `（学习率 ${used}）` };
          return {
            note,
            name: shown,
            color,
            value: median(values),
            low: Math.min(...values),
            high: Math.max(...values),
          };
        }),
      },
    ],
    note: {
      en: "64-32-32-10 on digits, gradient descent at rate 0.5 (0.05 for one example), second layer's weights; same initial weights and batches. Bars: batch 64, each at its best rate; median, whiskers from least to most.",
      zh: "64-32-32-10 网络，手写数字，学习率 0.5 的梯度下降（单样本时 0.05），看第二层权重；初始权重与批次相同。条形：批量 64，各取最佳学习率，中位数，细线为最小到最大。",
    },
  };
}

export const zeroCentered = defineExperiment(
  {
    name: "zero-centered",
    title: { en: "Zero-centered outputs", zh: "零均值输出" },
    claim: {
      en: "Because sigmoid outputs are all positive, all weight gradients of a neuron share one sign and learning zigzags and is slow; a batch softens this.",
      zh: "sigmoid 的输出恒正，使同一神经元的权重梯度全部同号，更新走之字形，收敛缓慢；按批训练可以缓解。",
    },
    source: {
      en: "Notes, faults of the sigmoid, 2; erratum 13. LeCun et al. 1998.",
      zh: "讲义：sigmoid 缺点 2；勘误第 13 条。LeCun 等 1998。",
    },
    protocol: {
      en: "64-32-32-10 on digits with sigmoid, sigmoid − ½ (the same slope, but centered) and tanh; Xavier weights and batches the same for all. Signs and path of W[2] over 200 steps, for batches of 1 to 64 (rate 0.5, for one example 0.05); steps to 90% at batch 64, each activation at its best rate of 0.5, 1, 2, 4 and 8.",
      zh: "手写数字，64-32-32-10 网络，激活取 sigmoid、sigmoid − ½（斜率相同但零中心）与 tanh；Xavier 初始权重与批次都相同。批量 1 到 64，看 200 步内 W[2] 的梯度符号与路径；（学习率 0.5，单样本 0.05）；批量 64 时各激活在 0.5、1、2、4、8 中取最佳学习率，看达到 90% 的步数。",
    },
    rule: {
      en: "Holds if, for the sigmoid, at least 99% of the neurons are one-signed for one example, at most half as many for 64, and reaching 90% takes at least 1.2 times the steps of sigmoid − ½; holds when, if the first and one of the others hold.",
      zh: "若单样本时至少 99% 的神经元同号，批量 64 时至多为其一半，且达到 90% 的步数至少为 sigmoid − ½ 的 1.2 倍，则成立；若第一条与其余之一成立，则有条件成立。",
    },
  },
  measure,
);
