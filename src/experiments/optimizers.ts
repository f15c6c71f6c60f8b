import { same, type Text } from "../language/index.js";
import { type OptimizerName, optimizers as table } from "../optim/index.js";
import type { Chart } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { type Course, every, most, openDigits, relearn, stepsToGoal, taskSteps, tasks } from "./new-names.js";
import { contour, descend, heightAt, type Point, type Ravine } from "./ravine.js";
import { type Measured, median, medianOf, said } from "./statistics.js";

const names = [
  "sgd",
  "momentum",
  "nesterov",
  "adagrad",
  "rmsprop",
  "adam",
  "adamw",
  "adamax",
  "nadam",
  "radam",
  "adadelta",
] as const satisfies readonly OptimizerName[];
type Name = (typeof names)[number];
/** Those that are shown and that go through the change of the task. */
const main = ["sgd", "momentum", "adagrad", "rmsprop", "adam"] as const satisfies readonly Name[];
type Main = (typeof main)[number];
const shown: Readonly<Record<Name, string>> = {
  sgd: "SGD",
  momentum: "momentum",
  nesterov: "Nesterov",
  adagrad: "Adagrad",
  rmsprop: "RMSProp",
  adam: "Adam",
  adamw: "AdamW",
  adamax: "Adamax",
  nadam: "NAdam",
  radam: "RAdam",
  adadelta: "Adadelta",
};
const colors: Readonly<Record<Main, number>> = { sgd: 1, momentum: 2, adagrad: 0, rmsprop: 3, adam: 5 };

const ravine: Ravine = { curvatures: [1, 50], start: [-4, 0.8] };
const ravineRates = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
/** Down means: a ten-thousandth of the height is left, for good. */
const [down, ravineSteps] = [1e-4, 500];

const digitRates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
/** Steps after which the height stays below the mark; infinite when it does not. */
export function stepsDown(path: readonly Point[]): number {
  const mark = heightAt(ravine, ravine.start) * down;
  const last = path.findLastIndex((point) => !(heightAt(ravine, point) <= mark));
  return last === path.length - 1 ? Number.POSITIVE_INFINITY : last + 1;
}

async function bestDescent(name: Name): Promise<{ rate: number; steps: number; path: readonly Point[] }> {
  let best = { rate: Number.NaN, steps: Number.POSITIVE_INFINITY, path: [] as readonly Point[] };
  for (const rate of ravineRates) {
    const path = await descend(ravine, table[name](rate), ravineSteps);
    const steps = stepsDown(path);
    if (steps < best.steps || best.path.length === 0) best = { rate, steps, path };
  }
  return best;
}

export interface Adapted {
  /** Adagrad's steps divided by SGD's: down the ravine, and on the digits. */
  readonly ravine: number;
  readonly digits: number;
  /** Adagrad's steps to learn the digits under the last of their names, divided by RMSProp's. */
  readonly change: number;
}

export function verdictOf({ ravine: down, digits, change }: Adapted): Verdict {
  if (down > 1 || digits > 1.1) return "does not hold here";
  return change <= 1.5 ? "holds" : "holds when";
}

