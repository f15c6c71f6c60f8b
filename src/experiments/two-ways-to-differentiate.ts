import { evaluateAll, gradients, jacobian } from "../autodiff/index.js";
import { wasm } from "../engines/index.js";
import { same, type Text } from "../language/index.js";
import { softmaxCrossEntropy } from "../nn/index.js";
import { constantTensor } from "../ops/constant.js";
import { div } from "../ops/div.js";
import { input } from "../ops/leaves.js";
import { log } from "../ops/log.js";
import { matmul } from "../ops/matmul.js";
import { mul } from "../ops/mul.js";
import { neg } from "../ops/neg.js";
import { reshape } from "../ops/reshape.js";
import { softmax } from "../ops/softmax.js";
import { sum } from "../ops/sum.js";
import { transpose } from "../ops/transpose.js";
import { planGraph } from "../plan/index.js";
import { createRandom, type Random } from "../random/index.js";
import type { Tensor } from "../tensor/index.js";
import { timeRuns } from "./activation-cost.js";
import type { Chart, Panel } from "./chart.js";
import { defineExperiment, type Findings, type Verdict, type Work } from "./experiment.js";
import { type Measured, meanOf, medianOf, said } from "./statistics.js";

const lengths = [4, 8, 16, 32, 64, 128, 256];

/** A derivative worked out in two ways, with numbers to try it on. */
interface TwoWays {
  readonly product: Tensor;
  readonly matrix: Tensor;
  readonly feeds: ReadonlyMap<Tensor, Float64Array>;
}

/** Row 8 of the errata: x → ln x → yᵀ·ln x. The product 1/x ⊙ y, and the diagonal Jacobian transposed times y. */
function logarithm(n: number, random: Random): TwoWays {
  const x = input([n], "x");
  const y = input([n], "y");
  const [product] = gradients(sum(mul(y, log(x))), [x]);
  const matrix = reshape(matmul(transpose(jacobian(log(x), x)), reshape(y, [n, 1])), [n]);
  const numbers = (from: number) => Float64Array.from({ length: n }, () => from + random.uniform());
  return {
    product: product as Tensor,
    matrix,
    feeds: new Map([
      [x as Tensor, numbers(0.5)],
      [y as Tensor, numbers(-0.5)],
    ]),
  };
}

/** Rows 5 to 7: softmax and cross-entropy. The fused y - ŷ, and the full Jacobian of softmax transposed times -ŷ/y. */
function classification(n: number, random: Random): TwoWays {
  const z = input([n], "z");
  const row = reshape(z, [1, n]);
  const hot = new Float64Array(n);
  hot[random.integer(n)] = 1;
  const target = constantTensor([1, n], hot);
  const [product] = gradients(softmaxCrossEntropy(row, target), [z]);
  const probabilities = reshape(softmax(row), [n]);
  const outer = neg(div(reshape(target, [n]), probabilities));
  const matrix = reshape(matmul(transpose(jacobian(probabilities, z)), reshape(outer, [n, 1])), [n]);
  const feeds = new Map([[z as Tensor, Float64Array.from({ length: n }, () => 2 * random.normal())]]);
  return { product: product as Tensor, matrix, feeds };
}

const cases = {
  logarithm: { build: logarithm, name: { en: "yᵀ·ln x: 1/x ⊙ y against Jᵀ·y", zh: "yᵀ·ln x：1/x ⊙ y 与 Jᵀ·y" } },
  softmax: {
    build: classification,
    name: { en: "softmax and cross-entropy: y − ŷ against Jᵀ·(−ŷ/y)", zh: "softmax 与交叉熵：y − ŷ 与 Jᵀ·(−ŷ/y)" },
  },
} as const;
type Case = keyof typeof cases;
const routes = ["product", "matrix"] as const;
type Route = (typeof routes)[number];

/** Largest |a - b| / max(1, |a|, |b|), in float64. */
function difference({ product, matrix, feeds }: TwoWays): number {
  const [a, b] = evaluateAll([product, matrix], feeds);
  return Math.max(
    ...Array.from(a?.data ?? [], (value, i) => {
      const other = b?.data[i] as number;
      return Math.abs(value - other) / Math.max(1, Math.abs(value), Math.abs(other));
    }),
  );
}

interface Cost {
  /** Of the whole computation as it is planned: inputs, intermediate values, result (float32). */
  readonly bytes: number;
  readonly nanoseconds: readonly number[];
}

