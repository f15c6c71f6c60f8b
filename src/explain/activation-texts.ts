import type { Text } from "../language/index.js";
import type { ActivationName } from "../nn/index.js";
import type { Formula } from "../tensor/index.js";

/** How each is called in running text. */
export const titles: Readonly<Record<ActivationName, string>> = {
  sigmoid: "sigmoid",
  tanh: "tanh",
  relu: "ReLU",
  leakyRelu: "leaky ReLU",
  elu: "ELU",
  selu: "SELU",
  gelu: "GELU",
  silu: "SiLU (swish)",
  softplus: "softplus",
  softsign: "softsign",
  hardtanh: "hardtanh",
  mish: "Mish",
  softmax: "softmax",
  logSoftmax: "log-softmax",
};

/** Derivatives as a textbook writes them; the tests compare each with `gradients()`. */
export const derivatives: Readonly<Record<ActivationName, Formula>> = {
  sigmoid: { text: "g(x)·(1 - g(x))", latex: "g(x)\\,(1 - g(x))" },
  tanh: { text: "1 - tanh²(x)", latex: "1 - \\tanh^2 x" },
  relu: { text: "1 if x > 0, else 0", latex: "\\mathbf{1}[x > 0]" },
  leakyRelu: { text: "1 if x > 0, else slope", latex: "x > 0\\ ?\\ 1 : \\alpha" },
  elu: { text: "1 if x > 0, else α·e^x", latex: "x > 0\\ ?\\ 1 : \\alpha e^{x}" },
  selu: { text: "λ·(1 if x > 0, else α·e^x)", latex: "\\lambda\\,(x > 0\\ ?\\ 1 : \\alpha e^{x})" },
  gelu: { text: "Φ(x) + x·φ(x)", latex: "\\Phi(x) + x\\,\\varphi(x)" },
  silu: { text: "g(x) + x·g(x)·(1 - g(x))", latex: "g(x) + x\\,g(x)\\,(1 - g(x))" },
  softplus: { text: "g(beta·x)", latex: "g(\\beta x)" },
  softsign: { text: "1 / (1 + |x|)²", latex: "\\frac{1}{(1 + |x|)^2}" },
  hardtanh: { text: "1 if min < x < max, else 0", latex: "\\mathbf{1}[\\text{min} < x < \\text{max}]" },
  mish: {
    text: "t + x·g(x)·(1 - t²), t = tanh(ln(1 + e^x))",
    latex: "t + x\\,g(x)\\,(1 - t^2),\\ t = \\tanh(\\ln(1 + e^{x}))",
  },
  softmax: { text: "yᵢ·(1 - yᵢ) on, -yᵢ·yⱼ off the diagonal", latex: "y_i(\\delta_{ij} - y_j)" },
  logSoftmax: { text: "1 - yᵢ on, -yⱼ off the diagonal", latex: "\\delta_{ij} - y_j" },
};

export interface TraitsAndFaults {
  readonly traits: Text;
  readonly faults: Text;
}

