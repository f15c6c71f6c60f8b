import type { ExplainedStep } from "../explanation.js";
import type { Scene } from "../scene.js";
import { factor, symbolOf } from "../symbols.js";
import { literal } from "./operators.js";

/** What is given before anything is computed: the batch, its targets, the parameters. */
export function given(scene: Scene): ExplainedStep[] {
  const { network, batch, weights, loss, model } = scene.subject;
  const examples = { en: `${batch} ${batch === 1 ? "example" : "examples"}`, zh: `${batch} 个样本` };
  const place = scene.isRow ? { en: "row", zh: "行" } : { en: "column", zh: "列" };
  const prepared = {
    en:
      model === undefined || model.normalizer.kind === "none"
        ? ""
        : " These are the features as the model prepares them.",
    zh: model === undefined || model.normalizer.kind === "none" ? "" : "这里是模型预处理之后的特征。",
  };
  const x = scene.step({
    name: "X",
    phase: "given",
    kind: "data",
    shape: scene.x.shape,
    data: scene.valueOf(scene.x),
    perExample: true,
    pieces: [],
    says: {
      en: `The batch: ${examples.en} with ${network.inputs} features each, one example a ${place.en}.${prepared.en}`,
      zh: `一批数据：${examples.zh}，每个 ${network.inputs} 个特征，一${place.zh}一个样本。${prepared.zh}`,
    },
  });
  const oneHot = [...scene.forward].find((node) => scene.nameOf(node) === "T");
  const t = scene.step({
    name: "t",
    phase: "given",
    kind: "data",
    shape: scene.t.shape,
    data: scene.valueOf(scene.t),
    perExample: true,
    pieces: [],
    says:
      loss.target === "class" && scene.t.shape.length === 1
        ? { en: "The right classes, counted from 0.", zh: "正确的类别，从 0 数起。" }
        : { en: `The targets, one ${place.en} an example.`, zh: `目标值，一${place.zh}一个样本。` },
  });
  const rows =
    oneHot &&
    scene.step({
      name: "T",
      phase: "given",
      kind: "data",
      shape: oneHot.shape,
      data: scene.valueOf(oneHot),
      perExample: true,
      pieces: [literal("oneHot(", "\\operatorname{oneHot}("), factor(symbolOf("t"), scene.t.shape), literal(")")],
      says: {
        en: `The same as rows of probabilities: 1 for the right class, 0 for the others.`,
        zh: "同样的内容写成概率：正确类别为 1，其余为 0。",
      },
    });
  const tensors = network.tensors.map(({ name, tensor, role }) =>
    scene.step({
      name,
      phase: "given",
      kind: role,
      layer: Number(/\[(\d+)\]/.exec(name)?.[1] ?? 0),
      shape: tensor.shape,
      data: weights.get(name) as Float64Array,
      perExample: false,
      pieces: [],
      says: parameterSays(name, role),
    }),
  );
  return [x, t, ...(rows === undefined ? [] : [rows]), ...tensors];
}

function parameterSays(name: string, role: "parameter" | "state"): ExplainedStep["says"] {
  if (role === "state") {
    return {
      en: "A running average that normalization keeps up for prediction.",
      zh: "归一化层为预测而维护的滑动平均值。",
    };
  }
  if (name.startsWith("W")) {
    return {
      en: "One row a unit, one column an input: row j holds the weights of unit j.",
      zh: "一行一个神经元，一列一个输入：第 j 行是第 j 个神经元的权重。",
    };
  }
  if (name.startsWith("b[")) return { en: "One bias a unit.", zh: "每个神经元一个偏置。" };
  return { en: "One number a feature, learned.", zh: "每个特征一个数，由训练得到。" };
}
