import type { Network } from "../nn/index.js";
import { DivergedError } from "./diverged.js";
import type { Session } from "./session.js";

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
 * Finds the first number that is not finite by taking the steps again with every value kept, in the order in which values
 * are computed. The learning rule is deterministic, so the same happens as before.
 */
export async function diagnose({ session, steps, takeStep }: Replay): Promise<DivergedError> {
  const { network } = session.description;
  let rate = session.description.optimizer.rate;
  for (let i = 0; i < steps; i++) {
    const before = largestWeights(session, network);
    const taken = await takeStep(i);
    rate = taken.rate;
    for (const { names, phase } of session.plan(taken.size).labels) {
      for (const name of names) {
        const bad = firstBad(session, name, taken.size);
        if (bad !== undefined) return explain(session, network, { name, phase, rate, before, ...bad });
      }
    }
  }
  return new DivergedError(
    `training diverged at step ${session.steps}: the loss is not finite; try a learning rate of ${suggested(rate)}`,
    session.steps,
    "loss",
  );
}

interface Finding {
  readonly name: string;
  readonly phase: string;
  readonly value: number;
  readonly index: number;
  readonly rate: number;
  readonly before: ReadonlyMap<string, number>;
}

function firstBad(session: Session, name: string, size: number): { value: number; index: number } | undefined {
  if (!session.plan(size).readable.has(name)) return undefined;
  const values = session.read(name, size);
  const index = values.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? undefined : { index, value: values[index] as number };
}

function explain(session: Session, network: Network, finding: Finding): DivergedError {
  const { name, phase, value, rate, before } = finding;
  const [weight, largest] = [...before].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0] as [string, number]);
  const what = phase === "update" ? `the new ${name}` : phase === "backward" ? `the gradient ${name}` : name;
  const layer = layerOf(network, name);
  const grown = largest > 1e3 ? `the weights have grown to ${format(largest)} in ${weight}, so ` : "";
  const remedy = `the learning rate ${format(rate)} is most likely too high; try ${suggested(rate)}, or clip the gradients (clip: 1)`;
  return new DivergedError(
    `training diverged at step ${session.steps}: ${what}${layer === undefined ? "" : ` of ${layer}`} is ${value}; ${grown}${remedy}`,
    session.steps,
    name,
  );
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
function layerOf(network: Network, name: string): string | undefined {
  const number = Number(/\[(\d+)\]/.exec(name)?.[1] ?? Number.NaN);
  const layer = network.layers.find((one, i) => network.numbers[i] === number && one.kind === "dense");
  return layer === undefined ? undefined : `layer ${number} (dense ${layer.inputs} → ${layer.outputs})`;
}

function suggested(rate: number): string {
  return format(Math.min(rate / 10, 0.1));
}

function format(x: number): string {
  return x !== 0 && (x >= 1e6 || x < 1e-6) ? Number(x.toPrecision(2)).toExponential() : `${Number(x.toPrecision(3))}`;
}
