import { evaluate } from "../autodiff/index.js";
import type { Preparation } from "../data/index.js";
import { same, type Text } from "../language/index.js";
import { type Initializer, xavierUniform } from "../nn/index.js";
import { tensor } from "../ops/leaves.js";
import { sigmoid } from "../ops/sigmoid.js";
import { sgd } from "../optim/index.js";
import type { Chart } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { type Measured, mean, meanOf, medianOf, percent, said } from "./statistics.js";
import { perceptron, Training, training } from "./training.js";

const [widths, epochs, batch, rate] = [[64, 32, 32, 10], 20, 32, 0.5];
/** A unit is saturated where its slope g(1 - g) is below a twentieth of its peak ¼. */
const steepEnough = 0.25 / 20;
/** Inputs called very negative and very positive, and how close to 0 and 1 the output must come. */
const [far, close] = [10, 1e-4];

interface Setting {
  readonly name: Text;
  readonly init: Initializer;
  readonly preparation: Preparation;
  readonly color?: number;
}

const settings: Readonly<Record<string, Setting>> = {
  usual: { name: { en: "pixels 0 to 1", zh: "像素 0 到 1" }, init: xavierUniform(), preparation: "scale", color: 0 },
  unscaled: {
    name: { en: "pixels 0 to 16", zh: "像素 0 到 16" },
    init: xavierUniform(),
    preparation: "none",
    color: 1,
  },
  large: {
    name: { en: "8 × weights", zh: "8 倍权重" },
    init: xavierUniform({ gain: 8 }),
    preparation: "scale",
    color: 2,
  },
};

interface Course {
  /** Share of saturated outputs of the hidden layers before training and after each epoch. */
  readonly shares: readonly number[];
  /** Mean |dZ| of saturated outputs of layer 1, divided by that of the others, at the start. */
  readonly gradient: number;
  readonly accuracy: number;
}

async function courseOf({ init, preparation }: Setting, seed: number, rounds: number, work: Work): Promise<Course> {
  const network = perceptron(widths, sigmoid, init);
  using learning = await Training.open({ network, seed, batch, preparation, optimizer: sgd(rate) });
  using looking = await Training.open({ network, seed, batch: training.count, preparation, look: true, tests: false });
  const shares = [saturatedShare(looking)];
  const gradient = gradientRatio(looking.read("A[1]"), looking.read("dZ[1]"));
  for (let epoch = 0; epoch < rounds; epoch++) {
    for (let step = 0; step < learning.feed.batches; step++) learning.step();
    looking.session.write(learning.session.weights());
    shares.push(saturatedShare(looking));
    await work.pause();
  }
  return { shares, gradient, accuracy: await learning.testAccuracy() };
}

function isSaturated(output: number): boolean {
  return output * (1 - output) < steepEnough;
}

function saturatedShare(looking: Training): number {
  looking.step(0);
  const outputs = [1, 2].flatMap((layer) => [...looking.read(`A[${layer}]`)]);
  return outputs.filter(isSaturated).length / outputs.length;
}

/** How much smaller gradients are where the unit is saturated. */
export function gradientRatio(outputs: ArrayLike<number>, gradients: ArrayLike<number>): number {
  const sums = { saturated: 0, other: 0 };
  const counts = { saturated: 0, other: 0 };
  for (let i = 0; i < outputs.length; i++) {
    const which = isSaturated(outputs[i] as number) ? "saturated" : "other";
    sums[which] += Math.abs(gradients[i] as number);
    counts[which]++;
  }
  return sums.saturated / counts.saturated / (sums.other / counts.other);
}

export interface Saturated {
  /** Largest distance of sigmoid(-10) from 0 and of sigmoid(10) from 1. */
  readonly distance: number;
  /** Gradient of saturated units against the others. */
  readonly gradient: number;
  /** Share of saturated outputs: the usual network and the one with pixels 0 to 16, before training. */
  readonly usual: number;
  readonly unscaled: number;
}

