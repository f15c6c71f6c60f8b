import { takeRows } from "../data/index.js";
import { same, type Text } from "../language/index.js";
import { heNormal, type Initializer, type LayerLike, lecunNormal, xavierNormal } from "../nn/index.js";
import { leakyRelu } from "../ops/leaky-relu.js";
import { relu } from "../ops/relu.js";
import { selu } from "../ops/selu.js";
import { sigmoid } from "../ops/sigmoid.js";
import { tanh } from "../ops/tanh.js";
import type { Chart } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { geometricMean, median, medianOf, norm, percent, said } from "./statistics.js";
import { perceptron, Training, training } from "./training.js";

const [width, depth, batch] = [32, 20, 64];
const firstRows = takeRows(
  training,
  Int32Array.from({ length: batch }, (_, i) => i),
  "64 digits",
);
/** Weights this many times as large as Xavier's. */
const gains = [0.25, 0.5, 1, 2, 4, 8, 16, 32];
/** A gradient that loses (or gains) this factor over ten layers has vanished (exploded). */
const [overLayers, lost] = [10, 100];

interface Setting {
  readonly name: string;
  readonly activation: LayerLike;
  readonly init: Initializer;
}

const settings: readonly Setting[] = [
  { name: "sigmoid, Xavier", activation: sigmoid, init: xavierNormal() },
  { name: "sigmoid, He", activation: sigmoid, init: heNormal() },
  { name: "tanh, Xavier", activation: tanh, init: xavierNormal() },
  { name: "ReLU, Xavier", activation: relu, init: xavierNormal() },
  { name: "ReLU, He", activation: relu, init: heNormal() },
  { name: "leaky ReLU, He", activation: leakyRelu, init: heNormal() },
  { name: "SELU, LeCun", activation: selu, init: lecunNormal() },
];

export interface Pass {
  /** ‖dZ[l]‖ of the hidden layers l = 1 … depth. */
  readonly norms: readonly number[];
  /** ‖dZ[depth]‖ · Π ¼‖W[k]‖ over the layers behind each one: what ‖dZ[l]‖ of a sigmoid network cannot exceed. */
  readonly bounds: readonly number[];
}

/** Forward and backward, once, of a fresh network on one batch of digits. */
export async function backwardNorms(activation: LayerLike, init: Initializer, seed: number): Promise<Pass> {
  const widths = [64, ...Array.from({ length: depth }, () => width), 10];
  const network = perceptron(widths, activation, init);
  using training = await Training.open({ network, seed, data: firstRows, batch, look: true, tests: false });
  training.step(0);
  const norms = Array.from({ length: depth }, (_, i) => norm(training.read(`dZ[${i + 1}]`)));
  const bounds = Array.from({ length: depth }, () => norms[depth - 1] as number);
  for (let i = depth - 2; i >= 0; i--) {
    bounds[i] = 0.25 * spectralNorm(training.read(`W[${i + 2}]`), width) * (bounds[i + 1] as number);
  }
  return { norms, bounds };
}

/** The largest singular value of a square matrix, by power iteration on WᵀW. */
export function spectralNorm(weights: Float64Array, size: number): number {
  let v = new Float64Array(size).fill(1);
  let largest = 0;
  for (let round = 0; round < 300; round++) {
    const next = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      let u = 0;
      for (let j = 0; j < size; j++) u += (weights[i * size + j] as number) * (v[j] as number);
      for (let j = 0; j < size; j++) next[j] = (next[j] as number) + (weights[i * size + j] as number) * u;
    }
    const length = norm(next);
    if (length === 0) return 0;
    const before = largest;
    largest = Math.sqrt(length / norm(v));
    v = next.map((x) => x / length);
    if (Math.abs(largest - before) < 1e-9 * largest) break;
  }
  return largest;
}

/** The factor by which a gradient changes from layer to layer, on its way back. */
function perLayer({ norms }: Pass): number {
  return ((norms[0] as number) / (norms[depth - 1] as number)) ** (1 / (depth - 1));
}

export interface Shares {
  /** Of the weight sizes tried, the share at which a sigmoid network's gradient vanishes, explodes. */
  readonly vanishing: number;
  readonly exploding: number;
  /** Whether it vanishes with the initializations in use. */
  readonly usual: boolean;
}

export function verdictOf({ vanishing, exploding, usual }: Shares): Verdict {
  if (usual && vanishing > 0.5 && exploding < 0.25) return "holds";
  return usual && vanishing > exploding ? "holds when" : "does not hold here";
}

