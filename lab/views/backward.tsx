import { createMemo, Index, Show } from "solid-js";
import type { ExplainedStep } from "../../src/index.js";
import { Lesson, Page } from "../components/lesson.js";
import { Segmented } from "../components/segmented.js";
import { Follow } from "../lessons/backward/follow.js";
import { NetPicture } from "../lessons/backward/net-picture.js";
import { Player } from "../lessons/backward/player.js";
import { drawn, Start } from "../lessons/backward/start.js";
import { StepCard, ValueMatrix } from "../lessons/backward/step-card.js";
import { computed, told } from "../lessons/backward/told.js";
import { NextView } from "../lessons/next-view.js";
import "../lessons/lessons.css";
import "../lessons/backward/backward.css";
import { Prose } from "../components/prose.js";
import { examplesOf } from "../model/backward-state.js";
import { useTexts, useView } from "../model/context.js";
import { shape } from "../model/format.js";
import { SavePicture } from "../picture/save-picture.js";
import { en } from "../texts/en/backward.js";
import { zh } from "../texts/zh/backward.js";

export default function Backward() {
  let stage!: HTMLDivElement;
  const t = useTexts({ en, zh });
  const [state, patch] = useView("backward");
  const inRows = createMemo(() => told(state, "row"));
  const shown = createMemo(() => (state.convention === "row" ? inRows() : told(state, state.convention)));
  const steps = createMemo(() => computed(shown()));
  const at = () => Math.min(state.step, steps().length - 1);
  return (
    <Page title={t().title} lead={<Prose text={t().lead} />}>
      <section class="lesson" aria-label={t().stage}>
        <div class="controls">
          <Segmented
            label={t().activation}
            value={state.g}
            choices={[
              { value: "tanh", label: "tanh" },
              { value: "sigmoid", label: "sigmoid" },
              { value: "relu", label: "ReLU" },
            ]}
            onChange={(g) => patch({ g })}
          />
          <Segmented
            label={t().examples}
            value={String(examplesOf(state))}
            choices={["1", "2", "3"].map((value) => ({ value, label: value }))}
            onChange={(m) => patch({ m: Number(m), batch: drawn.batch })}
          />
          <Segmented
            label={t().convention}
            value={state.convention}
            choices={(["row", "column"] as const).map((value) => ({ value, label: t().conventions[value] }))}
            onChange={(convention) => patch({ convention })}
          />
          <button type="button" onClick={() => patch({ ...drawn, seed: (state.seed % 9999) + 1 })}>
            {t().otherNumbers}
          </button>
        </div>
        <Player steps={steps()} at={at()} />
        <div class="panel stage backward-stage">
          <div ref={stage}>
            <NetPicture
              label={t().pictureLabel}
              told={inRows()}
              steps={steps()}
              at={at()}
              weight={state.weight}
              lossWord="J"
              onChoose={(weight) => patch({ weight })}
            />
            <p class="small">{t().pictureNote}</p>
            <div class="now">
              <ValueMatrix step={steps()[at()] as ExplainedStep} />
            </div>
            <SavePicture name="backward" label={t().pictureLabel} of={() => stage} />
          </div>
          <StepCard step={steps()[at()] as ExplainedStep} />
        </div>
      </section>
      <Lesson id="start" title={t().startTitle} lead={t().startLead}>
        <Start inRows={inRows()} />
      </Lesson>
      <Lesson id="ledger" title={t().ledgerTitle} lead={t().ledgerLead}>
        <div class="ledger">
          <Index each={steps().filter(({ phase }) => phase === "backward")}>
            {(step) => {
              const known = () => steps().findIndex(({ name }) => name === step().name) <= at();
              return (
                <Show
                  when={known()}
                  fallback={
                    <p class="unknown">
                      {step().name} <span class="shape">{shape(step().shape[0] ?? 1, step().shape[1] ?? 1)}</span>
                    </p>
                  }
                >
                  <ValueMatrix step={step()} />
                </Show>
              );
            }}
          </Index>
        </div>
      </Lesson>
      <Lesson id="follow" title={t().followTitle} lead={t().followLead}>
        <Follow told={inRows()} />
      </Lesson>
      <NextView view="troubles" />
    </Page>
  );
}