export function verdictOf({ distance, gradient, usual, unscaled }: Saturated): Verdict {
  if (distance > close || gradient > 0.2) return "does not hold here";
  return unscaled >= 0.1 && usual < unscaled / 2 ? "holds when" : "holds";
}

async function measure(seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const rounds = quick ? 3 : epochs;
  work.plan(seeds.length * Object.keys(settings).length);
  const courses = new Map<string, Course[]>();
  for (const seed of seeds) {
    for (const [name, setting] of Object.entries(settings)) {
      courses.set(name, [...(courses.get(name) ?? []), await courseOf(setting, seed, rounds, work)]);
      await work.part();
    }
  }
  const [low = 0, high = 1] = evaluate(sigmoid(tensor([-far, far]))).data;
  const at = (name: string, epoch: number) => (courses.get(name) ?? []).map(({ shares }) => shares.at(epoch) as number);
  const found: Saturated = {
    distance: Math.max(low, 1 - high),
    gradient: mean((courses.get("unscaled") ?? []).map(({ gradient }) => gradient)),
    usual: mean(at("usual", 0)),
    unscaled: mean(at("unscaled", 0)),
  };
  const figures: Record<string, Measured> = {
    distance: medianOf({ en: "distance of sigmoid(±10) from 0 and 1", zh: "sigmoid(±10) 与 0、1 的距离" }, [
      found.distance,
    ]),
    gradient: meanOf(
      { en: "gradient of saturated units ÷ of the others", zh: "饱和单元的梯度 ÷ 其余单元的梯度" },
      (courses.get("unscaled") ?? []).map(({ gradient }) => gradient),
      { format: "percent" },
    ),
  };
  for (const [name, { name: shown }] of Object.entries(settings)) {
    figures[`${name} before`] = meanOf(
      { en: `saturated before training, ${shown.en}`, zh: `训练前饱和的比例，${shown.zh}` },
      at(name, 0),
      { format: "percent" },
    );
    figures[`${name} after`] = meanOf(
      { en: `saturated after training, ${shown.en}`, zh: `训练后饱和的比例，${shown.zh}` },
      at(name, -1),
      { format: "percent" },
    );
    figures[`${name} accuracy`] = meanOf(
      { en: `test accuracy, ${shown.en}`, zh: `测试准确率，${shown.zh}` },
      (courses.get(name) ?? []).map(({ accuracy }) => accuracy),
      { format: "percent" },
    );
  }
  const after = (name: string) => percent(mean(at(name, -1)));
  const sentence: Text = {
    en: `sigmoid(±10) is within ${said(found.distance)} of 0 and 1, and a saturated unit gets ${percent(found.gradient)} of the gradient of the others. Whether units get there depends on the input: with pixels from 0 to 1 ${percent(found.usual)} of the outputs are saturated before and ${after("usual")} after training, with pixels from 0 to 16 ${percent(found.unscaled)} and ${after("unscaled")}, with eightfold weights ${percent(mean(at("large", 0)))} and ${after("large")}.`,
    zh: `sigmoid(±10) 与 0、1 相差不到 ${said(found.distance)}，饱和单元的梯度只有其余单元的 ${percent(found.gradient)}。是否饱和取决于输入：像素取 0 到 1 时，训练前有 ${percent(found.usual)} 的输出饱和，训练后 ${after("usual")}；像素取 0 到 16 时为 ${percent(found.unscaled)} 与 ${after("unscaled")}；权重放大 8 倍时为 ${percent(mean(at("large", 0)))} 与 ${after("large")}。`,
  };
  return { verdict: verdictOf(found), sentence, figures, charts: [chart(courses, found, rounds)] };
}

