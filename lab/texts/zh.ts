import type { Texts } from "./en.js";

/** 页面本身的文字；各视图的文字见 `zh/<视图>.ts`。 */
export const zh: Texts = {
  lab: "实验室",
  skip: "跳到正文",
  views: "视图",
  menu: "菜单",
  language: "语言",
  theme: "外观",
  themes: { auto: "自动", light: "浅色", dark: "深色" },
  share: "分享",
  shared: "链接已复制：打开它，看到的就是此刻的画面。",
  shareByHand: "本页地址就是链接：打开它，看到的就是此刻的画面。",
  loading: "正在打开……",
  broken: "这个视图没能打开：",
  savePicture: (kind) => `存为 ${kind}`,
  footer: "一切都在本页中运行。您输入、绘制或拖入的内容都不会离开这里。",
  next: "下一节",
  nav: {
    home: "总览",
    forward: "前向传播",
    activations: "激活函数",
    softmax: "Softmax",
    backward: "反向传播",
    troubles: "常见病症",
    playground: "训练场",
  },
};
