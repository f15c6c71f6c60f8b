import { createUniqueId, Index } from "solid-js";
import { Formula } from "../../components/formula.js";
import { Segmented } from "../../components/segmented.js";
import { useTexts, useView } from "../../model/context.js";
import { format, percent } from "../../model/format.js";
import { mostClasses } from "../../model/softmax-state.js";
import { SavePicture } from "../../picture/save-picture.js";
import { en } from "../../texts/en/softmax.js";
import { zh } from "../../texts/zh/softmax.js";
import type { SoftmaxValues } from "./values.js";

/** Logits on sliders, probabilities as bars, and which class is the true one. */
export function Logits(props: { readonly values: SoftmaxValues; readonly target: number }) {
  const [state, patch] = useView("softmax");
  const t = useTexts({ en, zh });
  const group = createUniqueId();
  const setReach = (reach: "10" | "1000") => {
    const most = Number(reach);
    const scaled = reach === "1000" ? state.z.map((z) => z * 100) : state.z.map((z) => z / 100);
    patch({ reach, z: scaled.map((z) => Math.min(most, Math.max(-most, Number(z.toPrecision(3))))) });
  };
  return (
    <figure class="panel logits-figure">
      <fieldset class="logits" aria-label={t().logits}>
        <div class="logits-head" aria-hidden="true">
          <span>{t().target}</span>
          <span>{t().logit}</span>
          <span>{t().probability}</span>
        </div>
        <Index each={state.z}>
          {(z, i) => (
            <div class="logit-row" style={{ "--own": `var(--class-${i})` }}>
              <input
                type="radio"
                name={group}
                aria-label={t().isTrue(i + 1)}
                checked={props.target === i}
                onChange={() => patch({ target: i })}
              />
              <label for={`${group}-${i}`}>
                <Formula tex={`z_${i + 1}`} />
              </label>
              <input
                id={`${group}-${i}`}
                type="range"
                min={-Number(state.reach)}
                max={Number(state.reach)}
                step={state.reach === "10" ? 0.1 : 1}
                value={z()}
                aria-label={`z${i + 1}`}
                onInput={(event) => patch({ z: state.z.with(i, event.currentTarget.valueAsNumber) })}
              />
              <output>{format(z(), 4)}</output>
              <div class="bar">
                <i style={{ width: `${100 * (props.values.y[i] ?? 0)}%` }} />
                <b>{percent(props.values.y[i] ?? 0)}</b>
              </div>
            </div>
          )}
        </Index>
      </fieldset>
      <div class="controls logits-foot">
        <Segmented
          label={t().reach}
          value={state.reach}
          choices={[
            { value: "10", label: "±10" },
            { value: "1000", label: "±1000" },
          ]}
          onChange={setReach}
        />
        <span class="row">
          <button
            type="button"
            disabled={state.z.length === 2}
            onClick={() => patch({ z: state.z.slice(0, -1), target: Math.min(props.target, state.z.length - 2) })}
          >
            {t().fewer}
          </button>
          <button type="button" disabled={state.z.length === mostClasses} onClick={() => patch({ z: [...state.z, 0] })}>
            {t().more}
          </button>
        </span>
        <p class="loss-now">
          <Formula tex={`H = -\\ln y_${props.target + 1}`} /> = <strong>{format(props.values.loss, 4)}</strong>
        </p>
      </div>
      <SavePicture name="softmax" label={t().logits} />
    </figure>
  );
}
