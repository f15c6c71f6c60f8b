import type { LossName } from "../../nn/index.js";
import { sigmoid } from "../../ops/sigmoid.js";
import { softmax } from "../../ops/softmax.js";
import type { Formula, Tensor } from "../../tensor/index.js";
import { cachedFor } from "../cache.js";
import type { ExplainedStep, Factor } from "../explanation.js";
import { type LossFormula, lossFormulas } from "../loss-formulas.js";
import { joined, tidied, written } from "../numbers.js";
import { type Scene, widthOf } from "../scene.js";
import { entry, inSymbols, optionSymbols, symbolOf } from "../symbols.js";
import { close, literal, open } from "./operators.js";

/** Numbers a written sum holds before its middle is left out. */
const mostTerms = 4;

/** Everything the account of a loss needs: the prediction y, the target, and what the mean divides by. */
interface LossScene {
  readonly formula: LossFormula;
  /** Whether the plain formula is the whole loss: no class weights, smoothing or the like. */
  readonly plain: boolean;
  readonly y: string;
  readonly ys: Float64Array;
  readonly t: string;
  readonly ts: Float64Array;
  readonly width: number;
  /** 1 for a sum. */
  readonly divisor: number;
  readonly options: readonly (readonly [string, Formula])[];
}

export function lossScene(scene: Scene): LossScene {
  const { loss, batch } = scene.subject;
  const formula = lossFormulas[loss.name];
  const { reduction = "mean", delta = 1, ...others } = loss.options;
  const width = widthOf(scene.output);
  const oneHot = [...scene.forward].find((node) => scene.nameOf(node) === "T");
  const ts = scene.valueOf(oneHot ?? scene.t);
  const inside = formula.inside && scene.evaluate((formula.inside === "softmax" ? softmax : sigmoid)(scene.output));
  const sums = Array.from({ length: batch }, (_, i) =>
    ts.subarray(i * width, (i + 1) * width).reduce((a, b) => a + b, 0),
  );
  const isDistribution = formula.inside !== "softmax" || sums.every((sum) => Math.abs(sum - 1) < 1e-12);
  return {
    formula,
    plain: isPlain(others) && isDistribution,
    y: inside === undefined ? scene.nameOf(scene.output) : "Y",
    ys: inside ?? scene.valueOf(scene.output),
    t: oneHot === undefined ? "t" : "T",
    ts,
    width,
    divisor: reduction === "sum" ? 1 : formula.meanOver === "examples" ? batch : batch * width,
    options: [...optionSymbols({ delta: delta as number }, (value) => scene.arithmetic.factor(value))],
  };
}

function isPlain({
  leaveOut,
  labelSmoothing = 0,
  classWeights,
  positiveWeight = 1,
}: Readonly<Record<string, unknown>>) {
  return leaveOut !== true && labelSmoothing === 0 && classWeights === undefined && positiveWeight === 1;
}

export function lossForward(scene: Scene): ExplainedStep[] {
  const about = lossScene(scene);
  const { formula, plain, y, t, width, divisor } = about;
  const name = scene.subject.loss.name;
  const value = scene.valueOf(scene.loss);
  const feature = width === 1 ? 1 : "j";
  const [yij, tij] = [scene.batchSymbol(y, "i", feature), scene.batchSymbol(t, "i", feature)];
  const sums = width === 1 ? literal("Σᵢ ", "\\sum_i ") : literal("Σᵢ Σⱼ ", "\\sum_i \\sum_j ");
  const term = inSymbols(
    formula.term,
    new Map([
      ["y", yij],
      ["t", tij],
    ]),
  );
  const share: Formula = divisor === 1 ? literal("") : literal(`1/${divisor}·`, `\\frac{1}{${divisor}} `);
  const pieces = plain
    ? [share, sums, open, term, close]
    : [
        literal(`${name}(`, `\\operatorname{${name}}(`),
        scene.batchFactor(scene.nameOf(scene.output), scene.output.shape),
        literal(", "),
        symbolOf(t),
        close,
      ];
  return [
    ...insideStep(scene, about),
    scene.step({
      name: "loss",
      phase: "forward",
      kind: "loss",
      shape: [],
      data: value,
      perExample: false,
      pieces,
      ...(plain && {
        element: {
          at: [],
          symbols: written(symbolOf("loss"), " = ", share, sums, open, term, close),
          numbers: lossNumbers(scene, about),
          value: value[0] as number,
        },
      }),
      says: lossSays(divisor, scene.subject.batch, width, formula),
    }),
  ];
}

