import type { ForwardTexts } from "../en/forward.js";

const kinds = { X: "输入", W: "权重", b: "偏置" };

export const zh: ForwardTexts = {
  title: "前向传播",
  lead: "一层网络做的事：给输入加权求和，加上偏置，再经过一个非线性函数，即 $z = w \\cdot x + b$，$a = g(z)$。其余只是记账，交给矩阵就好。",
  scene: "看什么",
  scenes: {
    neuron: {
      name: "一个神经元",
      text: "神经元把每个输入乘以权重，相加，再加上偏置，得到 $z$；激活函数 $g$ 把 $z$ 变成输出 $a$。",
    },
    layer: {
      name: "一层",
      text: "三个神经元看同样的两个输入，权重各不相同。每个神经元的权重是 $W$ 的一行，一次矩阵乘法就把三个都算出来。",
    },
    batch: {
      name: "一批样本",
      text: "一次算四个样本，每个样本占一行（或一列）。所有样本共用同一组权重，矩阵只在样本那一维变大。",
    },
    chain: {
      name: "一串层",
      text: "上一层的输出就是下一层的输入。所谓深度网络不过如此：$Z, A, Z, A$，一直算到预测值。",
    },
  },
  convention: "样本按",
  conventions: { row: "行排", column: "列排" },
  activation: "激活函数 g",
  given: (matrix) =>
    `是${kinds[matrix[0] as keyof typeof kinds]}，是给定的，不是算出来的。同时点亮的是它参与计算的那些结果。`,
  hint: "把指针移到任意一个数上，或用方向键移动。输入、权重和偏置都可以改。",
  reset: "恢复最初的数",
  value: "量",
  shapesTitle: "形状：各是多少，为什么",
  shapesLead: "通行的记法有两种，装的数完全一样，只是凡与样本有关的矩阵互为转置；权重和偏置则不变。",
  shapesNote:
    "内侧维数必须相等，外侧维数留下来：$(m \\times n_0)(n_0 \\times n_1)$ 得 $(m \\times n_1)$。讲义中途从按列改成了按行；本库与讲义后半部分一致，样本按行排。",
  cacheTitle: "为反向传播留下了什么",
  cacheLead:
    "反向传播还要用到前向传播中的一些值：除了讲义里说的 z（若由 a 就能求出 g′，则只需 a），还有每一层的输入，都得存下来。训练的内存主要就花在这里。",
  cacheValue: "缓存",
  cacheShape: "形状",
  cacheBytes: "字节",
  cacheUse: "谁要用",
  cacheTotal: (bytes) => `批量为 4 时，按 float32 计共 ${bytes} 字节。批量翻倍，缓存也翻倍。`,
};
