import { wasm } from "../engines/index.js";
import { activationTitles as titles } from "../explain/index.js";
import { same, type Text } from "../language/index.js";
import {
  type ActivationName,
  activations,
  dense,
  type LayerLike,
  network,
  softmaxCrossEntropy,
  xavierUniform,
} from "../nn/index.js";
import { sgd } from "../optim/index.js";
import { Session } from "../train/index.js";
import { timeActivation, timedActivations, timeRuns } from "./activation-cost.js";
import type { Chart } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { type Measured, medianOf, percent, said } from "./statistics.js";

/** Widths and batch of the steps whose whole time is measured. */
const steps = {
  small: { widths: [64, 64, 10], batch: 32, name: same("64-64-10 × 32") },
  middle: { widths: [784, 128, 10], batch: 64, name: same("784-128-10 × 64") },
  large: { widths: [784, 512, 512, 10], batch: 128, name: same("784-512-512-10 × 128") },
} as const;
type Size = keyof typeof steps;
const compared = ["sigmoid", "tanh", "relu"] as const satisfies readonly ActivationName[];

/** A training step of forward, backward and update, opened to be timed. */
async function openStep(size: Size, activation: LayerLike | undefined): Promise<Session> {
  const { widths, batch } = steps[size];
  const net = network(
    widths.slice(1).flatMap((width, i): LayerLike[] => {
      const layer = dense(widths[i] as number, width, { init: xavierUniform() });
      return activation === undefined || i === widths.length - 2 ? [layer] : [layer, activation];
    }),
  );
  const description = { network: net, loss: softmaxCrossEntropy(), optimizer: sgd(1e-4), seed: 1 };
  const session = await Session.open(description, { batchSizes: [batch], engine: wasm });
  const { x, t } = session.batch(batch);
  for (let i = 0; i < x.length; i++) x[i] = (i % 97) / 97;
  for (let i = 0; i < t.length; i++) t[i] = i % 10;
  return session;
}

/** Nanoseconds of a step without activation and with each of the compared ones; taken in turns, so that all see the same weather. */
async function timeSteps(size: Size, rounds: number, work: Work): Promise<Record<string, number[]>> {
  const names = ["none", ...compared];
  const sessions = await Promise.all(
    names.map((name) => openStep(size, name === "none" ? undefined : activations[name as (typeof compared)[number]])),
  );
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [i, name] of names.entries()) {
      const session = sessions[i] as Session;
      times[name]?.push(Math.min(...(await timeRuns(() => void session.step(steps[size].batch, 1e-4)))));
      await work.pause();
    }
  }
  for (const session of sessions) session[Symbol.dispose]();
  return times;
}

export interface Costs {
  /** Sigmoid's time a value, forward, divided by ReLU's. */
  readonly alone: number;
  /** How much longer a whole step takes with sigmoid than with ReLU, as a share of it, for the largest network. */
  readonly step: number;
}

export function verdictOf({ alone, step }: Costs): Verdict {
  if (alone < 1.5) return "does not hold here";
  return step >= 0.1 ? "holds" : "holds when";
}

const least = (values: readonly number[]) => Math.min(...values);

async function measure(_seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const sizes = (Object.keys(steps) as Size[]).filter((size) => !quick || size !== "large");
  work.plan(timedActivations.length + sizes.length);
  const figures: Record<string, Measured> = {};
  const alone = new Map<ActivationName, { forward: number; backward: number }>();
  for (const name of timedActivations) {
    const times = await timeActivation(name);
    alone.set(name, { forward: least(times.forward), backward: least(times.backward) });
    for (const way of ["forward", "backward"] as const) {
      figures[`${name} ${way}`] = medianOf(
        {
          en: `${titles[name]}, ${way}, a value`,
          zh: `${titles[name]}，${way === "forward" ? "前向" : "反向"}，每个值`,
        },
        times[way],
        { unit: " ns", timing: true },
      );
    }
    await work.part();
  }
  const extra = new Map<Size, Record<string, number>>();
  for (const size of sizes) {
    const times = await timeSteps(size, quick ? 2 : 5, work);
    const shares = Object.fromEntries(
      compared.map((name) => [name, Math.max(0, 1 - least(times["none"] ?? []) / least(times[name] ?? []))]),
    );
    extra.set(size, { ...shares, against: 1 - least(times["relu"] ?? []) / least(times["sigmoid"] ?? []) });
    for (const name of compared) {
      figures[`${size} ${name}`] = medianOf(
        {
          en: `whole step, ${steps[size].name.en}, ${titles[name]}`,
          zh: `整步，${steps[size].name.zh}，${titles[name]}`,
        },
        (times[name] ?? []).map((nanoseconds) => nanoseconds / 1000),
        { unit: " µs", timing: true },
      );
    }
    await work.part();
  }
  const largest = sizes.at(-1) as Size;
  const [sigmoid, tanh, relu] = compared.map(
    (name) => alone.get(name) ?? { forward: Number.NaN, backward: Number.NaN },
  );
  const costs: Costs = {
    alone: (sigmoid?.forward ?? 0) / (relu?.forward ?? 1),
    step: extra.get(largest)?.["against"] ?? 0,
  };
  const share = (size: Size) => percent(Math.max(0, extra.get(size)?.["against"] ?? 0));
  const sentence: Text = {
    en: `Alone, a sigmoid takes ${said(sigmoid?.forward ?? 0)} ns a value, tanh ${said(tanh?.forward ?? 0)}, ReLU ${said(relu?.forward ?? 0)}: ${said(costs.alone)} times as long. Of a whole training step, sigmoid instead of ReLU takes ${sizes.map((size) => `${share(size)} (${steps[size].name.en})`).join(", ")}.`,
    zh: `单独计算时，sigmoid 每个值 ${said(sigmoid?.forward ?? 0)} ns，tanh ${said(tanh?.forward ?? 0)} ns，ReLU ${said(relu?.forward ?? 0)} ns，相差 ${said(costs.alone)} 倍。放进整个训练步，sigmoid 代替 ReLU 占 ${sizes.map((size) => `${share(size)}（${steps[size].name.zh}）`).join("、")}。`,
  };
  return { verdict: verdictOf(costs), sentence, figures, charts: [chart(alone, extra, costs)] };
}

