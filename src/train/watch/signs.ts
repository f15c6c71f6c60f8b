import type { Text } from "../../language/index.js";
import type { Disease } from "./diseases.js";
import { limits } from "./limits.js";
import { rateTooHigh, rateTooLow } from "./rate-signs.js";
import { ends, type LayerReading, lastTwo, latest, type Reading, signalRatio } from "./reading.js";
import { inPercent, shortly } from "./remedies.js";
import type { Sign } from "./sign.js";

/** How each disease shows itself in the readings; undefined where it does not. */
export const signs: Readonly<Record<Disease, (readings: readonly Reading[]) => Sign | undefined>> = {
  symmetricStart: (readings) => {
    const [layers, last] = [latest(readings).layers.slice(0, -1), latest(readings)];
    const equal = layers.filter(({ symmetric }) => symmetric);
    if (equal.length === 0) return undefined;
    const units = equal.reduce((sum, layer) => sum + layer.units, 0);
    return {
      layers: numbersOf(equal),
      evidence: { units, step: last.step },
      seen: {
        en: `all ${units} units of ${named(equal).en} have the same weights and the same gradients, so they remain copies of one unit`,
        zh: `${named(equal).zh}的 ${units} 个单元权重相同、梯度也相同，于是始终是同一个单元的翻版`,
      },
    };
  },

  unscaledInput: (readings) => {
    const { largest, column, smallest } = latest(readings).inputs;
    if (largest <= limits.inputs && largest <= limits.inputSpread * smallest) return undefined;
    return {
      layers: [],
      evidence: { largest, column, smallest },
      seen: {
        en: `feature ${column} comes in with a root mean square of ${shortly(largest)} (the smallest has ${shortly(smallest)}), where about 1 is expected`,
        zh: `输入的第 ${column} 个特征均方根为 ${shortly(largest)}（最小的为 ${shortly(smallest)}），而应当在 1 左右`,
      },
    };
  },

  rateTooHigh,

  explodingGradients: (readings) => {
    const untrained = readings[0] as Reading;
    const explodes = (reading: Reading) =>
      signalRatio(reading) > limits.exploding && reading.loss > limits.unlearned * untrained.loss;
    if (!explodes(untrained) && !lastTwo(readings, explodes)) return undefined;
    const [first, end] = ends(latest(readings));
    const factor = signalRatio(latest(readings));
    return {
      layers: [first.layer],
      evidence: { first: first.signal.norm, last: end.signal.norm, factor },
      seen: {
        en: `on its way from layer ${end.layer} (‖dZ‖ ${shortly(end.signal.norm)}) to layer ${first.layer} (${shortly(first.signal.norm)}) the gradient grows ${shortly(factor)} times`,
        zh: `梯度从第 ${end.layer} 层（‖dZ‖ 为 ${shortly(end.signal.norm)}）传到第 ${first.layer} 层（${shortly(first.signal.norm)}）时放大了 ${shortly(factor)} 倍`,
      },
    };
  },

  dyingRelu: (readings) => {
    const ill = (layer: LayerReading) => (layer.dead ?? 0) > limits.dead;
    if (!lastTwo(readings, ({ layers }) => layers.some(ill))) return undefined;
    const dead = latest(readings).layers.filter(ill);
    const share = Math.max(...dead.map((layer) => layer.dead as number));
    const worst = dead.find((layer) => layer.dead === share) as LayerReading;
    return {
      layers: numbersOf(dead),
      evidence: { dead: share, layer: worst.layer, units: worst.units },
      seen: {
        en: `${Math.round(share * worst.units)} of the ${worst.units} ReLU units of layer ${worst.layer} are 0 for every example looked at: no gradient reaches their weights`,
        zh: `第 ${worst.layer} 层的 ${worst.units} 个 ReLU 单元中有 ${Math.round(share * worst.units)} 个对所有查看的样本输出都为 0：它们的权重得不到任何梯度`,
      },
    };
  },

  vanishingGradients: (readings) => {
    if (!lastTwo(readings, (reading) => signalRatio(reading) < limits.vanishing)) return undefined;
    const [first, end] = ends(latest(readings));
    const factor = 1 / signalRatio(latest(readings));
    const flat = latest(readings).layers.filter(({ saturated = 0 }) => saturated > limits.saturated);
    const cause = saturation(flat);
    return {
      layers: [first.layer],
      evidence: { first: first.signal.norm, last: end.signal.norm, factor },
      seen: {
        en: `on its way from layer ${end.layer} (‖dZ‖ ${shortly(end.signal.norm)}) to layer ${first.layer} (${shortly(first.signal.norm)}) the gradient shrinks ${shortly(factor)} times, and layer ${first.layer} hardly learns${cause.en}`,
        zh: `梯度从第 ${end.layer} 层（‖dZ‖ 为 ${shortly(end.signal.norm)}）传到第 ${first.layer} 层（${shortly(first.signal.norm)}）时缩小为 ${shortly(factor)} 分之一，第 ${first.layer} 层几乎学不到东西${cause.zh}`,
      },
    };
  },

  rateTooLow,
};

function numbersOf(layers: readonly LayerReading[]): number[] {
  return layers.map(({ layer }) => layer);
}

function named(layers: readonly LayerReading[]): Text {
  const list = numbersOf(layers);
  return {
    en: list.length === 1 ? `layer ${list[0]}` : `layers ${list.slice(0, -1).join(", ")} and ${list.at(-1)}`,
    zh: `第 ${list.join("、")} 层`,
  };
}

function saturation(flat: readonly LayerReading[]): Text {
  const [worst] = [...flat].sort((a, b) => (b.saturated ?? 0) - (a.saturated ?? 0));
  if (worst === undefined) return { en: "", zh: "" };
  const share = inPercent(worst.saturated ?? 0);
  return {
    en: `: ${share} of the units of layer ${worst.layer} are saturated`,
    zh: `：第 ${worst.layer} 层有 ${share} 的单元已饱和`,
  };
}
