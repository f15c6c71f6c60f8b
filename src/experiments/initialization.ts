import { same, type Text } from "../language/index.js";
import {
  heNormal,
  type Initializer,
  type LayerLike,
  lecunNormal,
  normal,
  orthogonal,
  xavierNormal,
  zeros,
} from "../nn/index.js";
import { relu } from "../ops/relu.js";
import { tanh } from "../ops/tanh.js";
import type { Chart, Panel } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { geometricMean, type Measured, median, medianOf, momentsOf, said } from "./statistics.js";
import { perceptron, Training } from "./training.js";

const [width, depth, batch] = [64, 10, 256];
/** A variance that stays within this factor (sizes: within 10) from the first hidden layer to the last is kept. */
const within = 100;

const starts: Readonly<Record<string, { readonly name: Text; readonly init: Initializer; readonly color?: number }>> = {
  zeros: { name: { en: "zeros", zh: "全零" }, init: zeros() },
  small: { name: { en: "small (0.01)", zh: "过小 (0.01)" }, init: normal({ deviation: 0.01 }) },
  large: { name: { en: "large (1)", zh: "过大 (1)" }, init: normal({ deviation: 1 }) },
  lecun: { name: same("LeCun"), init: lecunNormal() },
  orthogonal: { name: { en: "orthogonal", zh: "正交" }, init: orthogonal() },
  xavier: { name: same("Xavier"), init: xavierNormal(), color: 0 },
  he: { name: same("He"), init: heNormal(), color: 1 },
};
const kinds = { tanh, ReLU: relu } satisfies Record<string, LayerLike>;
type Kind = keyof typeof kinds;

interface Spread {
  /** Variance of A[l] and of dZ[l], l = 1 … depth. */
  readonly signals: readonly number[];
  readonly gradients: readonly number[];
}

async function spreadOf(activation: LayerLike, init: Initializer, seed: number): Promise<Spread> {
  const network = perceptron([64, ...Array.from({ length: depth }, () => width), 10], activation, init);
  using training = await Training.open({ network, seed, batch, preparation: "standardize", look: true, tests: false });
  training.step(0);
  const layers = Array.from({ length: depth }, (_, i) => i + 1);
  return {
    signals: layers.map((layer) => momentsOf(training.read(`A[${layer}]`)).variance),
    gradients: layers.map((layer) => momentsOf(training.read(`dZ[${layer}]`)).variance),
  };
}

/** The factor from layer to layer: of signals on their way forward, of gradients on their way back. */
function factors({ signals, gradients }: Spread): { forward: number; backward: number } {
  const perLayer = (from: number, to: number) => (from === 0 && to === 0 ? 0 : (to / from) ** (1 / (depth - 1)));
  return {
    forward: perLayer(signals[0] as number, signals[depth - 1] as number),
    backward: perLayer(gradients[depth - 1] as number, gradients[0] as number),
  };
}

/** Whether a factor per layer keeps the variance within bounds over all layers. */
export function keeps(factor: number): boolean {
  const total = factor ** (depth - 1);
  return total >= 1 / within && total <= within;
}

export interface Kept {
  readonly xavierTanh: boolean;
  readonly xavierRelu: boolean;
  readonly heRelu: boolean;
}

export function verdictOf({ xavierTanh, xavierRelu, heRelu }: Kept): Verdict {
  if (xavierTanh && xavierRelu) return "holds";
  return xavierTanh && heRelu ? "holds when" : "does not hold here";
}

