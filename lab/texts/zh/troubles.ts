import { format } from "../../model/format.js";
import type { TroublesTexts } from "../en/troubles.js";

const times = (factor: number) =>
  `$${format(factor, 2)
    .replace("−", "-")
    .replace(/e(.*)$/, "\\cdot 10^{$1}")}$`;

export const zh: TroublesTexts = {
  title: "常见病症",
  lead: "讲义里说了深度网络为什么难训练。这里用本库当场检验每一条：改动任何设置，都会立即重新测量。",
  topic: "病症",
  topics: {
    depth: {
      name: "梯度消失与爆炸",
      title: "梯度消失，梯度爆炸",
      claim: "在深度网络中，sigmoid 的梯度在反向传播途中常常消失，偶尔爆炸。",
      source: "讲义：sigmoid 缺点 1。Hochreiter 1991；Glorot & Bengio 2010。",
      note: "每过一层，梯度都要乘以 $W^{\\mathsf T}$ 和 $g'(z)$。这里让 64 个手写数字通过每层 32 个单元的网络一次，画出 $dZ^{[l]}$ 的长度。虚线是不计权重时 sigmoid 每层 $\\frac14$ 的衰减：权重很大时可以超过它，常用的初始化则不会。试试 ReLU：先用 Xavier，再用 He。",
    },
    zigzag: {
      name: "之字形",
      title: "输出不是零均值",
      claim:
        "若神经元的输入全为正，它的各个权重每次只能一起增大或一起减小，要到别的方向去，只好走之字形。按批训练可以缓解。",
      source: "讲义：sigmoid 缺点 2（其中的符号论证只对单个样本成立）。LeCun 等 1998。",
      note: "一个线性神经元学习两个权重，输入来自两个 sigmoid 单元或两个 tanh 单元。$dw = dz\\cdot x$：当 $x > 0$ 时，两个分量都与 $dz$ 同号。曲线是全部 64 个样本上损失的等高线：sigmoid 的被拉成了一道狭谷。",
    },
    dead: {
      name: "ReLU 死亡",
      title: "不再响应的神经元",
      claim: "学习率过大，可能把 ReLU 单元推到对任何样本都输出 0 的地方；梯度传不过来，它们就再也活不过来。",
      source: "讲义：ReLU 的问题 2，并给出对策：Xavier、减小学习率、Adagrad。He 等 2015。",
      note: "橙线未加对策，蓝线为所选对策，灰线为其余对策。64-64-64-10 网络，1024 个手写数字，四轮，批量 32。对所有样本都输出 0 的隐藏单元算作死亡；训练发散、输出不再是数的也算在内，学习率最大时连 leaky ReLU 也难逃此劫。这里单用 Xavier 作用不大，减小学习率才有效。",
    },
    init: {
      name: "初始化",
      title: "权重从哪里出发",
      claim: "初始权重太小，信号逐层熄灭；太大，则逐层饱和；Xavier 与 He 让信号的幅度大致保持不变。",
      source: "讲义：ReLU 死亡的对策。Glorot & Bengio 2010；He 等 2015。",
      note: "十层、每层 64 个单元的网络，学习之前让 64 个手写数字通过一次。σ 是输出的标准差，∇ 是梯度 $dZ$ 的标准差。横轴范围各图相同，超出的计入两端。He 适合 ReLU，Xavier 适合 tanh。",
    },
    race: {
      name: "优化器赛跑",
      title: "同一起点，五种优化器",
      claim: "在狭谷中，普通梯度下降很慢：横向太陡，纵向太缓。有记忆的或能自动调节学习率的方法走得更快。",
      source: "讲义：对策（Adagrad 等自动调节学习率的算法）。Polyak 1964；Duchi 等 2011；Kingma & Ba 2015。",
      note: "狭谷是 $f = \\frac12(x^2 + 50\\,y^2)$，每条路径都由本库的更新规则逐步算出。手写数字上训练的是 64-32-10 网络，初始权重与批次都相同。各用适合自己的学习率；换一个学习率，名次就可能不同，这也是事实的一部分。",
    },
    adagrad: {
      name: "Adagrad",
      title: "只降不升的学习率",
      claim: "Adagrad 用历次梯度平方和的平方根去除学习率，所以它只会越来越小，哪怕离目标还远。",
      source: "讲义：对策 Adagrad。Duchi 等 2011；RMSprop：Tieleman & Hinton 2012。",
      note: "一个权重被拉向目标，$f = \\frac12(w - c)^2$。橙线是 Adagrad；蓝线是 RMSprop（学习率取其十分之一）：它会淡忘旧梯度，学习率因而能够回升。虚线是目标。",
    },
  },
  measuring: "正在测量……",
  activation: "激活函数",
  init: "初始权重",
  inits: {
    xavier: "Xavier",
    he: "He",
    lecun: "LeCun",
    orthogonal: "正交",
    small: "偏小，σ = 0.01",
    large: "偏大，σ = 1",
    zeros: "全零",
  },
  depth: "隐藏层数",
  otherWeights: "换一组初始权重",
  layer: "层",
  layerNumber: (layer) => `第 ${layer} 层`,
  norm: "dZ 的长度",
  depthChart: "五种激活函数下各层梯度 dZ 的长度（对数坐标）",
  depthSays: (name, depth, factor) => {
    if (!(factor > 0) || !Number.isFinite(factor))
      return `没有梯度能传回来：用 ${name} 时，什么也过不了这 ${depth} 层。`;
    const verdict = factor < 0.01 ? "消失了" : factor > 100 ? "爆炸了" : "保住了";
    return `用 ${name} 时，从第 ${depth} 层回到第 1 层，梯度变为原来的 ${times(factor)} 倍：${verdict}。`;
  },
  perStep: "每步用",
  examples: { 1: "一个样本", 64: "全部 64 个" },
  inputsFrom: (kind) => (kind === "sigmoid" ? "输入来自 sigmoid：全为正" : "输入来自 tanh：零均值"),
  planeLabel: (kind) => `输入来自 ${kind} 时，两个权重走向目标的路径`,
  zigzagSays: (sigmoid, tanh, sDetour, tDetour) =>
    `两个权重被推向同一方向的步数：sigmoid 占 ${sigmoid}，tanh 占 ${tanh}。所走路程与直线距离之比：sigmoid 为 ${sDetour}，tanh 为 ${tDetour}。`,
  rate: "学习率",
  remedy: "对策",
  remedies: {
    none: "无（He）",
    xavier: "Xavier",
    slower: "学习率减为十分之一",
    adagrad: "Adagrad",
    leaky: "leaky ReLU",
  },
  deadChart: "死亡的隐藏单元所占比例随学习率的变化，不加对策与加对策",
  deadShare: "死亡比例",
  deadSays: (rate, untreated, remedy, treated) =>
    `学习率为 ${rate} 时，训练后有 ${untreated} 的隐藏单元死亡${remedy === undefined ? "。" : `；采用对策「${remedy}」时为 ${treated}。`}`,
  histograms: "各层在各种初始权重下的直方图",
  histogram: (init, layer, deviation) => `第 ${layer} 层输出的直方图，初始权重 ${init}：标准差 ${deviation}`,
  initSays: (name, rows) =>
    `用 ${name} 时，从第 1 层到第 10 层，输出的标准差变为原来的 ${rows.map(({ init, factor }) => `${times(factor)} 倍（${init}）`).join("、")}。`,
  track: "赛道",
  tracks: { ravine: "狭谷", digits: "手写数字" },
  step: "步数",
  start: "开始",
  pause: "暂停",
  toTheEnd: "直接看结果",
  loss: "损失",
  height: "高度",
  atRate: (rate) => `学习率 ${rate}`,
  ravineChart: "五种优化器沿狭谷而下的路径",
  digitsChart: "五种优化器在手写数字上的损失随步数的变化（十步平均）",
  ravineSays: (step, first) => `走了 ${step} 步，${first} 的位置最低。`,
  digitsSays: (step, first) => `走了 ${step} 步，${first} 的损失最小。`,
  adaRate: "Adagrad 的学习率",
  goal: "目标",
  goals: { stays: "不动", moves: "中途移动" },
  effective: "有效学习率",
  effectiveChart: "Adagrad 与 RMSprop 的有效学习率随步数的变化（对数坐标）",
  place: "权重 w",
  placeChart: "Adagrad 与 RMSprop 下权重走向目标的过程",
  adagradSays: (fallen, adagrad, rmsprop) =>
    `Adagrad 的有效学习率已降到最初的 ${format(fallen, 2)} 分之一。最后它离目标还有 ${adagrad}，RMSprop 还有 ${rmsprop}。`,
};
