import type { TroublesTexts } from "../en/troubles.js";

export const zh: TroublesTexts = {
  title: "常见病症",
  lead: "梯度消失与爆炸、神经元死亡、之字形路径：逐一看见、测量并治好。",
};
