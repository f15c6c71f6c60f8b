import type { ForwardTexts } from "../en/forward.js";

export const zh: ForwardTexts = {
  title: "前向传播",
  lead: "一个神经元、一层、一批样本、一串层：每个数，以及得出它的那一次乘加。",
};