async function costOf(derivative: Tensor, feeds: TwoWays["feeds"]): Promise<Cost> {
  const plan = planGraph({ outputs: [derivative.named("result")] });
  const device = await wasm.open([plan]);
  for (const [name, values] of plan.initial) {
    const offset = plan.buffers.find((buffer) => buffer.name === name)?.offset;
    if (offset !== undefined) device.arena.set(values, offset);
  }
  for (const [leaf, values] of feeds) {
    const offset = plan.buffers.find((buffer) => buffer.name === leaf.name)?.offset;
    if (offset !== undefined) device.arena.set(values, offset);
  }
  const nanoseconds = await timeRuns(() => void device.run(0));
  device.close();
  return { bytes: plan.length * 4, nanoseconds };
}

/** The power p in cost ≈ c·n^p, by least squares on logarithms. */
export function growth(ns: readonly number[], costs: readonly number[]): number {
  const [xs, ys] = [ns.map(Math.log), costs.map(Math.log)];
  const [mx, my] = [xs.reduce((a, b) => a + b) / xs.length, ys.reduce((a, b) => a + b) / ys.length];
  const above = xs.reduce((total, x, i) => total + (x - mx) * ((ys[i] as number) - my), 0);
  return above / xs.reduce((total, x) => total + (x - mx) ** 2, 0);
}

/** Largest difference of the two ways, by case. */
export function verdictOf(differences: Readonly<Record<Case, number>>): Verdict {
  const equal = Object.values(differences).filter((one) => one <= 1e-12).length;
  return equal === 2 ? "holds" : equal === 1 ? "holds when" : "does not hold here";
}

async function measure(seeds: readonly number[], quick: boolean, work: Work): Promise<Findings> {
  const ns = quick ? lengths.slice(0, 4) : lengths;
  const names = Object.keys(cases) as Case[];
  work.plan(names.length * ns.length * (seeds.length + 2));
  const differences: Record<Case, number[]> = { logarithm: [], softmax: [] };
  const costs = new Map<string, Cost>();
  for (const name of names) {
    for (const seed of seeds) {
      const random = createRandom(seed).stream(name);
      const found: number[] = [];
      for (const n of ns) {
        found.push(difference(cases[name].build(n, random)));
        await work.part();
      }
      differences[name].push(Math.max(...found));
    }
    for (const n of ns) {
      const ways = cases[name].build(n, createRandom(1).stream(name));
      for (const route of routes) {
        costs.set(`${name} ${route} ${n}`, await costOf(ways[route], ways.feeds));
        await work.part();
      }
    }
  }
  const largest = ns.at(-1) as number;
  const cost = (name: Case, route: Route, n: number) => costs.get(`${name} ${route} ${n}`) as Cost;
  const bytes = (name: Case, route: Route) => ns.map((n) => cost(name, route, n).bytes);
  const big = ns.slice(-3);
  const power = (name: Case, route: Route) => growth(big, bytes(name, route).slice(-3));
  const fastest = (name: Case, route: Route) => Math.min(...cost(name, route, largest).nanoseconds);
  const figures: Record<string, Measured> = {};
  for (const name of names) {
    const { name: shown } = cases[name];
    figures[`${name} difference`] = medianOf(
      { en: `largest relative difference, ${shown.en}`, zh: `最大相对差，${shown.zh}` },
      differences[name],
    );
    for (const route of routes) {
      const way = route === "product" ? { en: "product", zh: "乘积" } : { en: "matrix", zh: "矩阵" };
      figures[`${name} ${route} bytes`] = meanOf(
        { en: `memory at n = ${largest}, ${way.en}, ${name}`, zh: `n = ${largest} 时的内存，${way.zh}，${name}` },
        [cost(name, route, largest).bytes],
        { unit: " B" },
      );
      figures[`${name} ${route} growth`] = meanOf(
        { en: `memory grows as n to the power of, ${way.en}, ${name}`, zh: `内存随 n 增长的幂次，${way.zh}，${name}` },
        [power(name, route)],
      );
      figures[`${name} ${route} time`] = medianOf(
        { en: `time at n = ${largest}, ${way.en}, ${name}`, zh: `n = ${largest} 时的用时，${way.zh}，${name}` },
        cost(name, route, largest).nanoseconds.map((one) => one / 1000),
        { unit: " µs", timing: true },
      );
    }
  }
  const worst = Math.max(...names.flatMap((name) => differences[name]));
  const ratio = (name: Case) => said(cost(name, "matrix", largest).bytes / cost(name, "product", largest).bytes);
  const slower = (name: Case) => said(fastest(name, "matrix") / fastest(name, "product"));
  const sentence: Text = {
    en: `Both ways agree to ${said(worst)}. But the matrix's memory grows as n^${said(power("logarithm", "matrix"))}, the product's as n^${said(power("logarithm", "product"))}: at n = ${largest} the matrix takes ${ratio("logarithm")} times the memory and ${slower("logarithm")} times as long (softmax: ${ratio("softmax")} and ${slower("softmax")} times).`,
    zh: `两种算法相差不超过 ${said(worst)}。但矩阵算法的内存按 n^${said(power("logarithm", "matrix"))} 增长，乘积算法按 n^${said(power("logarithm", "product"))}：n = ${largest} 时矩阵算法的内存是 ${ratio("logarithm")} 倍，用时 ${slower("logarithm")} 倍（softmax 为 ${ratio("softmax")} 倍与 ${slower("softmax")} 倍）。`,
  };
  const verdict = verdictOf({
    logarithm: Math.max(...differences.logarithm),
    softmax: Math.max(...differences.softmax),
  });
  return { verdict, sentence, figures, charts: [chart(ns, cost, ratio("logarithm"))] };
}