/** The softmax or sigmoid that the loss does itself, shown because the reader wants to see the probabilities. */
function insideStep(scene: Scene, { formula, ys, y }: LossScene): ExplainedStep[] {
  const { inside } = formula;
  if (inside === undefined) return [];
  const z = scene.nameOf(scene.output);
  return [
    scene.step({
      name: y,
      phase: "forward",
      kind: "loss",
      shape: scene.output.shape,
      data: ys,
      perExample: true,
      pieces: [literal(`${inside}(`, `\\operatorname{${inside}}(`), scene.batchFactor(z, scene.output.shape), close],
      says:
        inside === "softmax"
          ? {
              en: `What the network says: each example's outputs as probabilities with sum 1. The loss does this itself, in one stable step with the logarithm.`,
              zh: `网络的回答：每个样本的输出变成和为 1 的概率。这一步由损失函数自己完成，与取对数合成数值稳定的一步。`,
            }
          : {
              en: `What the network says: a probability. The loss does this itself, in one stable step with the logarithm.`,
              zh: `网络的回答：一个概率。这一步由损失函数自己完成，与取对数合成数值稳定的一步。`,
            },
    }),
  ];
}

function lossNumbers(scene: Scene, about: LossScene): Formula {
  const { formula, ys, ts, divisor } = about;
  const places = [...ys.keys()].filter((i) => formula.sparse !== true || ts[i] !== 0);
  const term = (i: number) => written(open, numbersOf(scene, about, formula.term, i), close);
  const terms =
    places.length <= mostTerms
      ? places.map(term)
      : [...places.slice(0, mostTerms - 2).map(term), literal("…", "\\dots"), term(places.at(-1) as number)];
  const sum = terms.length === 0 ? literal("0") : joined(terms, " + ", " + ");
  return divisor === 1 ? sum : written(open, sum, close, ` / ${divisor}`);
}

function numbersOf(scene: Scene, { ys, ts, options }: LossScene, formula: Formula, i: number): Formula {
  const { arithmetic } = scene;
  const [y, t] = [arithmetic.factor(ys[i] as number), arithmetic.factor(ts[i] as number)];
  return tidied(inSymbols(formula, new Map([["y", y], ["t", t], ...options])));
}

/** The first gradient of all: of the network's output. */
export function lossBackward(scene: Scene): ExplainedStep[] {
  const about = lossScene(scene);
  const { formula, plain, y, t, width, divisor } = about;
  const output: Tensor = scene.output;
  const name = scene.nameOf(output);
  const gradient = scene.gradientOf(output);
  const data = scene.valueOf(gradient);
  const at = scene.chosen(data);
  const [example, unit] = [Math.floor(at / width), at % width];
  const own = scene.batchEntry(`d${name}`, data, width, example, unit);
  const places = scene.isRow ? [example + 1, unit + 1] : [unit + 1, example + 1];
  const share: Formula = divisor === 1 ? literal("") : literal(`1/${divisor}·`, `\\frac{1}{${divisor}} `);
  const [Y, T]: Factor[] = [scene.batchFactor(y, output.shape), scene.batchFactor(t, output.shape)];
  const whole = inSymbols(
    formula.slope,
    new Map([
      ["y", Y as Formula],
      ["t", T as Formula],
    ]),
  );
  const symbols = new Map([
    ["y", entry(Y as Formula, ...places)],
    ["t", entry(T as Formula, ...places)],
  ]);
  const over = divisor === 1 ? literal("") : literal(` / ${divisor}`);
  return [
    scene.step({
      name: `d${name}`,
      phase: "backward",
      kind: "loss",
      shape: output.shape,
      data,
      perExample: true,
      pieces: plain
        ? y === "Y" || formula.slope.text === "y - t"
          ? [share, open, Y as Factor, literal(" - "), T as Factor, close]
          : [share, open, whole, close]
        : [literal(`∂loss / ∂${name}`, `\\frac{\\partial\\, \\mathrm{loss}}{\\partial ${symbolOf(name).latex}}`)],
      ...(plain && {
        element: {
          at: places,
          symbols: written(own.symbol, " = ", open, inSymbols(formula.slope, symbols), close, over),
          numbers: written(open, numbersOf(scene, about, formula.slope, at), close, over),
          value: own.value,
        },
      }),
      cached: cachedFor(scene, gradient).map((node) => scene.nameOf(node)),
      check: scene.differences.check(output, data, at, places),
      says: lossGradientSays(scene.subject.loss.name, divisor),
    }),
  ];
}

