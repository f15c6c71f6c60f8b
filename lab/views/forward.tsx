import { createMemo, Show } from "solid-js";
import { Lesson, Page } from "../components/lesson.js";
import { Prose } from "../components/prose.js";
import { Segmented } from "../components/segmented.js";
import { Cache } from "../lessons/forward/cache.js";
import { Equation } from "../lessons/forward/equation.js";
import { scenes } from "../lessons/forward/layout.js";
import { forwardPass } from "../lessons/forward/pass.js";
import { ProductPanel } from "../lessons/forward/product-panel.js";
import { Shapes } from "../lessons/forward/shapes.js";
import { NextView } from "../lessons/next-view.js";
import "../lessons/lessons.css";
import { useTexts, useView } from "../model/context.js";
import { conventions, forwardFields, forwardScenes } from "../model/forward-state.js";
import { en } from "../texts/en/forward.js";
import { zh } from "../texts/zh/forward.js";

export default function Forward() {
  const t = useTexts({ en, zh });
  const [state, patch] = useView("forward");
  const values = createMemo(() => forwardPass(state));
  const reset = () => {
    const { X, W1, b1, W2, b2 } = forwardFields;
    patch({ X: X.fallback, W1: W1.fallback, b1: b1.fallback, W2: W2.fallback, b2: b2.fallback });
  };
  return (
    <Page title={t().title} lead={<Prose text={t().lead} />}>
      <section class="lesson" aria-label={t().scenes[state.scene].name}>
        <div class="controls">
          <Segmented
            label={t().scene}
            value={state.scene}
            choices={forwardScenes.map((value) => ({ value, label: t().scenes[value].name }))}
            onChange={(scene) => patch({ scene })}
          />
          <Segmented
            label={t().convention}
            value={state.convention}
            choices={conventions.map((value) => ({ value, label: t().conventions[value] }))}
            onChange={(convention) => patch({ convention })}
          />
          <Segmented
            label={t().activation}
            value={state.g}
            choices={[
              { value: "relu", label: "ReLU" },
              { value: "tanh", label: "tanh" },
              { value: "sigmoid", label: "sigmoid" },
            ]}
            onChange={(g) => patch({ g })}
          />
        </div>
        <p class="scene-text">
          <Prose text={t().scenes[state.scene].text} />
        </p>
        <div class="panel stage">
          <Equation layer={1} values={values()} />
          <Show when={scenes[state.scene].layers === 2}>
            <Equation layer={2} values={values()} />
          </Show>
          <ProductPanel values={values()} />
          <p class="stage-foot">
            <small>{t().hint}</small>
            <button type="button" class="quiet" onClick={reset}>
              {t().reset}
            </button>
          </p>
        </div>
      </section>
      <Lesson id="shapes" title={t().shapesTitle} lead={t().shapesLead}>
        <Shapes />
        <p class="note">
          <Prose text={t().shapesNote} />
        </p>
      </Lesson>
      <Lesson id="cache" title={t().cacheTitle} lead={t().cacheLead}>
        <Cache />
      </Lesson>
      <NextView view="activations" />
    </Page>
  );
}
