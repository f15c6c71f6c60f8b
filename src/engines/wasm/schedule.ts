import type { Buffer, Plan } from "../../plan/index.js";
import { overlap } from "./buffers.js";
import { nanoseconds } from "./cost.js";
import { isDivisible } from "./divisible.js";
import { scheduleAlone } from "./open-alone.js";
import { equalShares, type Share, unequalShares } from "./share.js";
import { type Task, tasksOf } from "./tasks.js";

/** A task in its place among threads. */
export interface Scheduled {
  readonly task: Task;
  /** A share for each thread; or more than threads, of which each takes the next one; none: the first thread does it alone. */
  readonly shares: readonly Share[];
  /** Whether threads have to meet before it. */
  readonly barrier: boolean;
}

/** A plan's tasks for a number of threads. */
export interface Schedule {
  readonly tasks: readonly Scheduled[];
  /** 1 when several would not be faster: no other thread is woken then. */
  readonly threads: number;
}

/** Steps are divided when it pays, or for tests wherever it can be done. */
export type Division = "where it pays" | "everywhere";

// Nanoseconds, measured (docs/bench/threads.md).
/** Threads meeting while they are all awake. */
const barrierCost = 300;
/** A shorter task is not worth the meeting it takes. */
const shortestDivided = 1500;
/** A longer task goes in pieces, so that a thread that is held up does not hold up the others. */
const longestInOne = 20_000;
/** Waking the others, should they sleep: what the threads have to save at least, to be used at all. */
const wakingCost = 60_000;

/** Decides for each task whether it is divided, and where threads have to meet. */
export function scheduleOf(plan: Plan, threads: number, division: Division = "where it pays"): Schedule {
  const everywhere = division === "everywhere";
  const tasks = tasksOf(plan);
  const costs = tasks.map(nanoseconds);
  const shares = tasks.map((task, i) => {
    const cost = costs[i] as number;
    if (!isDivisible(task) || (cost < shortestDivided && !everywhere)) return [];
    const inPieces = everywhere ? task.step.kind === "matmul" : cost > longestInOne;
    return inPieces ? unequalShares(threads) : equalShares(threads);
  });
  const scheduled = withBarriers(tasks, shares);
  const meetings = scheduled.filter(({ barrier }) => barrier).length + 2;
  const saved = costs.reduce((sum, cost, i) => sum + ((shares[i] ?? []).length > 0 ? cost * (1 - 1 / threads) : 0), 0);
  const pays = saved - meetings * barrierCost > wakingCost;
  return everywhere || pays ? { tasks: scheduled, threads } : scheduleAlone(plan);
}

/** A meeting before each task that needs, or overwrites, what another thread has worked on since the last one. */
function withBarriers(tasks: readonly Task[], shares: readonly (readonly Share[])[]): Scheduled[] {
  let open: { readonly task: Task; readonly shares: readonly Share[] }[] = [];
  return tasks.map((task, i) => {
    const own = { task, shares: shares[i] ?? [] };
    const barrier = open.some(
      (before) => before.shares.length + own.shares.length > 0 && inConflict(before.task, task),
    );
    if (barrier) open = [];
    open.push(own);
    return { ...own, barrier };
  });
}

function inConflict(before: Task, after: Task): boolean {
  return (
    shareMemory(before.writes, after.reads) ||
    shareMemory(before.writes, after.writes) ||
    shareMemory(before.reads, after.writes)
  );
}

function shareMemory(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  return some.some((one) => others.some((other) => overlap(one, other)));
}
