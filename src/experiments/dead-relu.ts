import { type Language, same, type Text } from "../language/index.js";
import {
  constant,
  dense,
  heNormal,
  type Initializer,
  type LayerLike,
  network,
  xavierNormal,
  zeros,
} from "../nn/index.js";
import { leakyRelu } from "../ops/leaky-relu.js";
import { relu } from "../ops/relu.js";
import { adagrad, type Optimizer, sgd } from "../optim/index.js";
import type { Chart, Panel } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { type Measured, mean, meanOf, percent } from "./statistics.js";
import { Training, training } from "./training.js";

const shallow = [64, 64, 64];
const deep = [64, 64, 64, 64, 64, 64, 64, 64];
const [epochs, batch] = [8, 32];
const rates = [0.01, 0.03, 0.1, 0.3, 1];

interface Start {
  readonly name: Text;
  readonly weights: Initializer;
  readonly biases: Initializer;
}

const starts = {
  he: { name: same("He"), weights: heNormal(), biases: zeros() },
  xavier: { name: same("Xavier"), weights: xavierNormal(), biases: zeros() },
  large: { name: { en: "4 × He", zh: "4 × He" }, weights: heNormal({ gain: 4 * Math.SQRT2 }), biases: zeros() },
  unlucky: { name: { en: "He, biases −1", zh: "He，偏置 −1" }, weights: heNormal(), biases: constant(-1) },
} satisfies Record<string, Start>;

interface Setting {
  readonly start: Start;
  readonly optimizer: Optimizer;
  readonly activation?: LayerLike;
  /** Widths of the hidden layers. */
  readonly layers?: readonly number[];
}

export interface Outcome {
  /** Share of hidden units lost: 0 for every training example, or no longer a finite number. */
  readonly before: number;
  readonly after: number;
  readonly accuracy: number;
  /** Whether the weights have stopped being finite. */
  readonly diverged: boolean;
}

/** Trains and counts the dead. */
async function trainAndCount(setting: Setting, seed: number, rounds: number, work: Work): Promise<Outcome> {
  const { start, optimizer, activation = relu, layers = shallow } = setting;
  const options = { init: start.weights, biasInit: start.biases };
  const widths = [64, ...layers];
  const net = network([
    ...layers.flatMap((width, i): LayerLike[] => [dense(widths[i] as number, width, options), activation]),
    dense(layers.at(-1) as number, 10, { init: start.weights }),
  ]);
  using learning = await Training.open({ network: net, seed, optimizer, batch });
  using looking = await Training.open({ network: net, seed, batch: training.count, look: true, tests: false });
  const before = deadShare(looking, layers);
  for (let step = 0; step < rounds * learning.feed.batches; step++) {
    learning.step();
    if (step % 32 === 0) await work.pause();
  }
  looking.session.write(learning.session.weights());
  return {
    before,
    after: deadShare(looking, layers),
    accuracy: await learning.testAccuracy(),
    diverged: !learning.session.isFinite(),
  };
}

/** Share of hidden units that give 0 for every example there is to learn from (so that no gradient reaches them). */
function deadShare(looking: Training, layers: readonly number[]): number {
  looking.step(0);
  const dead = layers.map((width, layer) => {
    const outputs = looking.read(`A[${layer + 1}]`);
    const alive = new Uint8Array(width);
    // What is not a number is no more alive than 0: nothing is learned from it.
    outputs.forEach((value, i) => {
      if (value !== 0 && Number.isFinite(value)) alive[i % width] = 1;
    });
    return alive.reduce((count, one) => count + (1 - one), 0);
  });
  return dead.reduce((a, b) => a + b, 0) / layers.reduce((a, b) => a + b, 0);
}

/** Two ways to kill: weights that start too large, and a learning rate that is too high. */
const cases = {
  weights: { name: { en: "4 × He, rate 0.1", zh: "4 × He，学习率 0.1" }, start: starts.large, rate: 0.1 },
  rate: { name: { en: "He, rate 1", zh: "He，学习率 1" }, start: starts.he, rate: 1 },
} as const;

