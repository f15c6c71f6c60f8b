import {
  adagrad,
  adam,
  dense,
  evaluate,
  gradients,
  momentum,
  mul,
  network,
  type Optimizer,
  parameter,
  rmsprop,
  Session,
  sgd,
  softmaxCrossEntropy,
  sum,
  tanh,
  tensor,
} from "../../../../src/index.js";
import { descend } from "./descent.js";
import { digitRows } from "./network.js";

export const racers = ["sgd", "momentum", "adagrad", "rmsprop", "adam"] as const;
export type Racer = (typeof racers)[number];
export const raceSteps = 120;
export const curvatures = [1, 50] as const;
const start = [-4, 0.8];

/** On the ravine each runs at a rate that suits it; more would throw plain descent out of the valley. */
const onRavine: Readonly<Record<Racer, Optimizer>> = {
  sgd: sgd(0.03),
  momentum: momentum(0.01),
  adagrad: adagrad(0.6),
  rmsprop: rmsprop(0.05, { alpha: 0.9 }),
  adam: adam(0.2),
};
const onDigits: Readonly<Record<Racer, Optimizer>> = {
  sgd: sgd(0.1),
  momentum: momentum(0.03),
  adagrad: adagrad(0.03),
  rmsprop: rmsprop(0.003),
  adam: adam(0.003),
};

export const rateOf = (racer: Racer, track: "ravine" | "digits") =>
  (track === "ravine" ? onRavine : onDigits)[racer].rate;

/** ½(x² + 50y²). */
export const heightAt = ([x = 0, y = 0]: readonly number[]) => 0.5 * (curvatures[0] * x * x + curvatures[1] * y * y);

export type RavineFound = Readonly<Record<Racer, readonly (readonly number[])[]>>;

export function ravineJob(): RavineFound {
  const place = parameter([0, 0]);
  const height = sum(mul(0.5, mul(tensor([...curvatures]), mul(place, place))));
  const [slope] = gradients(height, [place]);
  const gradientAt = (at: readonly number[]) => [...evaluate(slope, new Map([[place, at]])).data];
  return Object.fromEntries(
    racers.map((racer) => [racer, descend(onRavine[racer], start, gradientAt, raceSteps).path]),
  ) as Record<Racer, number[][]>;
}

/** The loss of each step on digits; the same first weights and batches for all. */
export type DigitsFound = Readonly<Record<Racer, readonly number[]>>;

export async function digitsJob({ seed }: { readonly seed: number }): Promise<DigitsFound> {
  const [batch, batches] = [32, 40];
  const data = digitRows(batch * batches);
  const found: [Racer, number[]][] = [];
  for (const racer of racers) {
    const net = network([dense(64, 32), tanh, dense(32, 10)]);
    using session = await Session.open(
      { network: net, loss: softmaxCrossEntropy(), optimizer: onDigits[racer], seed },
      { batchSizes: [batch], engine: "wasm", threads: 1 },
    );
    const { x, t, loss } = session.batch(batch);
    const losses: number[] = [];
    for (let step = 0; step <= raceSteps; step++) {
      const i = step % batches;
      x.set(data.x.subarray(i * batch * 64, (i + 1) * batch * 64));
      t.set(Array.prototype.slice.call(data.labels, i * batch, (i + 1) * batch));
      await session.step(batch, onDigits[racer].rate);
      losses.push(loss[0] as number);
    }
    found.push([racer, losses]);
  }
  return Object.fromEntries(found) as Record<Racer, number[]>;
}