function chart(ns: readonly number[], cost: (name: Case, route: Route, n: number) => Cost, ratio: string): Chart {
  const shown: Readonly<Record<Route, Text>> = {
    product: { en: "product", zh: "乘积" },
    matrix: { en: "matrix", zh: "矩阵" },
  };
  const panel = (name: Case, what: "bytes" | "time"): Panel => ({
    kind: "lines",
    title: cases[name].name,
    x: { label: same("n"), scale: "log" },
    y: {
      label: what === "bytes" ? { en: "memory in bytes", zh: "内存（字节）" } : { en: "time in µs", zh: "用时（µs）" },
      scale: "log",
    },
    height: 220,
    series: (["matrix", "product"] as const).map((route, i) => ({
      name: shown[route],
      color: 1 - i,
      x: ns,
      values: ns.map((n) => {
        const { bytes, nanoseconds } = cost(name, route, n);
        return what === "bytes" ? bytes : Math.min(...nanoseconds) / 1000;
      }),
    })),
  });
  return {
    title: {
      en: `The same derivative, but the Jacobian takes ${ratio} times the memory at n = ${ns.at(-1)}`,
      zh: `导数相同，但 n = ${ns.at(-1)} 时雅可比矩阵占用 ${ratio} 倍内存`,
    },
    panels: [
      panel("logarithm", "bytes"),
      panel("logarithm", "time"),
      panel("softmax", "bytes"),
      panel("softmax", "time"),
    ],
    note: {
      en: "Memory: the arena of the whole computation as planned. Time: wasm engine, float32, one thread, least of 7; measured by the clock.",
      zh: "内存为整个计算按计划所用的存储；用时为 wasm 引擎、float32、单线程，取 7 次中的最小值，为计时结果。",
    },
  };
}

export const twoWays = defineExperiment(
  {
    name: "two-ways-to-differentiate",
    title: { en: "Two ways to differentiate", zh: "求导的两种想法" },
    claim: {
      en: "The elementwise product 1/x ⊙ y and the diagonal Jacobian transposed times y are the same derivative.",
      zh: "逐元素乘积 1/x ⊙ y 与对角雅可比矩阵的转置乘以 y，是同一个导数。",
    },
    source: {
      en: "Notes, x → log x → yᵀx; errata 5 to 8. Griewank & Walther 2008.",
      zh: "讲义：x → log x → yᵀx；勘误第 5 至 8 条。Griewank & Walther 2008。",
    },
    protocol: {
      en: "For n from 4 to 256, random x, y and logits: the gradient by reverse walk and by the full Jacobian, for yᵀ·ln x and for softmax with cross-entropy. Compared in float64; memory and time of the planned computation in the wasm engine.",
      zh: "n 从 4 到 256，随机的 x、y 与 logits：对 yᵀ·ln x 和 softmax 加交叉熵，分别用反向传播与完整雅可比矩阵求梯度。数值在 float64 中比较；内存与用时取自 wasm 引擎中的计算。",
    },
    rule: {
      en: "Holds if both ways agree to 10⁻¹² (relative, or absolute below 1) in both examples for all n and seeds; holds when, if in one of them.",
      zh: "若两个例子中，对所有 n 与种子两种算法都相差不超过 10⁻¹²（小于 1 的数取绝对差），则成立；若只有一个例子如此，则有条件成立。",
    },
  },
  measure,
);
