import { createUniqueId, Show } from "solid-js";
import { format } from "../model/format.js";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Distance of neighboring values (of the power of ten, when `log`). */
  readonly step?: number;
  /** Equal ways for equal factors: `min` must be above 0. */
  readonly log?: boolean;
  /** How the value is written (3 significant digits). */
  readonly show?: (value: number) => string;
  readonly hint?: string;
  readonly onInput: (value: number) => void;
}

/** A number on a slider, its label and value above. */
export function Slider(props: SliderProps) {
  const id = createUniqueId();
  const place = (value: number) => (props.log ? Math.log10(value) : value);
  const value = (at: number) => (props.log ? Number((10 ** at).toPrecision(3)) : at);
  const shown = () => (props.show ?? format)(props.value);
  return (
    <div class="control">
      <label for={id}>{props.label}</label>
      <output for={id}>{shown()}</output>
      <input
        id={id}
        type="range"
        min={place(props.min)}
        max={place(props.max)}
        step={props.step ?? (props.log ? 0.05 : "any")}
        value={place(props.value)}
        aria-valuetext={shown()}
        onInput={(event) => props.onInput(value(event.currentTarget.valueAsNumber))}
      />
      <Show when={props.hint}>
        <small>{props.hint}</small>
      </Show>
    </div>
  );
}
