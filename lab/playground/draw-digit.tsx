import { createEffect, createSignal, For, on, Show } from "solid-js";
import { Heatmap } from "../components/heatmap.js";
import { usePalette } from "../components/palette.js";
import { useTexts } from "../model/context.js";
import { format, percent } from "../model/format.js";
import { SavePicture } from "../picture/save-picture.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Opened, Passage, Snapshot } from "../worker/protocol.js";
import type { Client } from "./client.js";
import { DigitCanvas } from "./digit-canvas.js";
import { DrawingSurface } from "./drawing-surface.js";
import { rasterize, type Stroke } from "./rasterize.js";

interface DrawDigitProps {
  readonly client: Client;
  readonly opened: Opened;
  readonly snapshot: Snapshot;
}

/** A digit drawn by the reader, on its way through the network layer by layer. */
export function DrawDigit(props: DrawDigitProps) {
  let section!: HTMLElement;
  const t = useTexts({ en, zh });
  const palette = usePalette();
  const [strokes, setStrokes] = createSignal<readonly Stroke[]>([]);
  const [pixels, setPixels] = createSignal<readonly number[]>([]);
  const [passage, setPassage] = createSignal<Passage>();
  let [sample, asked] = [0, 0];
  const look = async (features: readonly number[]) => {
    const mine = ++asked;
    if (features.length === 0) return void setPassage(undefined);
    const answer = await props.client.ask({ about: "example", features });
    if (mine === asked) setPassage(answer);
    return undefined;
  };
  // The weights move on while it trains: so does what they make of the digit.
  createEffect(on([pixels, () => props.snapshot.steps], ([features]) => void look(features).catch(() => {})));
  const draw = (next: readonly Stroke[]) => {
    setStrokes(next);
    setPixels(next.length === 0 ? [] : rasterize(next));
  };
  const takeSample = () => {
    const { test } = props.opened.split;
    setStrokes([]);
    setPixels(Array.from(test.features.subarray(64 * sample, 64 * sample + 64)));
    sample = (sample + 1) % test.count;
  };
  const best = () => {
    const result = passage()?.result ?? new Float64Array(0);
    return result.indexOf(Math.max(...result));
  };
  return (
    <section class="lesson" aria-labelledby="draw" ref={section}>
      <h2 id="draw">{t().draw}</h2>
      <p class="screen-only">{t().drawLead}</p>
      <div class="draw">
        <div>
          <DrawingSurface label={t().drawLabel} strokes={strokes()} onDraw={draw} color={palette().ink} />
          <p class="row">
            <button type="button" onClick={() => draw([])}>
              {t().clear}
            </button>
            <button type="button" onClick={takeSample}>
              {t().testDigit}
            </button>
          </p>
        </div>
        <Show when={pixels().length > 0}>
          <figure>
            <h3>{t().seen}</h3>
            <DigitCanvas pixels={pixels()} label={t().seen} />
          </figure>
        </Show>
        <Show when={passage()}>
          {(way) => (
            <div class="passage" aria-live="polite">
              <h3>{t().passage}</h3>
              <For each={way().layers.slice(0, -1)}>
                {(outputs, i) => (
                  <div class="passage-layer">
                    <p class="small">{t().passageLayer(i() + 1, outputs.length)}</p>
                    <Heatmap
                      label={t().passageLayer(i() + 1, outputs.length)}
                      rows={Math.ceil(outputs.length / 16)}
                      cols={Math.min(16, outputs.length)}
                      values={outputs}
                      describe={(_, __, value) => format(value)}
                    />
                  </div>
                )}
              </For>
              <p class="small">{t().probability}</p>
              <ol class="probabilities">
                <For each={Array.from(way().result)}>
                  {(probability, digit) => (
                    <li class="probability" classList={{ best: digit() === best() }}>
                      <b>{digit()}</b>
                      <span class="probability-bar">
                        <i style={{ width: `${100 * probability}%` }} />
                      </span>
                      <span class="probability-number">{percent(probability)}</span>
                    </li>
                  )}
                </For>
              </ol>
              <p data-testid="says">{t().says(String(best()), percent(way().result[best()] ?? 0))}</p>
            </div>
          )}
        </Show>
      </div>
      <SavePicture name="drawn-digit" label={t().drawPicture} of={() => section} />
    </section>
  );
}