function chart(
  alone: ReadonlyMap<ActivationName, { readonly forward: number; readonly backward: number }>,
  extra: ReadonlyMap<Size, Readonly<Record<string, number>>>,
  costs: Costs,
): Chart {
  const sorted = [...alone].sort((a, b) => a[1].forward + a[1].backward - b[1].forward - b[1].backward);
  const colors: Readonly<Record<string, number>> = { sigmoid: 1, tanh: 2, relu: 0 };
  const bars = (way: "forward" | "backward") =>
    sorted.map(([name, times]) => ({
      name: same(titles[name]),
      value: times[way],
      ...(colors[name] === undefined ? { quiet: true } : { color: colors[name] }),
    }));
  return {
    title: {
      en: `A sigmoid costs ${said(costs.alone)} times as much as a ReLU, but adds ${costs.step < 0.1 ? "only " : ""}${percent(Math.max(0, costs.step))} to a step`,
      zh: `指数运算使 sigmoid 的计算量是 ReLU 的 ${said(costs.alone)} 倍，但${costs.step < 0.1 ? "只" : ""}占整步的 ${percent(Math.max(0, costs.step))}`,
    },
    panels: [
      {
        kind: "bars",
        title: { en: "Forward, nanoseconds a value", zh: "前向，每个值的纳秒数" },
        bars: bars("forward"),
      },
      {
        kind: "bars",
        title: { en: "Backward, nanoseconds a value", zh: "反向，每个值的纳秒数" },
        bars: bars("backward"),
      },
      {
        kind: "bars",
        title: {
          en: "Share of a training step that sigmoid adds over ReLU",
          zh: "sigmoid 代替 ReLU 所增加的时间占整个训练步的比例",
        },
        format: "percent",
        bars: [...extra].map(([size, shares]) => ({
          name: steps[size].name,
          value: Math.max(0, shares["against"] ?? 0),
          color: 1,
        })),
      },
    ],
    note: {
      en: "This library's wasm engine, float32, one thread; the least of several timings. Measured by the clock: another machine gives other numbers.",
      zh: "本库 wasm 引擎，float32，单线程；取多次计时的最小值。计时结果因机器而异。",
    },
  };
}

export const expCost = defineExperiment(
  {
    name: "exp-cost",
    title: { en: "The cost of exp", zh: "指数运算的代价" },
    claim: {
      en: "The exponential in sigmoid and tanh is expensive and makes training large networks notably slower.",
      zh: "sigmoid 与 tanh 含有指数运算，比较耗时，会较大地增加大型网络的训练时间。",
    },
    source: {
      en: "Notes, faults of the sigmoid, 3; errata 14 and 15.",
      zh: "讲义：sigmoid 缺点 3；勘误第 14、15 条。",
    },
    protocol: {
      en: "The wasm engine, float32, one thread, in processor time. Each activation alone on 32,768 values, forward and backward, least of 7; whole training steps of three networks with sigmoid, tanh, ReLU and without activation, in turns, least of all rounds.",
      zh: "wasm 引擎，float32，单线程，计处理器时间。各激活单独计算 32,768 个值的前向与反向，取 7 次中的最小值；三种网络的整个训练步，激活取 sigmoid、tanh、ReLU 或没有，轮流计时取最小值。",
    },
    rule: {
      en: "Does not hold if a sigmoid takes less than 1.5 times as long as a ReLU; holds if it also makes a step of the largest network at least 10% longer; holds when, if only alone.",
      zh: "若 sigmoid 用时不到 ReLU 的 1.5 倍，则不成立；若还使最大网络的一步至少慢 10%，则成立；若只在单独计算时明显，则有条件成立。",
    },
  },
  measure,
);
