import type { BackwardTexts } from "../en/backward.js";

export const zh: BackwardTexts = {
  title: "反向传播，一步一步来",
  lead: "链式法则的现场：每个梯度的形状、公式与数值。",
};