function chart(courses: ReadonlyMap<string, readonly Course[]>, found: Saturated, rounds: number): Chart {
  const xs = Array.from({ length: rounds + 1 }, (_, i) => i);
  return {
    title: {
      en: `Unscaled pixels saturate ${percent(found.unscaled)} of the sigmoids before training has begun`,
      zh: `像素不缩放，训练尚未开始就有 ${percent(found.unscaled)} 的 sigmoid 饱和`,
    },
    subtitle: {
      en: "Share of hidden outputs with a slope below 1/20 of the peak",
      zh: "斜率不到最大值 1/20 的隐藏层输出所占比例",
    },
    panels: [
      {
        kind: "lines",
        x: { label: { en: "epochs of training", zh: "训练轮数" } },
        y: { label: same(""), format: "percent", from: 0 },
        series: Object.entries(settings).map(([name, { name: shown, color }]) => {
          const column = (i: number) => (courses.get(name) ?? []).map(({ shares }) => shares[i] as number);
          return {
            name: shown,
            ...(color !== undefined && { color }),
            x: xs,
            values: xs.map((i) => mean(column(i))),
            low: xs.map((i) => Math.min(...column(i))),
            high: xs.map((i) => Math.max(...column(i))),
          };
        }),
      },
      {
        kind: "bars",
        title: { en: "Test accuracy after training", zh: "训练后的测试准确率" },
        format: "percent",
        bars: Object.entries(settings).map(([name, { name: shown, color }]) => ({
          name: shown,
          ...(color !== undefined && { color }),
          value: mean((courses.get(name) ?? []).map(({ accuracy }) => accuracy)),
        })),
      },
    ],
    note: {
      en: "64-32-32-10 sigmoid network on digits, gradient descent at rate 0.5, batches of 32, 20 epochs; both hidden layers, all 1,437 training examples; bands from least to most over seeds.",
      zh: "64-32-32-10 sigmoid 网络，手写数字，学习率 0.5 的梯度下降，批量 32，20 轮；两个隐藏层，全部 1,437 个训练样本；色带为各种子的最小到最大。",
    },
  };
}

export const saturation = defineExperiment(
  {
    name: "saturation",
    title: { en: "Saturation", zh: "饱和" },
    claim: {
      en: "For very negative input the sigmoid gives 0, for very positive input 1; there it hardly learns.",
      zh: "输入是很大的负数时 sigmoid 输出 0，是很大的正数时输出 1；此时几乎学不动。",
    },
    source: {
      en: "Notes, traits of the sigmoid; errata 15 and 20. LeCun et al. 1998; Glorot & Bengio 2010.",
      zh: "讲义：sigmoid 的特点；勘误第 15、20 条。LeCun 等 1998；Glorot & Bengio 2010。",
    },
    protocol: {
      en: "64-32-32-10 sigmoid networks on digits, gradient descent at rate 0.5, batches of 32, 20 epochs: Xavier weights with pixels scaled to [0, 1], with pixels as they are (0 to 16), and with weights eight times as large. Saturated: the slope g(1 − g) is below 1/20 of its peak ¼.",
      zh: "64-32-32-10 sigmoid 网络，手写数字，学习率 0.5 的梯度下降，批量 32，20 轮：Xavier 权重，像素缩放到 [0, 1]；像素保持 0 到 16；权重放大 8 倍。斜率 g(1 − g) 不到最大值 ¼ 的 1/20 为饱和。",
    },
    rule: {
      en: "Does not hold if sigmoid(±10) is farther than 10⁻⁴ from 0 and 1, or saturated units get more than a fifth of the gradient of the others. Otherwise: holds when, if it is unscaled input that saturates (at least a tenth of the outputs, and more than twice as many as usual); holds, if units saturate in any case.",
      zh: "若 sigmoid(±10) 与 0、1 相差超过 10⁻⁴，或饱和单元的梯度超过其余单元的五分之一，则不成立。否则：若主要是未缩放的输入引起饱和（至少十分之一的输出，且超过通常的两倍），则有条件成立；若无论如何都饱和，则成立。",
    },
  },
  measure,
);
