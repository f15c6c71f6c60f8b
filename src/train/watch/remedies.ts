import type { Text } from "../../language/index.js";
import type { Disease } from "./diseases.js";

/** What to do about it. Said alike by the watch and by a training that diverged. */
export const remedies = {
  symmetricStart: () => ({
    en: "start the weights from random numbers (init: xavierUniform, or heNormal for ReLU); zeros are right for biases only",
    zh: "权重要用随机数初始化（init: xavierUniform，ReLU 用 heNormal）；只有偏置才适合取零",
  }),
  unscaledInput: () => ({
    en: 'bring the features to mean 0 and deviation 1 (preparation: "standardize"), or to [0, 1] (preparation: "scale")',
    zh: '把特征标准化为均值 0、标准差 1（preparation: "standardize"），或缩放到 [0, 1]（preparation: "scale"）',
  }),
  rateTooHigh: ({ rate }: { rate: number }) => {
    const lower = shortly(Math.min(rate / 10, 0.1));
    return {
      en: `try ${lower}, or clip the gradients (clip: 1)`,
      zh: `试试 ${lower}，或者裁剪梯度（clip: 1）`,
    };
  },
  explodingGradients: () => ({
    en: "start with smaller weights (heNormal for ReLU, xavierUniform for tanh), clip the gradients (clip: 1), or normalize between layers (batchNorm, layerNorm)",
    zh: "初始权重取小一些（ReLU 用 heNormal，tanh 用 xavierUniform），裁剪梯度（clip: 1），或在层间做归一化（batchNorm、layerNorm）",
  }),
  dyingRelu: ({ rate }: { rate: number }) => ({
    en: `lower the learning rate (${shortly(rate / 10)}), start with biases of 0 and weights by heNormal, or use leakyRelu, which never dies`,
    zh: `降低学习率（${shortly(rate / 10)}），偏置从 0 开始、权重用 heNormal 初始化，或改用不会死亡的 leakyRelu`,
  }),
  vanishingGradients: () => ({
    en: "use relu with heNormal in place of sigmoid or tanh, start with larger weights, normalize between layers (batchNorm, layerNorm), or use fewer layers",
    zh: "用 relu 配 heNormal 代替 sigmoid 或 tanh，初始权重取大一些，在层间做归一化（batchNorm、layerNorm），或减少层数",
  }),
  rateTooLow: ({ rate }: { rate: number }) => ({
    en: `try ${shortly(rate * 10)} to ${shortly(rate * 100)}`,
    zh: `试试 ${shortly(rate * 10)} 到 ${shortly(rate * 100)}`,
  }),
} satisfies Record<Disease, (values: { rate: number }) => Text>;

/** Three digits at most: `0.0123`, `1.2e+7`. */
export function shortly(x: number): string {
  const size = Math.abs(x);
  return size !== 0 && Number.isFinite(size) && (size >= 1e6 || size < 1e-4)
    ? Number(x.toPrecision(2)).toExponential()
    : `${Number(x.toPrecision(3))}`;
}

export function inPercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
