import { xavierUniform } from "../nn/index.js";
import { tanh } from "../ops/tanh.js";
import { type Optimizer, type OptimizerName, optimizers as table } from "../optim/index.js";
import { Feed } from "../train/feed.js";
import type { Work } from "./experiment.js";
import { median } from "./statistics.js";
import { perceptron, renamed, Training } from "./training.js";

/** Share of the digits learned from to be named rightly, and how often and how long that is looked at. */
export const [goal, every, most] = [0.95, 10, 1200];
/** The same digits under other names, so many times one after the other, each for so many steps. */
export const [tasks, taskSteps, shift] = [10, 400, 3];

/** A 64-32-10 tanh network on the digits, ready to learn. */
export function openDigits(optimizer: Optimizer, seed: number): Promise<Training> {
  return Training.open({ network: perceptron([64, 32, 10], tanh, xavierUniform()), seed, optimizer });
}

/** Steps until the digits learned from are named rightly; infinite when the limit is met first. */
export async function stepsToGoal(training: Training, task: number, limit: number, work: Work): Promise<number> {
  const before = training.steps;
  while (training.steps - before < limit) {
    for (let i = 0; i < every; i++) training.step();
    if ((await training.trainingAccuracy(task)) >= goal) return training.steps - before;
    await work.pause();
  }
  return Number.POSITIVE_INFINITY;
}

export interface Course {
  /** Steps to the goal in each task; infinite when they were not enough. */
  readonly steps: readonly number[];
  /** Median of rate / √s over the weights of layer 1, every tenth step (Adagrad only). */
  readonly effective: readonly number[];
  /** Times that an effective rate rose from one look to the next. */
  readonly rises: number;
}

/** Learns the digits, then the same digits under other names again and again, with the same weights and memories. */
export async function relearn(
  name: OptimizerName,
  rate: number,
  seed: number,
  rounds: number,
  work: Work,
): Promise<Course> {
  using training = await openDigits(table[name](rate), seed);
  const effective: number[] = [];
  const steps: number[] = [];
  let rises = 0;
  let before: Float64Array | undefined;
  for (let task = 0; task < rounds; task++) {
    const renaming = (shift * task) % 10;
    training.learnFrom(new Feed(renamed(renaming), { batch: 32, seed }));
    let reached = Number.POSITIVE_INFINITY;
    for (let step = every; step <= taskSteps; step += every) {
      for (let i = 0; i < every; i++) training.step();
      if (!Number.isFinite(reached) && (await training.trainingAccuracy(renaming)) >= goal) reached = step;
      await work.pause();
      if (name !== "adagrad") continue;
      const now = training.read("s W[1]").map((s) => (s > 0 ? rate / Math.sqrt(s) : Number.NaN));
      rises += before === undefined ? 0 : now.filter((value, i) => value > (before?.[i] as number)).length;
      before = now;
      effective.push(median([...now].filter(Number.isFinite)));
    }
    steps.push(reached);
  }
  return { steps, effective, rises };
}