/** What the notes advise (and two remedies they do not name), each applied alone. */
const remedies: Readonly<
  Record<
    string,
    { readonly name: Text; readonly advised: boolean; readonly change: Partial<Setting> | "slower" | "adagrad" }
  >
> = {
  nothing: { name: { en: "as it is", zh: "不处理" }, advised: false, change: {} },
  xavier: { name: { en: "Xavier", zh: "Xavier" }, advised: true, change: { start: starts.xavier } },
  slower: { name: { en: "rate ÷ 10", zh: "学习率 ÷ 10" }, advised: true, change: "slower" },
  adagrad: { name: same("Adagrad"), advised: true, change: "adagrad" },
  he: { name: same("He"), advised: false, change: { start: starts.he } },
  leaky: { name: same("leaky ReLU"), advised: false, change: { activation: leakyRelu } },
};

const advised = Object.keys(remedies).filter((remedy) => remedies[remedy]?.advised);

function treated(which: keyof typeof cases, remedy: string): Setting {
  const { start, rate } = cases[which];
  const change = remedies[remedy]?.change ?? {};
  if (change === "slower") return { start, optimizer: sgd(rate / 10) };
  if (change === "adagrad") return { start, optimizer: adagrad(rate) };
  return { start, optimizer: sgd(rate), ...change };
}

export interface Deaths {
  /** Dead at birth: with He, and from an unlucky start. */
  readonly birth: readonly [usual: number, unlucky: number];
  /** Dead after training from He weights, at the lowest and at the highest rate. */
  readonly rates: readonly [low: number, high: number];
  /** For each case: dead untreated, and with each remedy of the notes. */
  readonly cases: readonly { readonly untreated: number; readonly treated: readonly number[] }[];
}

export function verdictOf({ birth, rates: [low, high], cases }: Deaths): Verdict {
  const causes = high >= 2 * low && birth[1] >= 2 * birth[0];
  const helps = cases.flatMap(({ untreated, treated }) => treated.map((share) => share <= untreated / 2));
  if (causes && helps.every(Boolean)) return "holds";
  return causes && helps.some(Boolean) ? "holds when" : "does not hold here";
}

async function measure(seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const usedRates = quick ? [0.03, 1] : rates;
  const rounds = quick ? 2 : epochs;
  const settings = new Map<string, Setting>();
  for (const [name, start] of Object.entries(starts)) {
    for (const rate of usedRates) settings.set(`${name} ${rate}`, { start, optimizer: sgd(rate) });
  }
  for (const which of namesOf(cases)) {
    for (const remedy of Object.keys(remedies)) settings.set(`${which}: ${remedy}`, treated(which, remedy));
  }
  for (const start of [starts.he, starts.xavier]) {
    settings.set(`deep ${start.name.en}`, { start, optimizer: sgd(0.03), layers: deep });
  }
  work.plan(seeds.length * settings.size);
  const outcomes = new Map<string, Outcome[]>();
  for (const seed of seeds) {
    for (const [key, setting] of settings) {
      outcomes.set(key, [...(outcomes.get(key) ?? []), await trainAndCount(setting, seed, rounds, work)]);
      await work.part();
    }
  }
  const of = (key: string) => outcomes.get(key) ?? [];
  const lost = (key: string) => mean(of(key).map(({ after }) => after));
  const accuracy = (key: string) => mean(of(key).map((one) => one.accuracy));
  const [lowest, highest] = [usedRates[0] as number, usedRates.at(-1) as number];
  const birth = (name: string) => mean(of(`${name} ${lowest}`).map(({ before }) => before));
  const deaths: Deaths = {
    birth: [birth("he"), birth("unlucky")],
    rates: [lost(`he ${lowest}`), lost(`he ${highest}`)],
    cases: namesOf(cases).map((which) => ({
      untreated: lost(`${which}: nothing`),
      treated: advised.map((remedy) => lost(`${which}: ${remedy}`)),
    })),
  };
  const figures: Record<string, Measured> = {};
  for (const [key, found] of outcomes) {
    figures[`lost ${key}`] = meanOf(
      { en: `units lost, ${key}`, zh: `失去的单元，${key}` },
      found.map(({ after }) => after),
      { format: "percent" },
    );
    if (key.startsWith("deep") || key.includes(":")) {
      figures[`accuracy ${key}`] = meanOf(
        { en: `test accuracy, ${key}`, zh: `测试准确率，${key}` },
        found.map((one) => one.accuracy),
        { format: "percent" },
      );
    }
  }
  const sentence = sentenceOf(deaths, [lowest, highest], accuracy("deep He"), accuracy("deep Xavier"));
  return { verdict: verdictOf(deaths), sentence, figures, charts: [chart(usedRates, of, lost, deaths)] };
}

