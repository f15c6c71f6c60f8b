import { same, type Text } from "../language/index.js";
import { heUniform, type Initializer, type LayerLike, xavierUniform } from "../nn/index.js";
import { relu } from "../ops/relu.js";
import { sigmoid } from "../ops/sigmoid.js";
import { tanh } from "../ops/tanh.js";
import { sgd } from "../optim/index.js";
import type { Chart, Panel } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { type Measured, mean, median, medianOf, said } from "./statistics.js";
import { perceptron, Training } from "./training.js";

/** Of the examples learned from, and of other writers' (named for comparison only). */
const [goal, testGoal] = [0.95, 0.9];
const [most, every] = [2000, 10];
const rates = [0.03, 0.1, 0.3, 1, 3];
const curveSteps = 600;

const nets = {
  shallow: { widths: [64, 32, 10], name: { en: "one hidden layer", zh: "一个隐藏层" } },
  deep: { widths: [64, 32, 32, 32, 32, 10], name: { en: "four hidden layers", zh: "四个隐藏层" } },
} as const;
type Net = keyof typeof nets;

const kinds = {
  relu: { activation: relu, name: "ReLU", color: 0, init: xavierUniform() },
  reluHe: { activation: relu, name: "ReLU, He", color: 3, init: heUniform() },
  tanh: { activation: tanh, name: "tanh", color: 2, init: xavierUniform() },
  sigmoid: { activation: sigmoid, name: "sigmoid", color: 1, init: xavierUniform() },
} as const satisfies Record<string, { activation: LayerLike; name: string; color: number; init: Initializer }>;
type Kind = keyof typeof kinds;

/** Accuracies after every tenth step, up to the goals or the given number of steps. */
async function accuracies(net: Net, kind: Kind, rate: number, seed: number, steps: number, stop: boolean, work: Work) {
  const network = perceptron(nets[net].widths, kinds[kind].activation, kinds[kind].init);
  using training = await Training.open({ network, seed, optimizer: sgd(rate) });
  const found = { training: [] as number[], test: [] as number[] };
  let [learned, tested] = [false, false];
  while (training.steps < steps && !(stop && learned && tested)) {
    for (let i = 0; i < every; i++) training.step();
    found.training.push(await training.trainingAccuracy());
    found.test.push(await training.testAccuracy());
    learned ||= (found.training.at(-1) as number) >= goal;
    tested ||= (found.test.at(-1) as number) >= testGoal;
    await work.pause();
  }
  return found;
}

/** Steps to an accuracy; infinite when it was not reached. */
function stepsIn(found: readonly number[], wanted: number): number {
  const at = found.findIndex((accuracy) => accuracy >= wanted);
  return at < 0 ? Number.POSITIVE_INFINITY : (at + 1) * every;
}

/** How many times as many steps the others take as ReLU. */
export type Lead = Readonly<Record<Net, { readonly sigmoid: number; readonly tanh: number }>>;

export function verdictOf(lead: Lead): Verdict {
  const much = Object.values(lead).flatMap(({ sigmoid, tanh }) => [sigmoid >= 2, tanh >= 2]);
  if (much.every(Boolean)) return "holds";
  return much.some(Boolean) ? "holds when" : "does not hold here";
}

interface Best {
  readonly rate: number;
  readonly steps: readonly number[];
  readonly testSteps: readonly number[];
}

