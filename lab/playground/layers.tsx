import { Index, Show } from "solid-js";
import { Bars } from "../components/bars.js";
import { useTexts } from "../model/context.js";
import { format } from "../model/format.js";
import { SavePicture } from "../picture/save-picture.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Histogram } from "../worker/histogram.js";
import type { Snapshot } from "../worker/protocol.js";
import type { LayerLook } from "../worker/scope.js";

/** Outputs and gradients of each layer, as histograms; units that hardly learn. */
export function Layers(props: { readonly snapshot: Snapshot }) {
  let section!: HTMLElement;
  const t = useTexts({ en, zh });
  const unitsOf = (layer: number) => props.snapshot.look.weights.get(`b[${layer}]`)?.length ?? 0;
  return (
    <section class="lesson" aria-labelledby="inside" ref={section}>
      <h2 id="inside">{t().layers}</h2>
      <p>{t().layersLead}</p>
      <ol class="layer-looks">
        <Index each={props.snapshot.look.layers}>
          {(look) => (
            <li class="chart">
              <h3>{t().layer(look().layer)}</h3>
              <p class="small">
                <Idle look={look()} units={unitsOf(look().layer)} />
              </p>
              <Distribution what={t().activations} layer={look().layer} histogram={look().activations} />
              <Distribution what={t().gradients} layer={look().layer} histogram={look().gradients} />
              <SavePicture name={`layer-${look().layer}`} label={t().layerPicture(look().layer)} />
            </li>
          )}
        </Index>
      </ol>
      <Show when={props.snapshot.look.layers.length > 1}>
        <SavePicture name="layers" label={t().layersPicture} what={t().allLayers} of={() => section} />
      </Show>
    </section>
  );
}

function Idle(props: { readonly look: LayerLook; readonly units: number }) {
  const t = useTexts({ en, zh });
  return (
    <Show when={props.look.dead.length + props.look.saturated.length > 0} fallback={t().alive}>
      <strong class="warning">
        {props.look.dead.length > 0
          ? t().dead(props.look.dead.length, props.units)
          : t().saturated(props.look.saturated.length, props.units)}
      </strong>
    </Show>
  );
}

function Distribution(props: { readonly what: string; readonly layer: number; readonly histogram: Histogram }) {
  const t = useTexts({ en, zh });
  return (
    <figure class="distribution">
      <figcaption>
        <span>{props.what}</span> <small>{t().rms(format(props.histogram.rms))}</small>
      </figcaption>
      <Bars
        histogram={props.histogram}
        label={t().histogramLabel(
          props.what,
          props.layer,
          format(props.histogram.low),
          format(props.histogram.high),
          format(props.histogram.rms),
        )}
      />
      <p class="range" aria-hidden="true">
        <span>{format(props.histogram.low)}</span>
        <span>{format(props.histogram.high)}</span>
      </p>
    </figure>
  );
}
