import type { Text } from "../../language/index.js";
import type { ExplainedPhase, ExplainedStep } from "../explanation.js";

/** The words of the renderings that are not a step's own. */
export const phases: Readonly<Record<ExplainedPhase, Text>> = {
  given: { en: "Given", zh: "已知" },
  forward: { en: "Forward", zh: "前向传播" },
  backward: { en: "Backward", zh: "反向传播" },
  update: { en: "Update", zh: "更新参数" },
};

export const labels = {
  rows: { en: "examples in rows", zh: "一行一个样本" },
  columns: { en: "examples in columns", zh: "一列一个样本" },
  loss: { en: "loss", zh: "损失" },
  cache: { en: "Cache", zh: "缓存" },
  cacheSays: {
    en: "What the backward pass reads of the forward one. It is more than z: dW needs the layer's input a as well.",
    zh: "反向传播要用到的前向结果。不只是 z：计算 dW 还需要这一层的输入 a。",
  },
  shapes: { en: "Shapes", zh: "形状" },
  shapesSay: {
    en: "With examples in rows Z = X·Wᵀ + bᵀ, in columns Z = W·A + b: each is the transpose of the other. A gradient has the shape of its value.",
    zh: "样本按行排列时 Z = X·Wᵀ + bᵀ，按列排列时 Z = W·A + b，两者互为转置。梯度与它对应的量同形。",
  },
  name: { en: "name", zh: "名称" },
  shape: { en: "shape", zh: "形状" },
  bytes: { en: "bytes (float32)", zh: "字节（float32）" },
  usedBy: { en: "used by", zh: "用于" },
  inRows: { en: "in rows", zh: "按行" },
  inColumns: { en: "in columns", zh: "按列" },
  reads: { en: "reads from the cache: ", zh: "读取缓存：" },
  analytic: { en: "this gradient", zh: "这里的梯度" },
  numeric: { en: "central difference", zh: "中心差分" },
  relativeError: { en: "relative error", zh: "相对误差" },
  predicted: { en: "prediction", zh: "预测" },
  truth: { en: "truth", zh: "真值" },
  check: { en: "Check", zh: "校验" },
} as const satisfies Record<string, Text>;

const kinds: Readonly<Record<string, Text>> = {
  dense: { en: "dense", zh: "全连接" },
  activation: { en: "activation", zh: "激活函数" },
  dropout: { en: "dropout", zh: "dropout" },
  batchNorm: { en: "batch normalization", zh: "批归一化" },
  layerNorm: { en: "layer normalization", zh: "层归一化" },
  parameter: { en: "parameter", zh: "参数" },
  state: { en: "running average", zh: "滑动平均" },
  data: { en: "data", zh: "数据" },
  loss: { en: "loss", zh: "损失" },
  optimizer: { en: "optimizer", zh: "优化器" },
};

/** `layer 1, dense`. */
export function placeOf({ layer, kind }: ExplainedStep): Text {
  const known = kinds[kind] ?? { en: kind, zh: kind };
  if (layer === undefined) return known;
  return { en: `layer ${layer}, ${known.en}`, zh: `第 ${layer} 层，${known.zh}` };
}

/** What the check of one gradient came to. */
export function checkSays(check: NonNullable<ExplainedStep["check"]>, digits: (value: number) => string): Text {
  const at = check.at.length === 0 ? "" : `[${check.at.join(",")}]`;
  const all = check.compared === check.entries;
  const kinks = {
    en: check.atKinks === 0 ? "" : `, ${check.atKinks} left out at a kink`,
    zh: check.atKinks === 0 ? "" : `，另有 ${check.atKinks} 个落在折点上，不作比较`,
  };
  return {
    en: `difference quotient at ${at}: ${digits(check.numeric)}; relative error ${check.relativeError.toExponential(1)} over ${all ? `all ${check.entries}` : `${check.compared} of ${check.entries}`} entries${kinks.en}`,
    zh: `差商在 ${at} 处：${digits(check.numeric)}；相对误差 ${check.relativeError.toExponential(1)}（${all ? `全部 ${check.entries}` : `抽查 ${check.entries} 个中的 ${check.compared}`} 个元素${kinks.zh}）`,
  };
}
