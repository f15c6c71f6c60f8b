import type { SoftmaxTexts } from "../en/softmax.js";

export const zh: SoftmaxTexts = {
  title: "Softmax 与交叉熵",
  lead: "网络最后给出的是一组普通的数，叫 logits。softmax 把它们变成概率，交叉熵衡量这些概率离真实答案有多远；两者合在一起求导，结果简单得不能再简单：$y - t$。",
  probabilitiesTitle: "从 logits 到概率",
  probabilitiesLead:
    "起作用的只是 logits 之间的差。拨动其中一个：这一类多得的，正是其他类失去的。标出真实类别，就能看到损失。",
  logits: "logits 与概率",
  target: "真实",
  logit: "logit z",
  probability: "概率 y",
  isTrue: (i) => `真实类别是第 ${i} 类`,
  reach: "滑块范围",
  fewer: "减一类",
  more: "加一类",
  jacobianTitle: "雅可比矩阵：谁增谁减",
  jacobianLead: "第 i 行第 j 列表示：logit $z_j$ 增大时，概率 $y_i$ 变化多快。总共只有两种情形。",
  jacobianLabel: "softmax 的雅可比矩阵：行是概率，列是 logits",
  onDiagonal: "logit 增大，自己的概率随之上升；概率为 ½ 时升得最快。",
  offDiagonal: "其他类的概率都被压低，概率越大的压得越多。",
  jacobianNote:
    "每行、每列之和都是 0：概率之和恒为 1；所有 logits 同加一个数，概率不变。讲义在非对角线处把分子写成 $e^{z_i} \\cdot e^{z_i}$，应为 $e^{z_i} \\cdot e^{z_j}$。",
  waysTitle: "两种求导方法",
  waysLead: "损失为 $H = -\\sum_i t_i \\ln y_i$。求它对 logits 的梯度，可以老老实实乘雅可比矩阵，也可以一步到位。",
  longTitle: "雅可比矩阵乘梯度",
  longCost: (n) => `要做 ${n * n} 次乘法，还要存一个 ${n} × ${n} 的矩阵；若有 1000 类，就是一百万。`,
  longBroken: "有的概率舍入成了 0：−t/y 成为无穷大，0·∞ 得 NaN，这条路走不通了。",
  shortTitle: "合在一起求",
  same: (difference) => `只做减法。两种方法结果一致，最大相差 ${difference}。`,
  shortFine: "只做减法：logits 再大也准确。",
  fallsOut: (j) => `y − t 是怎么来的（以 z${"₁₂₃₄₅₆"[j - 1]} 为例）`,
  fallsOutText:
    "分母里的每个 $y_i$ 都与雅可比矩阵里的 $y_i$ 约掉了，剩下的是目标之和，而它等于 1。讲义的推导停在这之前，走到底就是这个结果。",
  overflowTitle: "计算机为什么要先平移",
  overflowLead:
    "在 float64 中，$z$ 超过 709，$e^z$ 就会溢出。先减去最大的 logit，概率不变，也绝不会溢出。把滑块调到 ±1000 试试。",
  naiveTitle: "照公式直接算",
  naiveFine: "暂时没有问题。让某个 logit 超过 709 看看。",
  naiveBroken: "∞/∞ 得 NaN，训练到此为止。",
  stableTitle: "先减去最大值",
  stableFine: "最大的幂是 e⁰ = 1：无论 logits 多大，都是有限数。",
};
