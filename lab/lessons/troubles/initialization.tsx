import { For } from "solid-js";
import { useTexts, useView } from "../../model/context.js";
import { format } from "../../model/format.js";
import { SavePicture } from "../../picture/save-picture.js";
import { en } from "../../texts/en/troubles.js";
import { zh } from "../../texts/zh/troubles.js";
import { shownName } from "../activations/gallery.js";
import { ActivationChoice } from "./depth.js";
import { type InitFound, type LayerFound, shownLayers } from "./jobs/initialization.js";
import { useLaboratory } from "./laboratory.js";
import { OtherWeights, Topic } from "./topic.js";

/** What the layers of a deep network give out before it has learned anything, from different first weights. */
export function Initialization() {
  const [state] = useView("troubles");
  const t = useTexts({ en, zh });
  const measured = useLaboratory("init", () => ({ g: state.g, seed: state.seed }));
  const says = ({ rows }: InitFound) =>
    t().initSays(
      shownName(state.g),
      rows.map(({ init, layers }) => ({
        init: t().inits[init],
        factor: (layers.at(-1) as LayerFound).deviation / (layers[0] as LayerFound).deviation,
      })),
    );
  return (
    <Topic
      topic="init"
      measured={measured()}
      says={says}
      controls={
        <>
          <ActivationChoice />
          <OtherWeights />
        </>
      }
    >
      {(found) => (
        <figure class="histograms-figure">
          <section class="table-wrap" aria-label={t().histograms} tabindex={0}>
            <table class="histograms">
              <thead>
                <tr>
                  <td />
                  <For each={shownLayers}>{(layer) => <th scope="col">{t().layerNumber(layer)}</th>}</For>
                </tr>
              </thead>
              <tbody>
                <For each={found().rows}>
                  {({ init, layers }) => (
                    <tr>
                      <th scope="row">{t().inits[init]}</th>
                      <For each={layers}>
                        {(layer, i) => (
                          <td>
                            <Histogram
                              layer={layer}
                              label={t().histogram(
                                t().inits[init],
                                shownLayers[i()] as number,
                                format(layer.deviation, 2),
                              )}
                            />
                            <small>
                              σ {format(layer.deviation, 2)}
                              <br />∇ {format(layer.gradient, 2)}
                            </small>
                          </td>
                        )}
                      </For>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </section>
          <SavePicture name="initialization" label={t().histograms} />
        </figure>
      )}
    </Topic>
  );
}

function Histogram(props: { readonly layer: LayerFound; readonly label: string }) {
  const most = () => Math.max(...props.layer.shares);
  return (
    <svg viewBox="0 0 120 50" role="img" aria-label={props.label}>
      <For each={props.layer.shares}>
        {(share, i) => (
          <rect
            x={(i() * 120) / props.layer.shares.length}
            width={120 / props.layer.shares.length - 0.6}
            y={50 - (48 * share) / most()}
            height={(48 * share) / most()}
          />
        )}
      </For>
    </svg>
  );
}
