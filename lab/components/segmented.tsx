import { createUniqueId, For } from "solid-js";

interface SegmentedProps<T extends string> {
  /** What is chosen; read out, and shown unless `bare`. */
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string; readonly title?: string }[];
  readonly bare?: boolean;
  readonly onChange: (value: T) => void;
}

/** One of a few choices, side by side; the arrow keys move between them. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const name = createUniqueId();
  return (
    <fieldset class="segmented">
      <legend classList={{ unseen: props.bare === true }}>{props.label}</legend>
      <div class="segments">
        <For each={props.choices}>
          {(choice) => (
            <label title={choice.title}>
              <input
                type="radio"
                name={name}
                value={choice.value}
                checked={choice.value === props.value}
                onChange={() => props.onChange(choice.value)}
              />
              <span>{choice.label}</span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
