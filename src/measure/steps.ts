import type { EngineChoice, EngineName } from "../engines/index.js";
import { dense, network, softmaxCrossEntropy } from "../nn/index.js";
import { relu } from "../ops/relu.js";
import { sgd } from "../optim/index.js";
import type { StepDescription } from "../train/graphs.js";
import { Session } from "../train/session.js";
import { type Case, dataOf, flopsOf, parametersOf } from "./cases.js";
import { median } from "./statistics.js";

/** How a case is run. */
export interface How {
  readonly engine: EngineChoice;
  /** As many as pay when left out. */
  readonly threads?: number | undefined;
  readonly fastMath?: boolean | undefined;
}

/** What was measured of a case's training step. */
export interface StepTime {
  readonly case: string;
  readonly engine: EngineName;
  /** Threads asked for, and those that computed: the engine takes fewer where more are not faster. */
  readonly threads: number;
  readonly threadsUsed: number;
  readonly fastMath: boolean;
  /** Multiplications and additions of the matrix products. */
  readonly flops: number;
  readonly parameters: number;
  /** Steps that were timed. */
  readonly steps: number;
  /** Median of a step. */
  readonly microseconds: number;
  readonly gigaflops: number;
  /** Picoseconds a multiply-add: what should stay the same as networks grow. */
  readonly perMultiplyAdd: number;
  readonly arenaBytes: number;
}

/** The network, loss and optimizer of a case. */
export function descriptionOf({ sizes, rate }: Case): StepDescription {
  const layers = sizes
    .slice(1)
    .flatMap((out, i) => [dense(sizes[i] as number, out), ...(i < sizes.length - 2 ? [relu] : [])]);
  return { network: network(layers), loss: softmaxCrossEntropy(), optimizer: sgd(rate), seed: 1 };
}

/** A session on a case with its weights, and its first batch in memory. */
export async function openCase(
  one: Case,
  { engine, threads, fastMath, predictBatch }: How & { predictBatch?: number },
) {
  const data = dataOf(one);
  const session = await Session.open(descriptionOf(one), {
    batchSizes: [one.batch],
    engine,
    threads,
    ...(fastMath === true && { fastMath }),
    ...(predictBatch !== undefined && { predictBatch }),
  });
  session.write(
    new Map(
      data.layers.flatMap(({ W, b }, i) => [
        [`W[${i + 1}]`, W],
        [`b[${i + 1}]`, b],
      ]),
    ),
  );
  const buffers = session.batch(one.batch);
  buffers.x.set(data.batches[0]?.x ?? []);
  buffers.t.set(data.batches[0]?.labels ?? []);
  return { session, data, buffers };
}

/**
 * Times a case's training step, input already in memory, after warming up.
 * @throws EngineError when the engine cannot be had.
 */
export async function timeSteps(one: Case, how: How, milliseconds: number): Promise<StepTime> {
  using session = (await openCase(one, how)).session;
  const step = () => session.step(one.batch, one.rate);
  const warmUntil = performance.now() + milliseconds / 10;
  for (let i = 0; i < 3 || (i < 1000 && performance.now() < warmUntil); i++) await step();
  const times: number[] = [];
  const until = performance.now() + milliseconds;
  while (times.length < 5 || (times.length < 100_000 && performance.now() < until)) {
    const begun = performance.now();
    const stepping = step();
    if (stepping !== undefined) await stepping;
    times.push((performance.now() - begun) * 1000);
  }
  const [microseconds, flops] = [median(times), flopsOf(one)];
  return {
    case: one.name,
    engine: session.choice.engine,
    threads: session.choice.threads,
    threadsUsed: session.threads,
    fastMath: how.fastMath === true,
    flops,
    parameters: parametersOf(one),
    steps: times.length,
    microseconds,
    gigaflops: flops / microseconds / 1000,
    perMultiplyAdd: (2e6 * microseconds) / flops,
    arenaBytes: 4 * session.plan(one.batch).length,
  };
}