async function measure(seeds: readonly number[], _quick: boolean, work: Work): Promise<Findings> {
  const spreads = new Map<string, Spread[]>();
  work.plan(seeds.length * Object.keys(kinds).length * Object.keys(starts).length);
  for (const seed of seeds) {
    for (const [kind, activation] of Object.entries(kinds)) {
      for (const [name, { init }] of Object.entries(starts)) {
        const key = `${kind} ${name}`;
        spreads.set(key, [...(spreads.get(key) ?? []), await spreadOf(activation, init, seed)]);
        await work.part();
      }
    }
  }
  const figures: Record<string, Measured> = {};
  const factor = (kind: Kind, name: string, way: "forward" | "backward") =>
    (spreads.get(`${kind} ${name}`) ?? []).map((spread) => factors(spread)[way]);
  for (const kind of Object.keys(kinds) as Kind[]) {
    for (const [name, { name: shown }] of Object.entries(starts)) {
      figures[`${kind} ${name} forward`] = medianOf(
        { en: `signal variance per layer, ${kind}, ${shown.en}`, zh: `信号方差每层的倍数，${kind}，${shown.zh}` },
        factor(kind, name, "forward"),
      );
      figures[`${kind} ${name} backward`] = medianOf(
        { en: `gradient variance per layer, ${kind}, ${shown.en}`, zh: `梯度方差每层的倍数，${kind}，${shown.zh}` },
        factor(kind, name, "backward"),
      );
    }
  }
  const mid = (kind: Kind, name: string, way: "forward" | "backward") => median(factor(kind, name, way));
  const both = (kind: Kind, name: string) => keeps(mid(kind, name, "forward")) && keeps(mid(kind, name, "backward"));
  const kept: Kept = {
    xavierTanh: both("tanh", "xavier"),
    xavierRelu: both("ReLU", "xavier"),
    heRelu: both("ReLU", "he"),
  };
  const total = (kind: Kind, name: string) => said(mid(kind, name, "forward") ** (depth - 1));
  const sentence: Text = {
    en: `With Xavier the variance of the signals changes by ${said(mid("tanh", "xavier", "forward"))} per tanh layer and of the gradients by ${said(mid("tanh", "xavier", "backward"))}; per ReLU layer it is ${said(mid("ReLU", "xavier", "forward"))} (${total("ReLU", "xavier")} is left after ten), while He keeps ${said(mid("ReLU", "he", "forward"))} forward and ${said(mid("ReLU", "he", "backward"))} back. Small weights leave ${total("tanh", "small")}; zeros leave nothing at all.`,
    zh: `Xavier 下，信号方差每过一层 tanh 变为 ${said(mid("tanh", "xavier", "forward"))} 倍，梯度方差变为 ${said(mid("tanh", "xavier", "backward"))} 倍；每过一层 ReLU 为 ${said(mid("ReLU", "xavier", "forward"))} 倍（十层后只剩 ${total("ReLU", "xavier")}），而 He 前向保持 ${said(mid("ReLU", "he", "forward"))} 倍、反向 ${said(mid("ReLU", "he", "backward"))} 倍。权重过小时只剩 ${total("tanh", "small")}；全零则什么也不剩。`,
  };
  return { verdict: verdictOf(kept), sentence, figures, charts: [chart(spreads, kept, mid)] };
}

