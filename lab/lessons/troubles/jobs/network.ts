import {
  dense,
  digits,
  heNormal,
  type Initializer,
  leakyRelu,
  lecunNormal,
  network,
  normal,
  orthogonal,
  relu,
  Session,
  selu,
  sgd,
  sigmoid,
  softmaxCrossEntropy,
  tanh,
  xavierNormal,
  zeros,
} from "../../../../src/index.js";
import type { TroubleActivation, TroubleInit } from "../../../model/troubles-state.js";

export const activations = { sigmoid, tanh, relu, leakyRelu, selu } satisfies Record<TroubleActivation, unknown>;

export const initializers: Readonly<Record<TroubleInit, Initializer>> = {
  xavier: xavierNormal(),
  he: heNormal(),
  lecun: lecunNormal(),
  orthogonal: orthogonal(),
  small: normal({ deviation: 0.01 }),
  large: normal({ deviation: 1 }),
  zeros: zeros(),
};

/** The digits, their pixels scaled to [−1, 1], and their labels. */
export function digitRows(count: number): { readonly x: Float32Array; readonly labels: ArrayLike<number> } {
  const { training } = digits();
  if (training.target.kind !== "class") throw new Error("digits have classes");
  return {
    x: training.features.slice(0, count * 64).map((pixel) => pixel / 8 - 1),
    labels: training.target.labels.slice(0, count),
  };
}

/** A deep network of equal layers on digits, ready for one pass forward and back whose every value can be read. */
export async function openDeep(g: TroubleActivation, init: Initializer, depth: number, width: number, seed: number) {
  const layers = Array.from({ length: depth }, (_, i) => [
    dense(i === 0 ? 64 : width, width, { init }),
    activations[g],
  ]).flat();
  const net = network([...layers, dense(width, 10, { init })]);
  return Session.open(
    { network: net, loss: softmaxCrossEntropy(), optimizer: sgd(0.1), seed },
    { batchSizes: [passBatch], engine: "wasm", threads: 1, keep: "named" },
  );
}

export const passBatch = 64;

/** One pass of the first digits through it, without learning. */
export async function pass(session: Session): Promise<void> {
  const { x, labels } = digitRows(passBatch);
  const buffers = session.batch(passBatch);
  buffers.x.set(x);
  buffers.t.set(labels);
  await session.step(passBatch, 0);
}