function sentenceOf(deaths: Deaths, [low, high]: readonly [number, number], he: number, xavier: number): Text {
  const failing = deaths.cases.map(({ untreated, treated }) =>
    advised.filter((_, i) => (treated[i] ?? 1) > untreated / 2),
  );
  const outcome = (language: Language) =>
    namesOf(cases).map((which, i) => {
      const names = failing[i]?.map((remedy) => remedies[remedy]?.name[language] ?? "") ?? [];
      const name = cases[which].name[language];
      return language === "en"
        ? `against ${name} ${names.length === 0 ? "each remedy helps" : `${names.join(" and ")} ${names.length > 1 ? "do" : "does"} not help`}`
        : `对“${name}”${names.length === 0 ? "，每种对策都有效" : `，${names.join("、")}无效`}`;
    });
  const better = he > xavier;
  return {
    en: `From He weights ${percent(deaths.rates[0])} of the units are lost at rate ${low}, ${percent(deaths.rates[1])} at rate ${high}; biases of −1 kill ${percent(deaths.birth[1])} at birth (usually ${percent(deaths.birth[0])}, with Xavier the very same units). Each applied alone: ${outcome("en").join("; ")}. With 8 layers He names ${percent(he)} of the test digits, Xavier ${percent(xavier)}: ${better ? "He suits ReLU better" : "He is no better here"}.`,
    zh: `从 He 权重出发，学习率 ${low} 时失去 ${percent(deaths.rates[0])} 的单元，${high} 时为 ${percent(deaths.rates[1])}；偏置取 −1，一开始就有 ${percent(deaths.birth[1])} 死亡（通常为 ${percent(deaths.birth[0])}，换成 Xavier 死的是同一批单元）。单用一种对策：${outcome("zh").join("；")}。8 层网络中 He 的测试准确率为 ${percent(he)}，Xavier 为 ${percent(xavier)}：${better ? "ReLU 更适合配 He" : "此处 He 并不更好"}。`,
  };
}