async function measure(seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const swept = quick ? gains.filter((_, i) => i % 2 === 0 || i === gains.length - 1) : gains;
  const kinds = { sigmoid, tanh, ReLU: relu };
  work.plan(seeds.length * (settings.length + 3 * swept.length));
  const passes = new Map<string, Pass[]>();
  const factors = new Map<string, number[][]>();
  for (const seed of seeds) {
    for (const { name, activation, init } of settings) {
      passes.set(name, [...(passes.get(name) ?? []), await backwardNorms(activation, init, seed)]);
      await work.part();
    }
    for (const [kind, activation] of Object.entries(kinds)) {
      const row: number[] = [];
      for (const gain of swept) {
        row.push(perLayer(await backwardNorms(activation, xavierNormal({ gain }), seed)));
        await work.part();
      }
      factors.set(kind, [...(factors.get(kind) ?? []), row]);
    }
  }

  const factorOf = (name: string) => (passes.get(name) ?? []).map(perLayer);
  const all = (factors.get("sigmoid") ?? []).flat();
  const limit = lost ** (1 / overLayers);
  const shares: Shares = {
    vanishing: all.filter((factor) => factor < 1 / limit).length / all.length,
    exploding: all.filter((factor) => factor > limit).length / all.length,
    usual: ["sigmoid, Xavier", "sigmoid, He"].every((name) => median(factorOf(name)) < 1 / limit),
  };
  const sigmoidPasses = [...(passes.get("sigmoid, Xavier") ?? []), ...(passes.get("sigmoid, He") ?? [])];
  const kept = sigmoidPasses.every(({ norms, bounds }) =>
    norms.every((one, i) => one <= (bounds[i] as number) * (1 + 1e-4)),
  );
  const beaten = ["sigmoid, Xavier", "sigmoid, He"].filter((name) => median(factorOf(name)) > 0.25);
  const figures = {
    ...Object.fromEntries(
      settings.map(({ name }) => [
        `factor ${name}`,
        medianOf({ en: `gradient's factor per layer, ${name}`, zh: `梯度每层的倍数，${name}` }, factorOf(name)),
      ]),
    ),
    boundPerLayer: medianOf(
      { en: "bound's factor per layer, ¼‖W‖, sigmoid, Xavier", zh: "上界每层的倍数 ¼‖W‖，sigmoid，Xavier" },
      (passes.get("sigmoid, Xavier") ?? []).map(
        ({ bounds }) => ((bounds[0] as number) / (bounds[depth - 1] as number)) ** (1 / (depth - 1)),
      ),
    ),
    vanishing: medianOf(
      { en: "weight sizes at which sigmoid vanishes", zh: "sigmoid 梯度消失的权重尺度所占比例" },
      [shares.vanishing],
      { format: "percent" },
    ),
    exploding: medianOf(
      { en: "weight sizes at which sigmoid explodes", zh: "sigmoid 梯度爆炸的权重尺度所占比例" },
      [shares.exploding],
      { format: "percent" },
    ),
  };
  const sigmoidFactor = median(factorOf("sigmoid, Xavier"));
  const reluFactor = median(factorOf("ReLU, He"));
  const sentence: Text = {
    en: `Sigmoid keeps ${percent(sigmoidFactor)} of the gradient per layer, so ${said(sigmoidFactor ** (depth - 1))} arrives behind 20 layers; ReLU with He initialization keeps ${percent(reluFactor)}. Over weights from ¼ to 32 times Xavier's, sigmoid vanishes in ${percent(shares.vanishing)} of the cases and explodes in ${percent(shares.exploding)}; the bound ¼ⁿ·∏‖W‖ ${kept ? "is never exceeded" : "is exceeded"}, the bare ¼ⁿ ${beaten.length > 0 ? `is beaten (${beaten.join("; ")})` : "is not beaten at usual weights"}.`,
    zh: `sigmoid 每层只留下 ${percent(sigmoidFactor)} 的梯度，穿过 20 层后只剩 ${said(sigmoidFactor ** (depth - 1))}；ReLU 配 He 初始化每层留下 ${percent(reluFactor)}。权重取 Xavier 的 ¼ 到 32 倍时，sigmoid 有 ${percent(shares.vanishing)} 的情形梯度消失，${percent(shares.exploding)} 爆炸；上界 ¼ⁿ·∏‖W‖ ${kept ? "从未被突破" : "被突破"}，而单独的 ¼ⁿ ${beaten.length > 0 ? `会被突破（${beaten.join("；")}）` : "在常用权重下未被突破"}。`,
  };
  return {
    verdict: verdictOf(shares),
    sentence,
    figures,
    charts: [chart(passes, factors, swept, sigmoidFactor, shares)],
  };
}

