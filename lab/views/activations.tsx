import { createMemo } from "solid-js";
import { ops } from "../../src/index.js";
import { Formula } from "../components/formula.js";
import { Lesson, Page } from "../components/lesson.js";
import { Prose } from "../components/prose.js";
import { CurvePicture } from "../lessons/activations/curve-picture.js";
import { curveAt, curveOf } from "../lessons/activations/curves.js";
import { Gallery, shownName } from "../lessons/activations/gallery.js";
import { TraitsTable } from "../lessons/activations/traits-table.js";
import { NextView } from "../lessons/next-view.js";
import "../lessons/activations/activations.css";
import "../lessons/lessons.css";
import { useTexts, useView } from "../model/context.js";
import { format } from "../model/format.js";
import { SavePicture } from "../picture/save-picture.js";
import { en } from "../texts/en/activations.js";
import { zh } from "../texts/zh/activations.js";

export default function Activations() {
  const t = useTexts({ en, zh });
  const [state, patch] = useView("activations");
  const curve = createMemo(() => curveOf(state.g));
  const here = createMemo(() => {
    const { y, slope } = curveAt(state.g, [state.x]);
    return { y: y[0] as number, slope: slope[0] as number };
  });
  const move = (x: number) => patch({ x });
  return (
    <Page title={t().title} lead={<Prose text={t().lead} />}>
      <section class="lesson" aria-label={t().curves}>
        <Gallery label={t().gallery} />
        <div class="panel curve-pair">
          <figure>
            <figcaption>
              <Formula tex={`y = g(x) = ${ops[state.g].formula.latex}`} />
              <output>
                g({format(state.x)}) = {format(here().y, 4)}
              </output>
            </figcaption>
            <CurvePicture
              kind="value"
              label={t().valueLabel(shownName(state.g))}
              xs={curve().x}
              ys={curve().y}
              x={state.x}
              y={here().y}
              slope={here().slope}
              onMove={move}
            />
            <SavePicture name={state.g} label={t().valueLabel(shownName(state.g))} />
          </figure>
          <figure>
            <figcaption>
              <Formula tex={`g'(x) = ${ops[state.g].slopes?.[0]?.latex ?? ""}`} />
              <output>
                g′({format(state.x)}) = {format(here().slope, 4)}
              </output>
            </figcaption>
            <CurvePicture
              kind="derivative"
              label={t().derivativeLabel(shownName(state.g))}
              xs={curve().x}
              ys={curve().slope}
              x={state.x}
              y={here().slope}
              onMove={move}
            />
            <SavePicture name={`${state.g}-derivative`} label={t().derivativeLabel(shownName(state.g))} />
          </figure>
          <p class="small">{t().hint}</p>
          <p class="about">
            <Prose text={t().about[state.g]} />
          </p>
        </div>
      </section>
      <Lesson id="table" title={t().tableTitle} lead={t().tableLead}>
        <TraitsTable />
        <p class="note">
          <Prose text={t().tableNote} />
        </p>
      </Lesson>
      <NextView view="softmax" />
    </Page>
  );
}