async function measure(seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const tried = quick ? [0.3, 1] : rates;
  const limit = quick ? 600 : most;
  const curveLength = quick ? 200 : curveSteps;
  work.plan(seeds.length * Object.keys(nets).length * Object.keys(kinds).length * (tried.length + 1));
  const best = new Map<string, Best>();
  const curves = new Map<string, number[][]>();
  for (const net of Object.keys(nets) as Net[]) {
    for (const kind of Object.keys(kinds) as Kind[]) {
      const choices: Best[] = [];
      for (const rate of tried) {
        const [steps, testSteps]: [number[], number[]] = [[], []];
        for (const seed of seeds) {
          const found = await accuracies(net, kind, rate, seed, limit, true, work);
          steps.push(stepsIn(found.training, goal));
          testSteps.push(stepsIn(found.test, testGoal));
          await work.part();
        }
        choices.push({ rate, steps, testSteps });
      }
      const chosen = choices.reduce((a, b) => (median(b.steps) < median(a.steps) ? b : a));
      best.set(`${net} ${kind}`, chosen);
      for (const seed of seeds) {
        const { training: curve } = await accuracies(net, kind, chosen.rate, seed, curveLength, false, work);
        curves.set(`${net} ${kind}`, [...(curves.get(`${net} ${kind}`) ?? []), curve]);
        await work.part();
      }
    }
  }
  const steps = (net: Net, kind: Kind) => median(best.get(`${net} ${kind}`)?.steps ?? []);
  const leadOf = (net: Net) => ({
    sigmoid: steps(net, "sigmoid") / steps(net, "relu"),
    tanh: steps(net, "tanh") / steps(net, "relu"),
  });
  const lead: Lead = { shallow: leadOf("shallow"), deep: leadOf("deep") };
  const figures: Record<string, Measured> = {};
  for (const net of Object.keys(nets) as Net[]) {
    for (const kind of Object.keys(kinds) as Kind[]) {
      const { rate, steps: found, testSteps } = best.get(`${net} ${kind}`) as Best;
      figures[`${net} ${kind}`] = medianOf(
        {
          en: `steps to 95%, ${kinds[kind].name}, ${nets[net].name.en}, rate ${rate}`,
          zh: `达到 95% 的步数，${kinds[kind].name}，${nets[net].name.zh}，学习率 ${rate}`,
        },
        found,
      );
      figures[`${net} ${kind} test`] = medianOf(
        {
          en: `steps to 90% of other writers' digits, ${kinds[kind].name}, ${nets[net].name.en}`,
          zh: `对他人笔迹达到 90% 的步数，${kinds[kind].name}，${nets[net].name.zh}`,
        },
        testSteps,
      );
    }
  }
  const said3 = (net: Net) => (["relu", "tanh", "sigmoid"] as const).map((kind) => reached(steps(net, kind)));
  const [shallow, deep] = [said3("shallow"), said3("deep")];
  const times = (value: number) => (Number.isFinite(value) ? `${said(value)}×` : "∞");
  const sentence: Text = {
    en: `Each at its best rate, 95% of the digits learned from takes ReLU, tanh and sigmoid ${shallow.join(", ")} steps with one hidden layer and ${deep.join(", ")} with four: ReLU is ${times(lead.shallow.sigmoid)} and ${times(lead.deep.sigmoid)} as fast as sigmoid, ${times(lead.shallow.tanh)} and ${times(lead.deep.tanh)} as fast as tanh.`,
    zh: `各取最佳学习率，对所学数字达到 95% 所需步数（ReLU、tanh、sigmoid）：一个隐藏层时为 ${shallow.join("、")}，四个隐藏层时为 ${deep.join("、")}；ReLU 的速度是 sigmoid 的 ${times(lead.shallow.sigmoid)} 与 ${times(lead.deep.sigmoid)}，是 tanh 的 ${times(lead.shallow.tanh)} 与 ${times(lead.deep.tanh)}。`,
  };
  return { verdict: verdictOf(lead), sentence, figures, charts: [chart(best, curves, lead, limit)] };
}

function reached(steps: number): string {
  return Number.isFinite(steps) ? String(steps) : "∞";
}

