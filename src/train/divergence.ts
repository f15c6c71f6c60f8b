import type { Text } from "../language/index.js";
import type { Network } from "../nn/index.js";
import { DivergedError } from "./diverged.js";
import type { Session } from "./session.js";
import type { Disease } from "./watch/diseases.js";
import { limits } from "./watch/limits.js";
import { measureInputs } from "./watch/measure.js";
import { remedies, shortly } from "./watch/remedies.js";

/** Where training stood when the loss stopped being finite. */
export interface Replay {
  /** A session that keeps every named value, set back to the last state known to be good. */
  readonly session: Session;
  /** Steps to take again at most, and what each needs. */
  readonly steps: number;
  /** Writes the batch of a replayed step (counted from 0) and takes the step; returns its batch size and learning rate. */
  readonly takeStep: (i: number) => Promise<{ size: number; rate: number }>;
}

/**
 * Finds the first number that is not finite, and its likely cause, by taking the steps again with every value kept, in the order in which values
 * are computed. The learning rule is deterministic, so the same happens as before.
 */
export async function causeOfDivergence({ session, steps, takeStep }: Replay): Promise<DivergedError> {
  const { network } = session.description;
  let rate = session.description.optimizer.rate;
  for (let i = 0; i < steps; i++) {
    const before = largestWeights(session, network);
    const taken = await takeStep(i);
    rate = taken.rate;
    for (const { names, phase } of session.plan(taken.size).labels) {
      for (const name of names) {
        const bad = firstBad(session, name, taken.size);
        if (bad === undefined) continue;
        const { largest, column } = measureInputs(session.batch(taken.size).x, network.inputs);
        return explain(session, network, { name, phase, rate, before, largest, column, ...bad });
      }
    }
  }
  const remedy = remedies.rateTooHigh({ rate });
  return new DivergedError(
    {
      en: `training diverged at step ${session.steps}: the loss is not finite; ${remedy.en}`,
      zh: `训练在第 ${session.steps} 步发散：损失不再是有限数；${remedy.zh}`,
    },
    { step: session.steps, tensor: "loss", disease: "rateTooHigh" },
  );
}

interface Finding {
  readonly name: string;
  readonly phase: string;
  readonly value: number;
  readonly index: number;
  readonly rate: number;
  readonly before: ReadonlyMap<string, number>;
  /** The root mean square of the batch's largest feature, and which it is. */
  readonly largest: number;
  readonly column: number;
}

function firstBad(session: Session, name: string, size: number): { value: number; index: number } | undefined {
  if (!session.plan(size).readable.has(name)) return undefined;
  const values = session.read(name, size);
  const index = values.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? undefined : { index, value: values[index] as number };
}

function explain(session: Session, network: Network, finding: Finding): DivergedError {
  const { name, phase, value } = finding;
  const { disease, text } = likelyCause(finding);
  const layer = layerOf(network, name);
  const en = phase === "update" ? `the new ${name}` : phase === "backward" ? `the gradient ${name}` : name;
  const zh = phase === "update" ? `更新后的 ${name}` : phase === "backward" ? `梯度 ${name}` : name;
  const step = session.steps;
  return new DivergedError(
    {
      en: `training diverged at step ${step}: ${en}${layer === undefined ? "" : ` of ${layer.en}`} is ${value}; ${text.en}`,
      zh: `训练在第 ${step} 步发散：${layer === undefined ? "" : `${layer.zh}的`}${zh} 为 ${value}；${text.zh}`,
    },
    { step, tensor: name, disease },
  );
}

/** The disease behind it and its remedy, as the watch would say it. A rate above 1 is a suspect whatever the features. */
function likelyCause({ rate, before, largest, column }: Finding): { disease: Disease; text: Text } {
  if (largest > limits.inputs && rate <= 1) {
    const remedy = remedies.unscaledInput();
    return {
      disease: "unscaledInput",
      text: {
        en: `feature ${column} comes in with a root mean square of ${shortly(largest)}, most likely too large for the learning rate ${shortly(rate)}; ${remedy.en}`,
        zh: `输入的第 ${column} 个特征均方根为 ${shortly(largest)}，对学习率 ${shortly(rate)} 来说很可能过大；${remedy.zh}`,
      },
    };
  }
  const [weight, size] = [...before].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0] as [string, number]);
  const grown = size > 1e3;
  const remedy = remedies.rateTooHigh({ rate });
  return {
    disease: "rateTooHigh",
    text: {
      en: `${grown ? `the weights have grown to ${shortly(size)} in ${weight}, so ` : ""}the learning rate ${shortly(rate)} is most likely too high; ${remedy.en}`,
      zh: `${grown ? `${weight} 中的权重已增大到 ${shortly(size)}，` : ""}学习率 ${shortly(rate)} 很可能过大；${remedy.zh}`,
    },
  };
}

function largestWeights(session: Session, network: Network): Map<string, number> {
  return new Map(
    network.parameters.map(({ name }) => [
      name,
      session.read(name).reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    ]),
  );
}

/** `layer 2 (dense 64 → 10)` for names such as Z[2], dW[2]. */
function layerOf(network: Network, name: string): Text | undefined {
  const number = Number(/\[(\d+)\]/.exec(name)?.[1] ?? Number.NaN);
  const layer = network.layers.find((one, i) => network.numbers[i] === number && one.kind === "dense");
  if (layer === undefined) return undefined;
  const what = `dense ${layer.inputs} → ${layer.outputs}`;
  return { en: `layer ${number} (${what})`, zh: `第 ${number} 层（${what}）` };
}