function lossSays(divisor: number, batch: number, width: number, { meanOver }: LossFormula): ExplainedStep["says"] {
  const examples = `${batch} ${batch === 1 ? "example" : "examples"}`;
  if (divisor === 1 && batch * (meanOver === "numbers" ? width : 1) > 1) {
    return {
      en: "One number for the whole batch: the sum of all terms. Nothing is divided, so the gradients grow with the batch.",
      zh: "整批数据只得到一个数：所有项之和。没有除法，所以梯度随批量增大。",
    };
  }
  const count = meanOver === "examples" || width === 1 ? examples : `${batch} × ${width} numbers`;
  const countZh = meanOver === "examples" || width === 1 ? `${batch} 个样本` : `${batch} × ${width} 个数`;
  return {
    en: `One number for the whole batch: the mean over ${count}. The factor 1/${divisor} enters here, once, and nowhere else; every gradient inherits it from here.`,
    zh: `整批数据只得到一个数：对 ${countZh}取平均。系数 1/${divisor} 只在这里出现一次，别处都没有；后面的所有梯度都从这里继承它。`,
  };
}

const first: Readonly<Record<LossName, ExplainedStep["says"]>> = {
  softmaxCrossEntropy: {
    en: "The way back begins. Softmax and cross-entropy together leave the simplest gradient there is: prediction minus target.",
    zh: "反向传播从这里开始。softmax 与交叉熵合在一起，留下最简单的梯度：预测减目标。",
  },
  crossEntropy: {
    en: "The way back begins. Only the right class's probability counts, and the smaller it is, the larger the gradient.",
    zh: "反向传播从这里开始。只有正确类别的概率起作用，而且它越小，梯度越大。",
  },
  binaryCrossEntropy: {
    en: "The way back begins. Sigmoid and cross-entropy together leave prediction minus target.",
    zh: "反向传播从这里开始。sigmoid 与交叉熵合在一起，留下预测减目标。",
  },
  meanSquaredError: {
    en: "The way back begins. The gradient of a square is twice the difference: the further off, the harder the pull.",
    zh: "反向传播从这里开始。平方的梯度是差的两倍：偏得越远，拉得越用力。",
  },
  meanAbsoluteError: {
    en: "The way back begins. Only the sign of the difference counts: near or far, the pull is the same.",
    zh: "反向传播从这里开始。只看差的符号：无论偏多偏少，拉力都一样。",
  },
  huber: {
    en: "The way back begins. Small differences count as a square does, large ones as an absolute value.",
    zh: "反向传播从这里开始。差小时按平方计，差大时按绝对值计。",
  },
};

function lossGradientSays(name: LossName, divisor: number): ExplainedStep["says"] {
  if (divisor === 1) return first[name];
  return {
    en: `${first[name].en} The 1/${divisor} is that of the mean.`,
    zh: `${first[name].zh}其中的 1/${divisor} 来自取平均。`,
  };
}
