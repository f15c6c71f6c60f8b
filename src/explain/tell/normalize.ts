import { divOp } from "../../ops/div.js";
import type { Tensor } from "../../tensor/index.js";
import { cachedFor } from "../cache.js";
import type { ExplainedStep } from "../explanation.js";
import { type Place, type Scene, widthOf } from "../scene.js";
import { symbolOf } from "../symbols.js";
import { literal, times } from "./operators.js";

/** Over what numbers are brought to mean 0 and variance 1, in the formulas' words. */
function over({ layer }: Place) {
  return layer.kind === "batchNorm"
    ? { latex: "\\text{batch}", text: "batch", en: "each feature over the batch", zh: "对每个特征，在整批样本上" }
    : {
        latex: "\\text{features}",
        text: "features",
        en: "each example over its features",
        zh: "对每个样本，在它的各个特征上",
      };
}

/** N = γ ⊙ (Z - μ) / √(σ² + ε) + β. */
export function normalizeForward(scene: Scene, place: Place): ExplainedStep[] {
  const { input, output, number, layer, parts } = place;
  const [z, gamma, beta] = [
    scene.nameOf(input),
    scene.nameOf(parts["gamma"] as Tensor),
    scene.nameOf(parts["beta"] as Tensor),
  ];
  const running = layer.kind === "batchNorm" && !scene.subject.training;
  const words = over(place);
  const standardized = output.inputs[0]?.inputs[0];
  if (standardized?.op === divOp) scene.call(standardized, `x̂[${number}]`);
  return [
    scene.step({
      name: scene.nameOf(output),
      phase: "forward",
      kind: layer.kind,
      layer: number,
      shape: output.shape,
      data: scene.valueOf(output),
      perExample: true,
      pieces: [
        symbolOf(gamma),
        times,
        literal("(", "\\frac{"),
        scene.batchFactor(z, input.shape),
        literal(" - μ) / √(σ² + ε) + ", " - \\mu}{\\sqrt{\\sigma^{2} + \\varepsilon}} + "),
        symbolOf(beta),
      ],
      says: running
        ? {
            en: "In prediction the running averages stand for the batch's mean μ and variance σ².",
            zh: "预测时用训练中维护的滑动平均值代替这一批的均值 μ 和方差 σ²。",
          }
        : {
            en: `Normalization brings ${words.en} to mean 0 and variance 1 (μ and σ² are its mean and variance), then scales by γ and shifts by β, which are learned.`,
            zh: `归一化：${words.zh}，把数变成均值 0、方差 1（μ、σ² 是均值和方差），再乘以 γ、加上 β，二者由训练得到。`,
          },
    }),
  ];
}

/** dγ, dβ, and the gradient of what was normalized. */
export function normalizeBackward(scene: Scene, place: Place): ExplainedStep[] {
  const { input, output, number, layer, parts } = place;
  const [z, n] = [scene.nameOf(input), scene.nameOf(output)];
  const [gamma, beta] = [parts["gamma"] as Tensor, parts["beta"] as Tensor];
  const dN = scene.batchFactor(`d${n}`, output.shape);
  const running = layer.kind === "batchNorm" && !scene.subject.training;
  const standard = literal("x̂", "\\hat{x}");
  const common = { phase: "backward", kind: layer.kind, layer: number } as const;
  const told = (target: Tensor, perExample: boolean, pieces: ExplainedStep["pieces"], says: ExplainedStep["says"]) => {
    const gradient = scene.gradientOf(target);
    const data = scene.valueOf(gradient);
    const at = scene.chosen(data);
    const width = widthOf(target);
    const [row, column] = [Math.floor(at / width) + 1, (at % width) + 1];
    const places = target.shape.length === 1 ? [at + 1] : scene.isRow ? [row, column] : [column, row];
    return scene.step({
      ...common,
      name: `d${scene.nameOf(target)}`,
      shape: target.shape,
      data,
      perExample,
      pieces,
      cached: cachedFor(scene, gradient).map((node) => scene.nameOf(node)),
      check: scene.differences.check(target, data, at, places),
      says,
    });
  };
  const sum = literal("Σᵢ ", "\\textstyle\\sum_i ");
  const each = scene.isRow ? literal("[i,:]", "_{i,:}") : literal("[:,i]", "_{:,i}");
  const axis = over(place);
  const mean = (inside: string, latex: string) =>
    literal(`mean(${inside})`, `\\operatorname{mean}_{${axis.latex}}(${latex})`);
  const g = layer.kind === "batchNorm" ? dN : literal(`d${n} ⊙ γ`, `${dN.latex} \\odot \\gamma`);
  const inside = [
    literal("(", "\\left("),
    g,
    literal(" - "),
    mean(g.text, g.latex),
    literal(" - "),
    standard,
    times,
    mean(`${g.text} ⊙ x̂`, `${g.latex} \\odot \\hat{x}`),
    literal(")", "\\right)"),
  ];
  const front = literal(
    layer.kind === "batchNorm" ? "γ / √(σ² + ε) ⊙ " : "1 / √(σ² + ε) ⊙ ",
    `\\frac{${layer.kind === "batchNorm" ? "\\gamma" : "1"}}{\\sqrt{\\sigma^{2} + \\varepsilon}} \\odot `,
  );
  return [
    told(gamma, false, [sum, literal("("), dN, times, standard, literal(")"), each], {
      en: "γ multiplied the standardized numbers x̂ of every example, so its gradient adds up over the examples.",
      zh: "γ 乘在每个样本标准化后的数 x̂ 上，所以它的梯度对样本求和。",
    }),
    told(beta, false, [sum, dN, each], {
      en: "β was added to every example, like a bias.",
      zh: "β 像偏置一样加到每个样本上。",
    }),
    told(
      input,
      true,
      running
        ? [literal("γ / √(σ² + ε) ⊙ ", "\\frac{\\gamma}{\\sqrt{\\sigma^{2} + \\varepsilon}} \\odot "), dN]
        : [front, ...inside],
      {
        en: running
          ? "With fixed averages the layer is only a scaling, and so is its gradient."
          : `${z} also moves the mean and the variance that it is measured by: two corrections take that back out.`,
        zh: running
          ? "均值和方差固定时，这一层只是缩放，梯度也只是缩放。"
          : `${z} 的变化还会改变均值和方差本身，减去的两项正是对此的修正。`,
      },
    ),
  ];
}
