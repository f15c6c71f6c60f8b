import { batch, createEffect, createSignal, on, Show } from "solid-js";
import { useStore, useTexts, useView } from "../model/context.js";
import type { OwnTable } from "../model/own-data.js";
import type { PlaygroundState } from "../model/playground-state.js";
import { Boundary } from "../playground/boundary.js";
import { createClient } from "../playground/client.js";
import { Compared } from "../playground/compared.js";
import { Curves } from "../playground/curves.js";
import { Diagnosis } from "../playground/diagnosis.js";
import { Diagram } from "../playground/diagram.js";
import { Digits } from "../playground/digits.js";
import { DrawDigit } from "../playground/draw-digit.js";
import { Layers } from "../playground/layers.js";
import { OwnData } from "../playground/own-data.js";
import { Settings } from "../playground/settings.js";
import { TakeAway } from "../playground/take-away.js";
import { createThrottled } from "../playground/throttled.js";
import { Toolbar } from "../playground/toolbar.js";
import { Weights } from "../playground/weights.js";
import "../styles/playground.css";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";

/** Milliseconds between two drawings of what is costly to draw, while training. */
const calm = 320;

/** The reader's own data: kept while other views are open, and never in a link. */
const [own, setOwn] = createSignal<OwnTable>();

export default function Playground() {
  const t = useTexts({ en, zh });
  const store = useStore();
  const [state, patch] = useView("playground");
  const client = createClient(state, patch, () => own()?.split);
  /** A change after which the run begins anew, at step 0. */
  const change = (changes: Partial<PlaygroundState>) => patch({ step: 0, edits: "", ...changes });
  const calmly = (phase: number) => createThrottled(() => client.view(), calm, client.running, phase);
  const [curves, digits, layers, weights] = [calmly(0), calmly(calm / 4), calmly(calm / 2), calmly((3 * calm) / 4)];
  createEffect(on(own, () => batch(() => change({})), { defer: true }));
  return (
    <article class="view playground">
      <header class="view-head">
        <h1>{t().title}</h1>
        <p class="lead">{t().lead}</p>
      </header>
      <Toolbar
        pace={state.pace}
        setPace={(pace) => patch({ pace })}
        client={client}
        reset={() => change({})}
        unpin={() => patch({ pin: "" })}
      />
      <p class="play-status" role="status">
        <Show when={client.progress()}>
          {(progress) => (
            <>
              <progress value={progress().steps} max={progress().of} aria-label={t().retraining("", "")} />
              {t().retraining(String(progress().steps), String(progress().of))}
            </>
          )}
        </Show>
        <Show when={client.failure()}>
          {(why) => <span class="warning">{t().failed(why()[store.state.language])}</span>}
        </Show>
      </p>
      <div class="playground-grid">
        <section aria-label={t().settings}>
          <Settings state={state} change={change} />
        </section>
        <div class="playground-main">
          <Show when={state.data === "own"}>
            <OwnData seed={state.seed} table={own()} onData={setOwn} />
          </Show>
          <Show when={client.view()} fallback={<div class="playground-wait" />}>
            {(view) => (
              <div class="pictures">
                <Diagram
                  opened={view().opened}
                  snapshot={view().snapshot}
                  edges={state.edges}
                  setEdges={(edges) => patch({ edges })}
                  setWeight={client.edit}
                />
                <Show when={view().snapshot.boundary}>
                  <Boundary
                    opened={view().opened}
                    snapshot={view().snapshot}
                    tests={state.tests}
                    setTests={(tests) => patch({ tests })}
                  />
                </Show>
              </div>
            )}
          </Show>
          <Show when={curves()}>
            {(view) => (
              <>
                <Curves
                  snapshot={view().snapshot}
                  pinned={client.pinned()}
                  log={state.log}
                  setLog={(log) => patch({ log })}
                />
                <Compared state={state} />
                <Diagnosis snapshot={view().snapshot} />
              </>
            )}
          </Show>
        </div>
      </div>
      <Show when={digits()}>
        {(view) => (
          <Show when={view().opened.inputs === 64 && state.data === "digits"}>
            <Digits opened={view().opened} snapshot={view().snapshot} />
            <DrawDigit client={client} opened={view().opened} snapshot={view().snapshot} />
          </Show>
        )}
      </Show>
      <Show when={layers()}>{(view) => <Layers snapshot={view().snapshot} />}</Show>
      <Show when={weights()}>{(view) => <Weights snapshot={view().snapshot} setWeight={client.edit} />}</Show>
      <TakeAway client={client} state={state} own={own()} />
    </article>
  );
}