/** What speaks for and against each. Where an experiment measures it, its name stands in brackets. */
export const traits: Readonly<Record<ActivationName, TraitsAndFaults>> = {
  sigmoid: {
    traits: {
      en: "Maps every number to a value between 0 and 1, close to 0 for very negative and close to 1 for very positive input: a probability, the right last layer for two classes.",
      zh: "把任意实数变换到 0 与 1 之间：输入是很大的负数时接近 0，很大的正数时接近 1，可以当作概率，适合二分类的输出层。",
    },
    faults: {
      en: "Its derivative is at most ¼, so gradients shrink from layer to layer [vanishing-gradients]; outputs are all positive, so one example moves all weights of a neuron the same way [zero-centered]; it needs an exponential [exp-cost].",
      zh: "导数最大只有 ¼，梯度逐层缩小［vanishing-gradients］；输出恒正，不是零均值，对单个样本而言同一神经元的权重只能同向更新［zero-centered］；要算指数［exp-cost］。",
    },
  },
  tanh: {
    traits: {
      en: "Zero-centered, with slope 1 at 0: a rescaled sigmoid, tanh(x) = 2·sigmoid(2x) - 1, that lets signals through better.",
      zh: "输出以零为中心，在 0 处斜率为 1；它是拉伸后的 sigmoid：tanh(x) = 2·sigmoid(2x) - 1，信号更容易通过。",
    },
    faults: {
      en: "It still saturates on both sides, so gradients still vanish for large inputs [saturation], and it still needs an exponential.",
      zh: "两侧仍会饱和，输入较大时梯度依然消失［saturation］；仍要算指数。",
    },
  },
  relu: {
    traits: {
      en: "Slope exactly 1 for every positive input, so nothing vanishes there; only a comparison to compute; not differentiable at 0, where the subgradient 0 is taken.",
      zh: "正区间斜率恒为 1，梯度不会消失；只需判断输入是否大于 0；在 0 处不可导，取次梯度 0。",
    },
    faults: {
      en: "Outputs are not zero-centered; a unit that is negative for every example gets no gradient and never comes back [dead-relu]; it wants He initialization [initialization].",
      zh: "输出不是零均值；若某单元对所有样本都为负，就再也得不到梯度而“死亡”［dead-relu］；应配 He 初始化［initialization］。",
    },
  },
  leakyRelu: {
    traits: { en: "A small slope below 0: no unit can die.", zh: "负区间保留很小的斜率，单元不会死亡。" },
    faults: { en: "One more number to choose (the slope).", zh: "多了一个要选的超参数（斜率）。" },
  },
  elu: {
    traits: {
      en: "Smooth at 0 (for α = 1) and negative below, so means stay closer to 0.",
      zh: "在 0 处光滑（α = 1 时），负区间取负值，均值更接近 0。",
    },
    faults: { en: "Saturates below, needs an exponential there.", zh: "负侧饱和，且要算指数。" },
  },
  selu: {
    traits: {
      en: "Constants chosen so that mean 0 and variance 1 reproduce themselves (with LeCun initialization).",
      zh: "常数经过挑选，配 LeCun 初始化时均值 0、方差 1 能自我保持。",
    },
    faults: { en: "The promise holds for plain dense layers only.", zh: "这一性质只对普通全连接网络成立。" },
  },
  gelu: {
    traits: { en: "A smooth ReLU, usual in transformers.", zh: "光滑的 ReLU，Transformer 中常用。" },
    faults: { en: "Not monotone, and needs the normal distribution function.", zh: "不单调，要算正态分布函数。" },
  },
  silu: {
    traits: { en: "A smooth ReLU, x times its own gate.", zh: "光滑的 ReLU：x 乘以自己的门。" },
    faults: { en: "Not monotone, needs an exponential.", zh: "不单调，要算指数。" },
  },
  softplus: {
    traits: { en: "A smooth ReLU whose derivative is the sigmoid.", zh: "光滑的 ReLU，导数正是 sigmoid。" },
    faults: {
      en: "Never 0, mean far from 0, exponential and logarithm.",
      zh: "恒大于 0，均值偏离 0，要算指数和对数。",
    },
  },
  softsign: {
    traits: { en: "Like tanh without an exponential.", zh: "形似 tanh，但不用指数。" },
    faults: { en: "Saturates, though slowly (as 1/x²).", zh: "仍会饱和，但很慢（按 1/x²）。" },
  },
  hardtanh: {
    traits: { en: "tanh from straight pieces: only comparisons.", zh: "分段线性的 tanh，只需比较。" },
    faults: { en: "Outside [-1, 1] the gradient is exactly 0.", zh: "在 [-1, 1] 之外梯度恰为 0。" },
  },
  mish: {
    traits: { en: "Smooth, keeps small negative values.", zh: "光滑，保留较小的负值。" },
    faults: { en: "The most costly of them all.", zh: "这里面计算最贵的一个。" },
  },
  softmax: {
    traits: {
      en: "Turns a row of numbers into probabilities that add up to 1.",
      zh: "把一行数变成和为 1 的概率。",
    },
    faults: {
      en: "For the last layer only; with cross-entropy use the fused loss, whose gradient is y - ŷ.",
      zh: "只用于输出层；与交叉熵合用时应取融合形式，其梯度为 y - ŷ。",
    },
  },
  logSoftmax: {
    traits: { en: "The logarithm of softmax without underflow.", zh: "softmax 的对数，不会下溢。" },
    faults: { en: "Unbounded below; for losses, not for hidden layers.", zh: "下方无界；用于损失，不用于隐藏层。" },
  },
};
