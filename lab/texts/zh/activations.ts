import type { ActivationsTexts } from "../en/activations.js";

export const zh: ActivationsTexts = {
  title: "激活函数",
  lead: "函数曲线、导函数曲线，以及各自的短处。",
};