async function measure(seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const tried = quick ? [0.01, 0.1] : digitRates;
  const kept = quick ? main : names;
  work.plan(kept.length * (1 + tried.length * seeds.length) + main.length * seeds.length);
  const descents = new Map<Name, Awaited<ReturnType<typeof bestDescent>>>();
  const learned = new Map<Name, { rate: number; steps: readonly number[] }>();
  for (const name of kept) {
    descents.set(name, await bestDescent(name));
    await work.part();
    for (const rate of tried) {
      const steps: number[] = [];
      for (const seed of seeds) {
        using training = await openDigits(table[name](rate), seed);
        steps.push(await stepsToGoal(training, 0, quick ? 300 : most, work));
        await work.part();
      }
      const best = learned.get(name);
      if (best === undefined || median(steps) < median(best.steps)) learned.set(name, { rate, steps });
    }
  }
  const courses = new Map<Main, Course[]>();
  for (const name of main) {
    for (const seed of seeds) {
      const course = await relearn(name, learned.get(name)?.rate ?? 0.1, seed, quick ? 4 : tasks, work);
      courses.set(name, [...(courses.get(name) ?? []), course]);
      await work.part();
    }
  }
  const onDigits = (name: Name) => median(learned.get(name)?.steps ?? []);
  const again = (name: Main) => median((courses.get(name) ?? []).map(({ steps }) => steps.at(-1) as number));
  const adapted: Adapted = {
    ravine: (descents.get("adagrad")?.steps ?? 0) / (descents.get("sgd")?.steps ?? 1),
    digits: onDigits("adagrad") / onDigits("sgd"),
    change: again("adagrad") / again("rmsprop"),
  };
  const figures: Record<string, Measured> = {};
  for (const name of kept) {
    const { rate = Number.NaN, steps = Number.NaN } = descents.get(name) ?? {};
    const own = learned.get(name);
    figures[`ravine ${name}`] = medianOf(
      {
        en: `steps down the ravine, ${shown[name]}, rate ${rate}`,
        zh: `走下山谷的步数，${shown[name]}，学习率 ${rate}`,
      },
      [steps],
    );
    figures[`digits ${name}`] = medianOf(
      {
        en: `steps to 95% on digits, ${shown[name]}, rate ${own?.rate}`,
        zh: `数字达到 95% 的步数，${shown[name]}，学习率 ${own?.rate}`,
      },
      own?.steps ?? [],
    );
  }
  for (const name of main) {
    for (const [task, at] of [
      ["first", 0],
      ["last", -1],
    ] as const) {
      figures[`${task} task ${name}`] = medianOf(
        {
          en: `steps to 95%, ${task} names, ${shown[name]}`,
          zh: `达到 95% 的步数，${task === "first" ? "最初" : "最后一次"}命名，${shown[name]}`,
        },
        (courses.get(name) ?? []).map(({ steps }) => steps.at(at) as number),
      );
    }
  }
  const adagrads = courses.get("adagrad") ?? [];
  figures["effective first"] = medianOf(
    { en: "Adagrad's effective rate after 10 steps", zh: "Adagrad 10 步之后的有效学习率" },
    adagrads.map(({ effective }) => effective[0] as number),
  );
  figures["effective last"] = medianOf(
    { en: "Adagrad's effective rate at the end", zh: "Adagrad 最后的有效学习率" },
    adagrads.map(({ effective }) => effective.at(-1) as number),
  );
  figures["effective rises"] = medianOf(
    { en: "times an effective rate rose", zh: "有效学习率上升的次数" },
    adagrads.map(({ rises }) => rises),
  );
  const center = (key: string) => figures[key]?.center ?? Number.NaN;
  const named = (name: Main, language: "en" | "zh" = "en") => {
    const steps = again(name);
    if (Number.isFinite(steps)) return language === "en" ? `${steps} steps` : `${steps} 步`;
    return language === "en" ? `more than ${taskSteps} steps` : `${taskSteps} 步以上`;
  };
  const sentence: Text = {
    en: `Down the ravine Adagrad takes ${said(center("ravine adagrad"))} steps and SGD ${said(center("ravine sgd"))}, on digits ${said(center("digits adagrad"))} and ${said(center("digits sgd"))}, each at its best rate. But its effective rate only falls (${said(center("effective rises"))} rises), from ${said(center("effective first"))} to ${said(center("effective last"))}: learning the digits under ever new names takes it ${named("adagrad")} the last time, RMSProp ${named("rmsprop")}, Adam ${named("adam")}, SGD ${named("sgd")}.`,
    zh: `各取最佳学习率，走下山谷 Adagrad 需 ${said(center("ravine adagrad"))} 步，SGD 需 ${said(center("ravine sgd"))} 步；手写数字上为 ${said(center("digits adagrad"))} 与 ${said(center("digits sgd"))} 步。但它的有效学习率只降不升（上升 ${said(center("effective rises"))} 次），从 ${said(center("effective first"))} 降到 ${said(center("effective last"))}：数字一次次改名，最后一次重新学会 Adagrad 需 ${named("adagrad", "zh")}，RMSProp 需 ${named("rmsprop", "zh")}，Adam 需 ${named("adam", "zh")}，SGD 需 ${named("sgd", "zh")}。`,
  };
  return { verdict: verdictOf(adapted), sentence, figures, charts: [chart(descents, courses, adapted)] };
}