function chart(
  best: ReadonlyMap<string, Best>,
  curves: ReadonlyMap<string, readonly (readonly number[])[]>,
  lead: Lead,
  limit: number,
): Chart {
  const bars = (net: Net): Panel => ({
    kind: "bars",
    title: { en: `Steps to 95%, ${nets[net].name.en}`, zh: `达到 95% 的步数，${nets[net].name.zh}` },
    bars: (Object.keys(kinds) as Kind[]).map((kind) => {
      const { rate, steps } = best.get(`${net} ${kind}`) as Best;
      const center = median(steps);
      const never = { en: `not within ${limit} steps`, zh: `${limit} 步内未达到` };
      const [low, high] = [Math.min(...steps), Math.max(...steps)];
      return {
        name: same(kinds[kind].name),
        color: kinds[kind].color,
        value: Number.isFinite(center) ? center : limit,
        note: Number.isFinite(center) ? { en: `(rate ${rate})`, zh: `（学习率 ${rate}）` } : never,
        ...(Number.isFinite(high) && { low, high }),
      };
    }),
  });
  return {
    title: titleOf(lead),
    panels: [
      bars("shallow"),
      bars("deep"),
      {
        kind: "lines",
        title: { en: "Accuracy while learning, four hidden layers", zh: "学习中的准确率，四个隐藏层" },
        x: { label: { en: "steps of 32 examples", zh: "步数（每步 32 个样本）" } },
        y: { label: same(""), format: "percent", from: 0, to: 1 },
        marks: [{ at: goal, name: same("95%") }],
        series: (Object.keys(kinds) as Kind[]).map((kind) => {
          const rows = curves.get(`deep ${kind}`) ?? [];
          const points = rows[0]?.map((_, i) => i) ?? [];
          const column = (i: number) => rows.map((row) => row[i] as number);
          return {
            name: same(kinds[kind].name),
            color: kinds[kind].color,
            x: points.map((i) => (i + 1) * every),
            values: points.map((i) => mean(column(i))),
            low: points.map((i) => Math.min(...column(i))),
            high: points.map((i) => Math.max(...column(i))),
          };
        }),
      },
    ],
    note: {
      en: "Digits, gradient descent, batches of 32, the same Xavier weights and the same batches; each activation at its best rate of 0.03, 0.1, 0.3, 1, 3. Bars: median, whiskers and bands from least to most.",
      zh: "手写数字，梯度下降，批量 32，Xavier 初始权重与批次都相同；各激活在 0.03、0.1、0.3、1、3 中取最佳学习率。条形为中位数，细线与色带为最小到最大。",
    },
  };
}

function titleOf({ deep }: Lead): Text {
  if (deep.sigmoid < 2) return { en: "ReLU is not much faster here", zh: "此处 ReLU 并不快多少" };
  if (deep.tanh >= 2) {
    return { en: "In a deep network ReLU learns far faster than both", zh: "深度网络中 ReLU 远快于两者" };
  }
  return deep.tanh > 1
    ? {
        en: "In a deep network ReLU leaves sigmoid behind; tanh keeps up",
        zh: "深度网络中 ReLU 把 sigmoid 甩在后面，tanh 跟得上",
      }
    : {
        en: "In a deep network ReLU leaves sigmoid behind, but tanh is faster still",
        zh: "深度网络中 ReLU 把 sigmoid 甩在后面，但 tanh 更快",
      };
}

export const convergence = defineExperiment(
  {
    name: "convergence",
    title: { en: "Speed of convergence", zh: "收敛速度" },
    claim: {
      en: "Networks with ReLU converge much faster than with sigmoid or tanh.",
      zh: "ReLU 的收敛速度远快于 sigmoid 和 tanh。",
    },
    source: {
      en: "Notes, traits of ReLU, 3; erratum 16. Krizhevsky et al. 2012; Glorot et al. 2011.",
      zh: "讲义：ReLU 特点 3；勘误第 16 条。Krizhevsky 等 2012；Glorot 等 2011。",
    },
    protocol: {
      en: "64-32-10 and 64-32-32-32-32-10 on digits, gradient descent, batches of 32, the same Xavier weights and batches for all; steps until 95% of 360 of the examples learned from are named rightly, looked at every 10 steps, at most 2,000; each activation at its best rate of 0.03, 0.1, 0.3, 1, 3.",
      zh: "手写数字，64-32-10 与 64-32-32-32-32-10 网络，梯度下降，批量 32，Xavier 初始权重与批次都相同；看对 360 个所学样本达到 95% 所需步数，每 10 步检查一次，至多 2,000 步；各激活在 0.03、0.1、0.3、1、3 中取最佳学习率。",
    },
    rule: {
      en: "Much faster: at most half the steps (medians over seeds). Holds if against sigmoid and tanh in both networks; holds when, if in some of these four comparisons only.",
      zh: "步数不到一半（各种子的中位数）为“远快于”。若两种网络中对 sigmoid 与 tanh 都如此，则成立；若四个比较中只有部分如此，则有条件成立。",
    },
  },
  measure,
);
