import type { PlaygroundTexts } from "../en/playground.js";

export const zh: PlaygroundTexts = {
  title: "训练场",
  lead: "亲手搭一个网络，看它学习，再把它带走。",
};
