import type { Buffer, Plan } from "../../plan/index.js";
import { overlap } from "./buffers.js";
import { nanoseconds } from "./cost.js";
import { isDivisible } from "./divisible.js";
import { type Task, tasksOf } from "./tasks.js";

/** A task in its place among threads. */
export interface Scheduled {
  readonly task: Task;
  /** Whether every thread does a part of it; else the first thread does it alone. */
  readonly divided: boolean;
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
const barrierCost = 600;
/** A shorter task is not worth the meeting it takes. */
const shortestDivided = 2500;
/** Waking the others, should they sleep: what the threads have to save at least, to be used at all. */
const wakingCost = 60_000;

/** Decides for each task whether it is divided, and where threads have to meet. */
export function scheduleOf(plan: Plan, threads: number, division: Division = "where it pays"): Schedule {
  const everywhere = division === "everywhere";
  const tasks = tasksOf(plan);
  const alone = { tasks: tasks.map((task) => ({ task, divided: false, barrier: false })), threads: 1 };
  if (threads === 1) return alone;
  const costs = tasks.map(nanoseconds);
  const divided = tasks.map((task, i) => isDivisible(task) && (everywhere || (costs[i] as number) >= shortestDivided));
  const scheduled = withBarriers(tasks, divided);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const meetings = scheduled.filter(({ barrier }) => barrier).length + 2;
  const saved = costs.reduce((sum, cost, i) => sum + (divided[i] ? cost * (1 - 1 / threads) : 0), 0);
  const pays = saved - meetings * barrierCost > wakingCost && total > 0;
  return everywhere || pays ? { tasks: scheduled, threads } : alone;
}

/** A meeting before each task that needs, or overwrites, what another thread has worked on since the last one. */
function withBarriers(tasks: readonly Task[], divided: readonly boolean[]): Scheduled[] {
  let open: { readonly task: Task; readonly divided: boolean }[] = [];
  return tasks.map((task, i) => {
    const own = { task, divided: divided[i] as boolean };
    const barrier = open.some((before) => (before.divided || own.divided) && inConflict(before.task, task));
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
