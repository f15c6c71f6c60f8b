import {
  adagrad,
  dense,
  heNormal,
  type LayerLike,
  leakyRelu,
  network,
  relu,
  Session,
  sgd,
  softmaxCrossEntropy,
  xavierNormal,
} from "../../../../src/index.js";
import type { remedies } from "../../../model/troubles-state.js";
import { digitRows } from "./network.js";

type Remedy = (typeof remedies)[number];
export const deadRates = [0.01, 0.03, 0.1, 0.3, 1, 3, 10] as const;
const [batch, batches, epochs, width] = [32, 32, 4, 64];

export interface DeadAsked {
  readonly seed: number;
}

/** Share of the hidden units that gave 0 for every one of the digits after training, for each remedy, rate by rate. */
export type DeadFound = Readonly<Record<Remedy, readonly { readonly rate: number; readonly dead: number }[]>>;

const cures: Readonly<
  Record<Remedy, { readonly slow?: number; readonly xavier?: true; readonly ada?: true; readonly g?: LayerLike }>
> = { none: {}, xavier: { xavier: true }, slower: { slow: 0.1 }, adagrad: { ada: true }, leaky: { g: leakyRelu } };

export async function deadJob({ seed }: DeadAsked): Promise<DeadFound> {
  const data = digitRows(batch * batches);
  const found: [Remedy, { rate: number; dead: number }[]][] = [];
  for (const [remedy, { slow = 1, xavier, ada, g = relu }] of Object.entries(cures) as [
    Remedy,
    (typeof cures)[Remedy],
  ][]) {
    const row: { rate: number; dead: number }[] = [];
    for (const rate of deadRates) {
      const init = xavier ? xavierNormal() : heNormal();
      const net = network([
        dense(64, width, { init }),
        g,
        dense(width, width, { init }),
        g,
        dense(width, 10, { init }),
      ]);
      const optimizer = ada ? adagrad(rate) : sgd(rate * slow);
      using session = await Session.open(
        { network: net, loss: softmaxCrossEntropy(), optimizer, seed },
        { batchSizes: [batch], engine: "wasm", threads: 1, keep: "named" },
      );
      const alive = [new Uint8Array(width), new Uint8Array(width)];
      const through = async (learningRate: number, look: boolean) => {
        const { x, t } = session.batch(batch);
        for (let i = 0; i < batches; i++) {
          x.set(data.x.subarray(i * batch * 64, (i + 1) * batch * 64));
          t.set(Array.prototype.slice.call(data.labels, i * batch, (i + 1) * batch));
          await session.step(batch, learningRate);
          if (look) mark(session, alive);
        }
      };
      for (let epoch = 0; epoch < epochs; epoch++) await through(optimizer.rate, false);
      await through(0, true);
      const living = alive.reduce((sum, layer) => sum + layer.reduce((count, one) => count + one, 0), 0);
      row.push({ rate, dead: 1 - living / (2 * width) });
    }
    found.push([remedy, row]);
  }
  return Object.fromEntries(found) as Record<Remedy, { rate: number; dead: number }[]>;
}

/** A unit lives when some digit gets something out of it; what is not a number any more is dead as well. */
function mark(session: Session, alive: readonly Uint8Array[]): void {
  alive.forEach((layer, l) => {
    const outputs = session.read(`A[${l + 1}]`);
    for (let i = 0; i < outputs.length; i++) {
      const value = outputs[i] as number;
      if (value !== 0 && Number.isFinite(value)) layer[i % width] = 1;
    }
  });
}