function chart(
  spreads: ReadonlyMap<string, readonly Spread[]>,
  { xavierTanh, xavierRelu, heRelu }: Kept,
  mid: (kind: Kind, name: string, way: "forward" | "backward") => number,
): Chart {
  const layers = Array.from({ length: depth }, (_, i) => i + 1);
  const lines = (kind: Kind): Panel => ({
    kind: "lines",
    title: { en: `Variance of the signals, ${kind}`, zh: `信号的方差，${kind}` },
    x: { label: { en: "layer", zh: "层" } },
    y: { label: same(""), scale: "log" },
    height: 240,
    series: Object.entries(starts)
      .filter(([name]) => name !== "zeros")
      .map(([name, { name: shown, color }]) => ({
        name: shown,
        x: layers,
        values: layers.map((_, i) =>
          geometricMean((spreads.get(`${kind} ${name}`) ?? []).map(({ signals }) => signals[i] as number)),
        ),
        ...(color === undefined ? { quiet: true } : { color }),
      })),
  });
  const ways = ["forward", "backward"] as const;
  const cells = Object.keys(starts).flatMap((name) =>
    (Object.keys(kinds) as Kind[]).flatMap((kind) => ways.map((way) => mid(kind, name, way))),
  );
  const fits = xavierTanh && heRelu && !xavierRelu;
  return {
    title: fits
      ? {
          en: "Xavier keeps signals alive through tanh, He through ReLU",
          zh: "Xavier 让信号穿过 tanh 不衰减，He 适合 ReLU",
        }
      : { en: "How initial weights scale signals and gradients", zh: "初始权重如何缩放信号与梯度" },
    panels: [
      lines("tanh"),
      lines("ReLU"),
      {
        kind: "heat",
        title: {
          en: "Factor of the variance per layer (1 is ideal; the darker, the worse)",
          zh: "方差每层的倍数（1 最理想，颜色越深越差）",
        },
        rows: { label: { en: "start", zh: "初始化" }, names: Object.values(starts).map(({ name }) => name) },
        columns: {
          label: { en: "signals forward, gradients back", zh: "信号前向，梯度反向" },
          names: [
            { en: "tanh →", zh: "tanh →" },
            { en: "tanh ←", zh: "tanh ←" },
            { en: "ReLU →", zh: "ReLU →" },
            { en: "ReLU ←", zh: "ReLU ←" },
          ],
        },
        // Shaded by how far the logarithm is from 0; a signal that is gone is as far as can be.
        values: cells.map((value) => Math.min(2, Math.abs(Math.log10(value)))),
        texts: cells.map((value) => said(value)),
        from: 0,
        to: 2,
      },
    ],
    note: {
      en: "64-(10 × 64)-10, before training, a batch of 256 digits, each pixel standardized; means over seeds. Glorot & Bengio 2010; He et al. 2015; Saxe et al. 2014.",
      zh: "64-(10 × 64)-10，训练之前，一批 256 个数字，各像素标准化；取各种子均值。Glorot & Bengio 2010；He 等 2015；Saxe 等 2014。",
    },
  };
}

export const initialization = defineExperiment(
  {
    name: "initialization",
    title: { en: "Initialization", zh: "初始化" },
    claim: {
      en: "Xavier initialization keeps the variance of signals and gradients about equal in all layers.",
      zh: "Xavier 初始化使各层信号与梯度的方差大致相等。",
    },
    source: {
      en: "Notes, remedies of the dead ReLU; erratum 18. Glorot & Bengio 2010; He et al. 2015; LeCun et al. 1998; Saxe et al. 2014.",
      zh: "讲义：ReLU 死亡的对策；勘误第 18 条。Glorot & Bengio 2010；He 等 2015；LeCun 等 1998；Saxe 等 2014。",
    },
    protocol: {
      en: "Fresh 64-(10 × 64)-10 networks of tanh and of ReLU, one forward and one backward pass on 256 digits with standardized pixels, seven ways to start: zeros, normal with deviation 0.01 and 1, LeCun, orthogonal, Xavier, He.",
      zh: "新初始化的 64-(10 × 64)-10 网络，激活为 tanh 或 ReLU；对 256 个数字（像素标准化）各做一次前向和反向；七种初始化：全零、标准差 0.01 与 1 的正态、LeCun、正交、Xavier、He。",
    },
    rule: {
      en: "Kept: sizes (standard deviations) stay within a factor of 10 from the first hidden layer to the tenth, forward and back. Holds if Xavier keeps it for tanh and ReLU; holds when, if for tanh only and He keeps it for ReLU.",
      zh: "从第 1 到第 10 个隐藏层，前向与反向的大小（标准差）变化都不超过 10 倍为保持。若 Xavier 对 tanh 与 ReLU 都保持，则成立；若只对 tanh 保持而 He 对 ReLU 保持，则有条件成立。",
    },
  },
  measure,
);
