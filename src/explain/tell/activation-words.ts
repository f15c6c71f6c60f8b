import type { Text } from "../../language/index.js";
import type { ActivationName } from "../../nn/index.js";

interface Words {
  forward(z: string, a: string): Text;
  backward(z: string, a: string): Text;
}

/** What an activation does to the numbers, and what its slope does to the gradient. */
const character: Readonly<Record<ActivationName, { does: Text; slope: Text }>> = {
  sigmoid: {
    does: { en: "Any number becomes one between 0 and 1.", zh: "任何数都变成 0 与 1 之间的数。" },
    slope: {
      en: "The slope of the sigmoid is at most 1/4, so each sigmoid on the way back leaves at most a quarter of the gradient. (It is computed from the cached z, as g(z)·g(-z): 1 - g would lose digits where g is nearly 1.)",
      zh: "sigmoid 的斜率最大只有 1/4，所以梯度每往回经过一次 sigmoid，至多剩下四分之一。（实际计算用缓存的 z，写成 g(z)·g(-z)：当 g 接近 1 时，直接算 1 - g 会丢失有效数字。）",
    },
  },
  tanh: {
    does: { en: "Any number becomes one between -1 and 1.", zh: "任何数都变成 -1 与 1 之间的数。" },
    slope: {
      en: "The slope of tanh is 1 at zero and nearly 0 where the unit is saturated, near -1 or 1. (It is computed from the cached z, because 1 - tanh² would lose digits there.)",
      zh: "tanh 在零点的斜率是 1；在接近 -1 或 1 的饱和处，斜率几乎为 0。（实际计算用缓存的 z，因为在那里直接算 1 - tanh² 会丢失有效数字。）",
    },
  },
  relu: {
    does: { en: "Negative numbers become 0, the others stay.", zh: "负数变成 0，其余不变。" },
    slope: {
      en: "Where the unit was on the slope is 1 and the gradient passes whole; where it was off nothing passes.",
      zh: "神经元被激活的地方斜率为 1，梯度原样通过；没有激活的地方斜率为 0，梯度到此为止。",
    },
  },
  leakyRelu: {
    does: { en: "Negative numbers shrink to a small share, the others stay.", zh: "负数只保留一小部分，其余不变。" },
    slope: {
      en: "Even where the unit was off a little of the gradient passes, so no unit can die.",
      zh: "没有激活的地方也有一点梯度通过，所以神经元不会“死掉”。",
    },
  },
  elu: {
    does: { en: "Negative numbers bend smoothly towards -alpha.", zh: "负数平滑地趋向 -alpha，正数不变。" },
    slope: { en: "Below zero the slope fades like e^x.", zh: "在零以下，斜率按 e^x 衰减。" },
  },
  selu: {
    does: {
      en: "Like ELU, scaled so that mean 0 and variance 1 are kept.",
      zh: "与 ELU 相似，但经过缩放，使均值 0、方差 1 得以保持。",
    },
    slope: { en: "Above zero the slope is a little more than 1.", zh: "在零以上，斜率略大于 1。" },
  },
  gelu: {
    does: {
      en: "Each number is weighted by how likely a normal number is smaller.",
      zh: "每个数乘以“标准正态变量小于它”的概率。",
    },
    slope: {
      en: "The slope goes smoothly from 0 to 1, a little beyond both.",
      zh: "斜率从 0 平滑地过渡到 1，两头略有超出。",
    },
  },
  silu: {
    does: { en: "Each number times its own sigmoid.", zh: "每个数乘以自己的 sigmoid。" },
    slope: {
      en: "The slope goes smoothly from 0 to 1, a little beyond both.",
      zh: "斜率从 0 平滑地过渡到 1，两头略有超出。",
    },
  },
  softplus: {
    does: { en: "A ReLU with its corner rounded off.", zh: "把拐角磨圆了的 ReLU。" },
    slope: { en: "The slope of softplus is the sigmoid.", zh: "softplus 的斜率就是 sigmoid。" },
  },
  softsign: {
    does: { en: "Like tanh between -1 and 1, with longer tails.", zh: "与 tanh 一样落在 -1 与 1 之间，但尾部更长。" },
    slope: { en: "The slope falls off as 1/x², more slowly than that of tanh.", zh: "斜率按 1/x² 衰减，比 tanh 慢。" },
  },
  hardtanh: {
    does: { en: "Numbers are kept between two bounds.", zh: "把数限制在上下界之间。" },
    slope: {
      en: "Between the bounds the gradient passes whole, outside nothing passes.",
      zh: "界内梯度原样通过，界外没有梯度。",
    },
  },
  mish: {
    does: { en: "Each number times the tanh of its softplus.", zh: "每个数乘以 tanh(softplus(x))。" },
    slope: {
      en: "The slope goes smoothly from 0 to 1, a little beyond both.",
      zh: "斜率从 0 平滑地过渡到 1，两头略有超出。",
    },
  },
  softmax: {
    does: {
      en: "Each example's numbers become positive numbers with sum 1.",
      zh: "每个样本的一组数变成和为 1 的正数。",
    },
    slope: {
      en: "Each output depends on all of the example's inputs, so the slope is a matrix (the Jacobian, yᵢ(δᵢⱼ - yⱼ)); multiplied out, no matrix is needed.",
      zh: "每个输出都依赖该样本的全部输入，所以“斜率”是一个矩阵（雅可比矩阵 yᵢ(δᵢⱼ - yⱼ)）；但把乘积化简后，并不需要构造这个矩阵。",
    },
  },
  logSoftmax: {
    does: { en: "The logarithms of each example's softmax.", zh: "每个样本 softmax 的对数。" },
    slope: { en: "Each output depends on all of the example's inputs.", zh: "每个输出都依赖该样本的全部输入。" },
  },
};

export function activationWords(name: unknown): Words {
  const known = character[name as ActivationName] as (typeof character)[ActivationName] | undefined;
  const alone = name !== "softmax" && name !== "logSoftmax";
  return {
    forward: (z, a) => ({
      en: `${known?.does.en ?? "A function of your own."} ${alone ? `It acts on each number alone, so ${a} has the shape of ${z}.` : `The shape stays.`}`,
      zh: `${known?.does.zh ?? "你自己的函数。"}${alone ? `它对每个数单独起作用，所以 ${a} 与 ${z} 同形。` : "形状不变。"}`,
    }),
    backward: (z, a) => ({
      en: alone
        ? `The chain rule, number by number: what arrived at ${a} times the slope of the curve at ${z}. ${known?.slope.en ?? ""}`.trimEnd()
        : `The chain rule, example by example. ${known?.slope.en ?? ""}`.trimEnd(),
      zh: alone
        ? `链式法则，逐个数相乘：传到 ${a} 的梯度，乘以曲线在 ${z} 处的斜率。${known?.slope.zh ?? ""}`
        : `链式法则，逐个样本计算。${known?.slope.zh ?? ""}`,
    }),
  };
}
