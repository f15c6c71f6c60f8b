import type { SoftmaxTexts } from "../en/softmax.js";

export const zh: SoftmaxTexts = {
  title: "Softmax 与交叉熵",
  lead: "从 logits 到概率，再到损失；以及梯度为什么如此简单：y − t。",
};
