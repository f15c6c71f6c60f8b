import { Index } from "solid-js";
import { useTexts } from "../model/context.js";
import { parseNumber } from "../model/format.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";

interface LayersEditorProps {
  readonly layers: readonly number[];
  readonly onChange: (layers: readonly number[]) => void;
}

const [most, widest] = [6, 512];

/** Hidden layers, one line each: fewer, more, or a number typed in. */
export function LayersEditor(props: LayersEditorProps) {
  const t = useTexts({ en, zh });
  const set = (at: number, units: number) =>
    props.onChange(props.layers.map((old, i) => (i === at ? Math.min(widest, Math.max(1, Math.round(units))) : old)));
  return (
    <fieldset class="layers-editor">
      <legend class="layers-title">{t().hidden}</legend>
      <ol>
        <Index each={props.layers}>
          {(units, i) => (
            <li>
              <button
                type="button"
                aria-label={`${t().unitsOf(i + 1)}: −1`}
                disabled={units() <= 1}
                onClick={() => set(i, units() - 1)}
              >
                −
              </button>
              <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-label={t().unitsOf(i + 1)}
                value={units()}
                onChange={(event) => set(i, parseNumber(event.currentTarget.value) ?? units())}
              />
              <button
                type="button"
                aria-label={`${t().unitsOf(i + 1)}: +1`}
                disabled={units() >= widest}
                onClick={() => set(i, units() + 1)}
              >
                +
              </button>
              <button
                type="button"
                class="quiet"
                aria-label={t().removeLayer(i + 1)}
                onClick={() => props.onChange(props.layers.filter((_, at) => at !== i))}
              >
                ✕
              </button>
            </li>
          )}
        </Index>
      </ol>
      <button
        type="button"
        disabled={props.layers.length >= most}
        onClick={() => props.onChange([...props.layers, props.layers.at(-1) ?? 8])}
      >
        {t().addLayer}
      </button>
    </fieldset>
  );
}
