import type { Text } from "../../src/index.js";
import type { Look } from "./scope.js";

/** Something a training suffers from: what was seen, and what to do. */
export interface Finding {
  readonly name: Text;
  readonly seen: Text;
  readonly remedy: Text;
}

/** What can be said of a training from where it stands. */
export function diagnose(look: Look, diverged: boolean): Finding[] {
  const findings: Finding[] = [];
  if (diverged) {
    findings.push({
      name: { en: "diverged", zh: "发散" },
      seen: { en: "the loss is not a finite number any more", zh: "损失已不再是有限的数" },
      remedy: { en: "reset, and try a tenth of the learning rate", zh: "请重置，并把学习率降到十分之一再试" },
    });
  }
  for (const { layer, dead, saturated, activations } of look.layers) {
    const units = activations.counts.length === 0 ? 0 : (look.weights.get(`b[${layer}]`)?.length ?? 0);
    if (dead.length > units / 2) {
      findings.push({
        name: { en: "dying ReLU", zh: "ReLU 单元死亡" },
        seen: {
          en: `${dead.length} of ${units} units of layer ${layer} are 0 for every example`,
          zh: `第 ${layer} 层的 ${units} 个单元中有 ${dead.length} 个对所有样本都输出 0`,
        },
        remedy: { en: "lower the learning rate, or use leakyRelu", zh: "降低学习率，或改用 leakyRelu" },
      });
    }
    if (saturated.length > units / 2) {
      findings.push({
        name: { en: "saturation", zh: "饱和" },
        seen: {
          en: `${saturated.length} of ${units} units of layer ${layer} are near the ends of their range, where the derivative is almost 0`,
          zh: `第 ${layer} 层的 ${units} 个单元中有 ${saturated.length} 个接近值域两端，导数几乎为 0`,
        },
        remedy: { en: "start with smaller weights, or use relu", zh: "减小初始权重，或改用 relu" },
      });
    }
  }
  return findings;
}
