import type { Text } from "../../language/index.js";

/** What a training can suffer from, causes before consequences. */
export const diseases = {
  symmetricStart: { en: "symmetric start", zh: "对称的初始值" },
  unscaledInput: { en: "unscaled input", zh: "输入未缩放" },
  rateTooHigh: { en: "learning rate too high", zh: "学习率过大" },
  explodingGradients: { en: "exploding gradients", zh: "梯度爆炸" },
  dyingRelu: { en: "dying ReLU", zh: "ReLU 单元死亡" },
  vanishingGradients: { en: "vanishing gradients", zh: "梯度消失" },
  rateTooLow: { en: "learning rate too low", zh: "学习率过小" },
} as const satisfies Record<string, Text>;

export type Disease = keyof typeof diseases;