function chart(
  passes: ReadonlyMap<string, readonly Pass[]>,
  factors: ReadonlyMap<string, readonly (readonly number[])[]>,
  swept: readonly number[],
  sigmoidFactor: number,
  { exploding }: Shares,
): Chart {
  const back = Array.from({ length: depth }, (_, i) => i);
  const relative = (all: readonly Pass[], which: "norms" | "bounds") =>
    back.map((i) =>
      geometricMean(all.map((pass) => (pass[which][depth - 1 - i] as number) / (pass.norms[depth - 1] as number))),
    );
  const colors: Readonly<Record<string, number>> = { "sigmoid, Xavier": 1, "tanh, Xavier": 2, "ReLU, He": 0 };
  const shown = ["ReLU, He", "SELU, LeCun", "tanh, Xavier", "ReLU, Xavier", "sigmoid, He", "sigmoid, Xavier"];
  return {
    title: {
      en: `Through 20 sigmoid layers, ${said(sigmoidFactor ** (depth - 1))} of the gradient is left`,
      zh: `穿过 20 层 sigmoid，梯度只剩 ${said(sigmoidFactor ** (depth - 1))}`,
    },
    subtitle: {
      en: "Size of the gradient at each layer, compared with the last hidden layer",
      zh: "各层梯度的大小，以最后一个隐藏层为 1",
    },
    panels: [
      {
        kind: "lines",
        x: { label: { en: "layers gone back, from the loss", zh: "从损失往回走过的层数" } },
        y: { label: same("‖dZ[l]‖ / ‖dZ[20]‖"), scale: "log" },
        height: 320,
        series: [
          ...shown.map((name) => ({
            name: same(name),
            x: back,
            values: relative(passes.get(name) ?? [], "norms"),
            ...(colors[name] === undefined ? { quiet: true } : { color: colors[name] }),
          })),
          {
            name: { en: "bound, Xavier", zh: "上界，Xavier" },
            x: back,
            values: relative(passes.get("sigmoid, Xavier") ?? [], "bounds"),
            color: 1,
            dashed: true,
          },
        ],
      },
      {
        kind: "lines",
        title:
          exploding > 0
            ? { en: "With far larger weights even sigmoid explodes", zh: "权重大得多时 sigmoid 也会爆炸" }
            : { en: "Sigmoid explodes at no weight size tried", zh: "所试的权重尺度下 sigmoid 都不爆炸" },
        x: { label: { en: "weights, in multiples of Xavier's", zh: "权重（Xavier 的倍数）" }, scale: "log" },
        y: { label: { en: "factor of the gradient per layer", zh: "梯度每层的倍数" }, scale: "log" },
        marks: [{ at: 1, name: { en: "neither shrinks nor grows", zh: "不增不减" } }],
        series: [...factors].map(([kind, rows]) => {
          const column = (i: number) => rows.map((row) => row[i] as number);
          return {
            name: same(kind),
            x: swept,
            values: swept.map((_, i) => geometricMean(column(i))),
            low: swept.map((_, i) => Math.min(...column(i))),
            high: swept.map((_, i) => Math.max(...column(i))),
            color: { sigmoid: 1, tanh: 2, ReLU: 0 }[kind] ?? 3,
          };
        }),
      },
    ],
    note: {
      en: "64-(20 × 32)-10 on one batch of 64 digits, before any training; geometric means over seeds. Dashed: ¼ⁿ·∏‖W‖, which no sigmoid network can exceed.",
      zh: "64-(20 × 32)-10 网络，训练之前，一批 64 个数字；取各种子的几何平均。虚线为上界 ¼ⁿ·∏‖W‖，任何 sigmoid 网络都不能超过它。",
    },
  };
}

export const vanishingGradients = defineExperiment(
  {
    name: "vanishing-gradients",
    title: { en: "Vanishing gradients", zh: "梯度消失" },
    claim: {
      en: "In deep networks the sigmoid makes gradients vanish often and explode rarely.",
      zh: "深度网络中，sigmoid 使梯度消失的情形较多，梯度爆炸的情形很少。",
    },
    source: {
      en: "Notes, faults of the sigmoid, 1; erratum 12. Hochreiter 1991; Glorot & Bengio 2010.",
      zh: "讲义：sigmoid 缺点 1；勘误第 12 条。Hochreiter 1991；Glorot & Bengio 2010。",
    },
    protocol: {
      en: "Fresh 64-(20 × 32)-10 networks, one forward and one backward pass on a batch of 64 digits; seven pairs of activation and initialization, then sigmoid, tanh and ReLU with weights from ¼ to 32 times Xavier's.",
      zh: "新初始化的 64-(20 × 32)-10 网络，对一批 64 个数字各做一次前向和反向；七种激活与初始化的组合，再让 sigmoid、tanh、ReLU 的权重取 Xavier 的 ¼ 到 32 倍。",
    },
    rule: {
      en: "Vanished: the gradient loses a factor of 100 over ten layers; exploded: it gains one. Holds if sigmoid vanishes with Xavier and He, at more than half of all weight sizes, and explodes at less than a quarter; holds when, if it vanishes more often than it explodes.",
      zh: "十层之内缩小 100 倍为消失，增大 100 倍为爆炸。若 sigmoid 在 Xavier 与 He 下都消失，且在一半以上的权重尺度下消失、不到四分之一爆炸，则成立；若只是消失多于爆炸，则有条件成立。",
    },
  },
  measure,
);
