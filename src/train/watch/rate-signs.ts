import type { Text } from "../../language/index.js";
import { limits } from "./limits.js";
import { lastTwo, latest, type Reading, signalRatio } from "./reading.js";
import { inPercent, shortly } from "./remedies.js";
import type { Sign } from "./sign.js";

export function rateTooHigh(readings: readonly Reading[]): Sign | undefined {
  const untrained = readings[0] as Reading;
  // Where gradients explode before the first step, a long step is their consequence.
  if (signalRatio(untrained) > limits.exploding) return undefined;
  const leaps = (reading: Reading) =>
    costOf(reading) > (reading === untrained ? limits.firstLeap : limits.leap) * untrained.loss;
  const strays = ({ loss }: Reading) => loss > limits.worse * untrained.loss;
  const restless = ({ step, layers }: Reading) =>
    step >= limits.patience && layers.some(({ update }) => update > limits.restless);
  const stumbles = readings
    .slice(-4)
    .filter((reading) => reading.loss > limits.unlearned * untrained.loss)
    .filter((reading) => costOf(reading) > limits.stumble * untrained.loss);

  const far = readings.find(leaps) ?? (stumbles.length < 3 ? undefined : stumbles.at(-1));
  if (far !== undefined) return sign(far, untrained, stepText(far));
  const astray = readings.find(strays);
  if (astray !== undefined) return sign(astray, untrained, lossText(astray, untrained));
  const wild = readings.find(restless);
  return wild && sign(wild, untrained, changeText(wild));
}

export function rateTooLow(readings: readonly Reading[]): Sign | undefined {
  const { step, loss, rate, layers } = latest(readings);
  const untrained = readings[0] as Reading;
  const most = Math.max(...layers.map(({ update }) => update));
  const slow = lastTwo(readings, (reading) => reading.layers.every(({ update }) => update < limits.slowest));
  if (!slow || step < limits.patience || loss < limits.unmoved * untrained.loss) return undefined;
  return {
    layers: [],
    evidence: { rate, step, loss, untrained: untrained.loss, update: most },
    seen: {
      en: `after ${step} steps at rate ${shortly(rate)} the loss has only gone from ${shortly(untrained.loss)} to ${shortly(loss)}; a step changes no layer by more than ${shortly(most)} of its norm (about 0.001 is usual)`,
      zh: `以学习率 ${shortly(rate)} 走了 ${step} 步，损失只从 ${shortly(untrained.loss)} 变到 ${shortly(loss)}；每一步对任何一层的改变都不超过其范数的 ${shortly(most)}（通常约为 0.001）`,
    },
  };
}

/** By how much a step made the loss worse on the examples it learned from. */
function costOf({ loss, lossAfter }: Reading): number {
  return Number.isFinite(lossAfter) ? lossAfter - loss : Number.POSITIVE_INFINITY;
}

function busiest({ layers }: Reading) {
  return layers.reduce((a, b) => (b.update > a.update ? b : a));
}

function sign(reading: Reading, untrained: Reading, seen: Text): Sign {
  const { rate, step, loss, lossAfter } = reading;
  const { update, layer } = busiest(reading);
  return { layers: [], evidence: { rate, step, loss, lossAfter, untrained: untrained.loss, update, layer }, seen };
}

function stepText({ rate, loss, lossAfter }: Reading): Text {
  return {
    en: `one step at rate ${shortly(rate)} takes the loss from ${shortly(loss)} to ${shortly(lossAfter)} on the very examples it learned from`,
    zh: `以学习率 ${shortly(rate)} 走一步，刚学过的同一批样本上的损失就从 ${shortly(loss)} 变成 ${shortly(lossAfter)}`,
  };
}

function lossText({ rate, step, loss }: Reading, untrained: Reading): Text {
  return {
    en: `after ${step} steps at rate ${shortly(rate)} the loss is ${shortly(loss)}; the untrained network had ${shortly(untrained.loss)}`,
    zh: `以学习率 ${shortly(rate)} 走了 ${step} 步后损失为 ${shortly(loss)}，而未训练时只有 ${shortly(untrained.loss)}`,
  };
}

function changeText(reading: Reading): Text {
  const { update, layer } = busiest(reading);
  const { step, rate } = reading;
  return {
    en: `after ${step} steps one step at rate ${shortly(rate)} still changes W[${layer}] by ${inPercent(update)} of its norm (about 0.1 % is usual)`,
    zh: `走了 ${step} 步之后，以学习率 ${shortly(rate)} 走一步仍会使 W[${layer}] 改变其范数的 ${inPercent(update)}（通常约为 0.1 %）`,
  };
}
