/// <reference lib="webworker" />
/** The thread that trains: it works in slices of a few dozen milliseconds, listens between them, and tells what it sees. */
import { Complaint, textOf } from "../model/complaint.js";
import type { Curve } from "./curve.js";
import type { Reply, Request, Snapshot } from "./protocol.js";
import { PlaygroundRun } from "./run.js";
import { Trainer } from "./trainer.js";

declare const self: DedicatedWorkerGlobalScope;

/** Milliseconds of training before listening again, and at least so many between two snapshots. */
const slice = 40;
const pause = 50;
/** A snapshot may take this share of the time. */
const share = 0.25;

let current: { readonly number: number; readonly run: PlaygroundRun } | undefined;
/** The latest run asked for: work for an older one stops. */
let wanted = 0;
let running = false;
/** Steps a second at most, and the steps that are due since the last slice. */
let pace = Number.POSITIVE_INFINITY;
let [due, counted] = [0, 0];
let turning = false;
let [told, cost] = [0, 0];
/** One thing after the other: whatever touches the run waits for what came before. */
let work: Promise<void> = Promise.resolve();

const nothingThere = { en: "there is no run to ask about", zh: "还没有可供查询的训练" };

const listen = () => new Promise((resolve) => setTimeout(resolve));

function enqueue(task: () => Promise<void>): void {
  work = work.then(task).catch((error: unknown) => {
    running = false;
    post({ type: "failed", run: wanted, text: textOf(error) });
  });
}

self.onmessage = ({ data }: MessageEvent<Request>) => {
  switch (data.type) {
    case "open":
      wanted = data.run;
      running = false;
      return enqueue(() => open(data));
    case "run":
      return enqueue(async () => {
        running = true;
        pace = data.pace ?? Number.POSITIVE_INFINITY;
        [due, counted] = [1, performance.now()];
        current?.run.startClock();
        if (!turning) turn();
      });
    case "pause":
      running = false;
      return;
    case "step":
      running = false;
      return enqueue(() => stepBy(data.count));
    case "edit":
      return enqueue(async () => {
        if (current === undefined) return;
        const { run, number } = current;
        post({ type: "edited", run: number, edits: run.trainer.change(data.name, data.index, data.value) });
        await tell();
      });
    case "ask":
      return enqueue(() => answer(data));
  }
};

async function open(request: Request & { type: "open" }): Promise<void> {
  const { run: number, steps, pin, own } = request;
  if (number !== wanted) return;
  current?.run.close();
  current = undefined;
  const run = await PlaygroundRun.open(request);
  current = { number, run };
  post({ type: "opened", run: number, opened: run.opened });
  while (run.trainer.steps < steps && !run.trainer.diverged) {
    if (number !== wanted) return;
    await run.train(slice, steps);
    post({ type: "progress", run: number, steps: run.trainer.steps, of: steps });
    await listen();
  }
  await tell();
  if (pin === undefined) return;
  const pinned = await Trainer.open(pin.settings, own);
  try {
    while (pinned.steps < pin.steps && !pinned.diverged) {
      if (number !== wanted) return;
      await pinned.advance(pin.steps, performance.now() + slice);
      await listen();
    }
    const { curve, training, test } = await pinned.verdicts();
    const score = ({ loss, accuracy }: typeof training) => ({ loss, accuracy });
    post({ type: "pinned", run: number, curve, training: score(training), test: score(test) });
  } finally {
    pinned.close();
  }
}

/** One slice of training; the next is queued after messages have been heard. */
function turn(): void {
  turning = true;
  enqueue(async () => {
    const going = running && current !== undefined && current.number === wanted;
    const wait = going ? await trainSlice() : 0;
    if (current?.run.trainer.diverged) running = false;
    turning = going && running;
    const silent = performance.now() - told;
    if (silent > Math.max(pause, cost / share) || !turning) await tell();
    if (turning) setTimeout(turn, wait);
  });
}

/** Trains for a slice of time, or the steps that are due at this pace; the milliseconds to wait then. */
async function trainSlice(): Promise<number> {
  if (current === undefined) return 0;
  const { run } = current;
  if (pace === Number.POSITIVE_INFINITY) {
    await run.train(slice);
    return 0;
  }
  const now = performance.now();
  due = Math.min(due + ((now - counted) * pace) / 1000, pace);
  counted = now;
  const steps = Math.floor(due);
  due -= steps;
  if (steps > 0) await run.train(slice, run.trainer.steps + steps);
  return Math.min(pause, 1000 / pace);
}

async function stepBy(count: number): Promise<void> {
  if (current === undefined) return;
  await current.run.trainer.advance(current.run.trainer.steps + count);
  await tell();
}

async function tell(): Promise<void> {
  if (current === undefined) return;
  const { run, number } = current;
  const began = performance.now();
  const snapshot = await run.snapshot();
  told = performance.now();
  cost = told - began;
  self.postMessage({ type: "snapshot", run: number, snapshot, running } satisfies Reply, buffersOf(snapshot));
}

async function answer({ id, question }: Request & { type: "ask" }): Promise<void> {
  try {
    if (current === undefined) throw new Complaint(nothingThere);
    post({ type: "answer", id, answer: await current.run.answer(question) });
  } catch (error) {
    post({ type: "no-answer", id, text: textOf(error) });
  }
}

function post(reply: Reply): void {
  self.postMessage(reply);
}

/** Numbers are handed over, not copied. */
function buffersOf({ curve, look, boundary, units, confusion, named }: Snapshot): ArrayBuffer[] {
  const arrays: ArrayBufferView[] = [
    ...Object.values(curve satisfies Curve),
    ...look.weights.values(),
    ...look.gradients.values(),
    ...look.layers.flatMap(({ activations, gradients, means }) => [activations.counts, gradients.counts, means]),
    ...units,
    confusion,
    named,
  ];
  if (boundary !== undefined) arrays.push(boundary.classes, boundary.sure);
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}
