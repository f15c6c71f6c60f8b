import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from "solid-js";
import type { Split, Text } from "../../src/index.js";
import { Complaint, textOf } from "../model/complaint.js";
import { type Fields, fallbacks } from "../model/fields.js";
import { readPin, writePin } from "../model/pin.js";
import { type PlaygroundState, type RunSettings, runFields } from "../model/playground-state.js";
import type { Curve } from "../worker/curve.js";
import type { Answers, Opened, Question, Reply, Request, Score, Snapshot } from "../worker/protocol.js";

/** Steps a second. */
const paces: Readonly<Record<PlaygroundState["pace"], number | undefined>> = { slow: 20, steady: 400, full: undefined };

export interface Pinned {
  readonly curve: Curve;
  readonly training: Score;
  readonly test: Score;
}

/** The settings of a state, as a value of their own. */
export function settingsOf(state: PlaygroundState): RunSettings {
  return Object.fromEntries(
    Object.keys(fallbacks(runFields as Fields)).map((key) => {
      const value = state[key as keyof RunSettings];
      return [key, Array.isArray(value) ? [...value] : value];
    }),
  ) as unknown as RunSettings;
}

/**
 * The worker as the page sees it: signals of what it tells, and what can be asked of it. A run begins anew when the settings
 * change, and is taken to the step that the state says.
 */
export function createClient(
  state: PlaygroundState,
  patch: (change: Partial<PlaygroundState>) => void,
  own: () => Split | undefined,
) {
  const worker = new Worker(new URL("../worker/worker.ts", import.meta.url), { type: "module" });
  /** A run and a moment of it, always of the same run. */
  const [view, setView] = createSignal<{ opened: Opened; snapshot: Snapshot }>();
  const [running, setRunning] = createSignal(false);
  const [progress, setProgress] = createSignal<{ steps: number; of: number }>();
  const [pinned, setPinned] = createSignal<Pinned>();
  const [failure, setFailure] = createSignal<Text>();
  const waiting = new Map<
    number,
    { resolve: (answer: Answers[keyof Answers]) => void; reject: (error: Error) => void }
  >();
  let [run, questions, knownStep, knownPin, knownEdits] = [0, 0, -1, "", ""];
  let frame = 0;
  let fresh: Opened | undefined;
  let latest: { snapshot: Snapshot; running: boolean } | undefined;
  const send = (request: Request) => worker.postMessage(request);

  const open = () => {
    const settings = settingsOf(state);
    [knownStep, knownEdits] = [state.step, state.edits];
    const pin = state.pin === knownPin && pinned() !== undefined ? undefined : readPin(state.pin);
    if (state.pin !== knownPin) setPinned(undefined);
    knownPin = state.pin;
    setRunning(false);
    setFailure(undefined);
    setProgress(state.step > 0 ? { steps: 0, of: state.step } : undefined);
    send({ type: "open", run: ++run, settings, own: state.data === "own" ? own() : undefined, steps: state.step, pin });
  };

  /** Shown with the next frame: what comes more often is dropped. */
  const show = () => {
    frame = 0;
    if (latest === undefined) return;
    const { snapshot, running } = latest;
    latest = undefined;
    knownStep = snapshot.steps;
    batch(() => {
      setProgress(undefined);
      setView({ opened: fresh as Opened, snapshot });
      setRunning(running);
      patch({ step: knownStep });
    });
  };

  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if ("run" in data && data.run !== run) return;
    switch (data.type) {
      case "opened":
        fresh = data.opened;
        return;
      case "progress":
        setProgress(data);
        return;
      case "snapshot":
        latest = data;
        frame ||= requestAnimationFrame(show);
        return;
      case "pinned":
        setPinned(data);
        return;
      case "edited":
        knownEdits = data.edits;
        patch({ edits: data.edits });
        return;
      case "failed":
        setRunning(false);
        setFailure(data.text);
        return;
      case "answer":
        waiting.get(data.id)?.resolve(data.answer);
        waiting.delete(data.id);
        return;
      case "no-answer":
        waiting.get(data.id)?.reject(new Complaint(data.text));
        waiting.delete(data.id);
    }
  };
  worker.onerror = ({ message }) => setFailure(textOf(message));
  onCleanup(() => {
    cancelAnimationFrame(frame);
    worker.terminate();
  });

  const settingsKey = createMemo(() => JSON.stringify({ ...settingsOf(state), edits: "" }));
  createEffect(on([settingsKey, own], open));
  // A link that was pasted in, or Back: the same settings, but another step, pin or other edits.
  createEffect(
    on(
      [() => state.step, () => state.edits, () => state.pin],
      ([step, edits, pin]) => {
        if (step !== knownStep || edits !== knownEdits || (pin !== knownPin && pin !== "")) untrack(open);
        if (pin === "") setPinned(undefined);
        knownPin = pin;
      },
      { defer: true },
    ),
  );

  createEffect(
    on(
      () => state.pace,
      (pace) => {
        if (running()) send({ type: "run", pace: paces[pace] });
      },
      { defer: true },
    ),
  );

  return {
    view,
    running,
    progress,
    pinned,
    failure,
    run: () => {
      setRunning(true);
      send({ type: "run", pace: paces[state.pace] });
    },
    pause: () => send({ type: "pause" }),
    step: (count: number) => send({ type: "step", count }),
    /** Puts a number into a weight, here and in the link. */
    edit: (name: string, index: number, value: number) => send({ type: "edit", name, index, value }),
    /** Keeps the curve of the run as it is, to compare others with. */
    pin: () => {
      const now = view()?.snapshot;
      if (now === undefined || now.steps === 0) return;
      const { curve, training, test } = now;
      setPinned({ curve, training, test });
      knownPin = writePin({ settings: settingsOf(state), steps: now.steps });
      patch({ pin: knownPin });
    },
    ask: <Q extends Question>(question: Q): Promise<Answers[Q["about"]]> =>
      new Promise((resolve, reject) => {
        const id = ++questions;
        waiting.set(id, { resolve: resolve as (answer: Answers[keyof Answers]) => void, reject });
        send({ type: "ask", id, question });
      }),
  };
}

export type Client = ReturnType<typeof createClient>;