function chart(
  usedRates: readonly number[],
  of: (key: string) => readonly Outcome[],
  lost: (key: string) => number,
  { rates: [low, high] }: Deaths,
): Chart {
  const bars = (which: keyof typeof cases): Panel => ({
    kind: "bars",
    format: "percent",
    title: {
      en: `${which === "weights" ? "Weights too large" : "Rate too high"} (${cases[which].name.en}): each remedy alone`,
      zh: `${which === "weights" ? "权重过大" : "学习率过高"}（${cases[which].name.zh}）：单用一种对策`,
    },
    bars: Object.entries(remedies)
      .filter(([remedy]) => !(which === "rate" && remedy === "he"))
      .map(([remedy, { name }]) => {
        const key = `${which}: ${remedy}`;
        const diverged = of(key).filter((one) => one.diverged).length;
        const note = {
          en: `(${diverged}/${of(key).length} diverge)`,
          zh: `（${diverged}/${of(key).length} 发散）`,
        };
        const color = lost(key) > lost(`${which}: nothing`) / 2 ? 1 : 0;
        return {
          name,
          value: lost(key),
          ...(remedy === "nothing" ? { quiet: true } : { color }),
          ...(diverged > 0 && { note }),
        };
      }),
  });
  return {
    title: {
      en: `A high rate kills: ${percent(high)} of the ReLU units are lost at rate ${usedRates.at(-1)}, ${percent(low)} at ${usedRates[0]}`,
      zh: `学习率过高会致死：学习率 ${usedRates.at(-1)} 时失去 ${percent(high)} 的 ReLU 单元，${usedRates[0]} 时为 ${percent(low)}`,
    },
    subtitle: {
      en: "Share of hidden units that are 0 for every example after training",
      zh: "训练后对所有样本输出都为 0 的隐藏单元比例",
    },
    panels: [
      {
        kind: "heat",
        rows: { label: { en: "start", zh: "初始化" }, names: Object.values(starts).map(({ name }) => name) },
        columns: { label: { en: "learning rate", zh: "学习率" }, names: usedRates.map((rate) => same(String(rate))) },
        values: Object.keys(starts).flatMap((start) => usedRates.map((rate) => lost(`${start} ${rate}`))),
        format: "percent",
        from: 0,
        to: 1,
      },
      bars("weights"),
      bars("rate"),
    ],
    note: {
      en: "64-64-64-64-10 on digits, gradient descent, batches of 32, 8 epochs; means over seeds. What is no longer a finite number counts as lost. Orange bars: the remedy does not halve the loss.",
      zh: "64-64-64-64-10 网络，手写数字，梯度下降，批量 32，8 轮；取各种子均值。数值不再有限的单元也算失去。橙色条：该对策未能把损失减半。",
    },
  };
}

function namesOf<T extends object>(table: T): (keyof T)[] {
  return Object.keys(table) as (keyof T)[];
}

export const deadRelu = defineExperiment(
  {
    name: "dead-relu",
    title: { en: "Dead ReLU", zh: "ReLU 的死亡" },
    claim: {
      en: "ReLU units die from an unlucky initialization or a learning rate that is too high; Xavier initialization, a smaller rate or Adagrad helps.",
      zh: "不幸的初始化或过大的学习率会使 ReLU 单元死亡；可用 Xavier 初始化、较小的学习率或 Adagrad 来解决。",
    },
    source: {
      en: "Notes, faults of ReLU, 2; erratum 17. He et al. 2015; Glorot & Bengio 2010; Duchi et al. 2011.",
      zh: "讲义：ReLU 的问题 2；勘误第 17 条。He 等 2015；Glorot & Bengio 2010；Duchi 等 2011。",
    },
    protocol: {
      en: "64-64-64-64-10 ReLU networks on digits, gradient descent, batches of 32, 8 epochs: four starts by five rates, then two bad cases (4 × He at rate 0.1; He at rate 1) with each remedy applied alone (Adagrad at the same rate); He against Xavier also in 8 hidden layers at rate 0.03. A unit is lost when it is 0 for all 1,437 training examples or no longer finite.",
      zh: "手写数字，64-64-64-64-10 的 ReLU 网络，梯度下降，批量 32，8 轮：四种初始化乘五种学习率，再对两种坏情形（4 × He、学习率 0.1；He、学习率 1）各单用一种对策（Adagrad 学习率不变）；He 与 Xavier 另在 8 个隐藏层、学习率 0.03 下比较。对全部 1,437 个训练样本输出都为 0（或不再有限）的单元算失去。",
    },
    rule: {
      en: "Holds if the highest rate loses at least twice as many units as the lowest, the unlucky biases at least twice as many as the usual ones, and every remedy of the notes at least halves the loss in both bad cases; holds when, if only some do.",
      zh: "若最高学习率失去的单元至少是最低的两倍，不幸的偏置至少是通常的两倍，且讲义的每种对策在两种坏情形下都至少减半，则成立；若只有部分对策做到，则有条件成立。",
    },
  },
  measure,
);