function chart(
  descents: ReadonlyMap<Name, { readonly steps: number; readonly path: readonly Point[] }>,
  courses: ReadonlyMap<Main, readonly Course[]>,
  { change }: Adapted,
): Chart {
  const drawn = ["sgd", "momentum", "adagrad", "adam"] as const;
  const effective = (courses.get("adagrad") ?? []).map((one) => one.effective);
  const shortest = Math.min(...effective.map((row) => row.length));
  const points = Array.from({ length: shortest }, (_, i) => i);
  const column = (i: number) => effective.map((row) => row[i] as number);
  return {
    title:
      change > 1.5
        ? {
            en: "Adagrad finds its rates by itself, but they only fall: it learns anew slowly",
            zh: "Adagrad 能自行调节学习率，但只降不升：任务一变就学得慢",
          }
        : { en: "Adagrad finds its rates by itself", zh: "Adagrad 能自行调节学习率" },
    panels: [
      {
        kind: "plane",
        title: { en: "Steps down a ravine, each at its best rate", zh: "走下狭长山谷的步数，各取最佳学习率" },
        x: { label: same("x"), from: -4.4, to: 1.6 },
        y: { label: same("y"), from: -1, to: 1 },
        contours: [0.3, 2, 6, 12, 20].map((height) => contour(ravine, height)),
        paths: drawn.map((name) => ({
          name: {
            en: `${shown[name]} ${descents.get(name)?.steps ?? "–"}`,
            zh: `${shown[name]} ${descents.get(name)?.steps ?? "–"}`,
          },
          color: colors[name],
          points: (descents.get(name)?.path ?? []).slice(0, 41),
        })),
        goal: [0, 0],
        height: 240,
      },
      {
        kind: "lines",
        title: { en: "Steps to 95%, the digits under ever new names", zh: "数字一次次改名，每次达到 95% 的步数" },
        x: { label: { en: "which names", zh: "第几次命名" } },
        y: { label: same(""), from: 0, to: taskSteps },
        marks: [{ at: taskSteps, name: { en: "not reached in 400 steps", zh: "400 步内未达到" } }],
        series: main.map((name) => {
          const rows = (courses.get(name) ?? []).map(({ steps }) => steps.map((one) => Math.min(one, taskSteps)));
          const xs = rows[0]?.map((_, i) => i + 1) ?? [];
          return {
            name: same(shown[name]),
            color: colors[name],
            x: xs,
            values: xs.map((x) => median(rows.map((row) => row[x - 1] as number))),
          };
        }),
      },
      {
        kind: "lines",
        title: { en: "Adagrad's effective rate, rate ÷ √s", zh: "Adagrad 的有效学习率 η ÷ √s" },
        x: { label: { en: "steps", zh: "步数" } },
        y: { label: same(""), from: 0 },
        height: 190,
        series: [
          {
            name: { en: "median weight", zh: "权重中位数" },
            color: 0,
            x: points.map((i) => (i + 1) * every),
            values: points.map((i) => median(column(i))),
            low: points.map((i) => Math.min(...column(i))),
            high: points.map((i) => Math.max(...column(i))),
          },
        ],
      },
    ],
    note: {
      en: "Ravine: ½(x² + 50y²) from (−4, 0.8), the number is the steps until a ten-thousandth of the height is left. Digits: 64-32-10 tanh network, batches of 32; every 400 steps d is called d + 3. Medians, band from least to most. Duchi et al. 2011.",
      zh: "山谷为 ½(x² + 50y²)，起点 (−4, 0.8)，数字为高度降到万分之一所需步数。手写数字：64-32-10 tanh 网络，批量 32；每 400 步把 d 改称 d + 3。取中位数，色带为最小到最大。Duchi 等 2011。",
    },
  };
}

export const optimizersExperiment = defineExperiment(
  {
    name: "optimizers",
    title: { en: "Optimizers", zh: "优化器" },
    claim: {
      en: "Methods such as Adagrad adjust the learning rate by themselves.",
      zh: "Adagrad 等算法能自动调节学习率。",
    },
    source: {
      en: "Notes, remedies of the dead ReLU; erratum 19. Duchi et al. 2011; Tieleman & Hinton 2012; Kingma & Ba 2015.",
      zh: "讲义：ReLU 死亡的对策；勘误第 19 条。Duchi 等 2011；Tieleman & Hinton 2012；Kingma & Ba 2015。",
    },
    protocol: {
      en: "Eleven optimizers down f = ½(x² + 50y²) from (−4, 0.8) in float64, and on digits with a 64-32-10 tanh network (Xavier weights, batches of 32, same start) to 95% of 360 of the digits learned from; each at its best rate of 0.003 to 3 and of 0.001 to 1. Then five of them learn ten tasks in a row, 400 steps each: every digit d is renamed d + 3, weights and memories stay.",
      zh: "十一种优化器在 float64 下从 (−4, 0.8) 走下 f = ½(x² + 50y²)，并在 64-32-10 的 tanh 网络上（Xavier 权重，批量 32，起点相同）学手写数字到 360 个所学样本的 95%；各取最佳学习率（0.003 至 3，0.001 至 1）。再让其中五种连续学十个任务，每个 400 步：每次把数字 d 改名为 d + 3，权重与记忆保留。",
    },
    rule: {
      en: "Does not hold if Adagrad needs more steps than SGD in the ravine or over 1.1 times as many on digits; otherwise holds if under the last names it needs at most 1.5 times the steps of RMSProp, holds when (the task stays the same) if more.",
      zh: "若 Adagrad 在山谷中比 SGD 步数多，或在手写数字上超过 SGD 的 1.1 倍，则不成立；否则，最后一次命名的步数不超过 RMSProp 的 1.5 倍则成立，超过则有条件成立（任务不变时）。",
    },
  },
  measure,
);
