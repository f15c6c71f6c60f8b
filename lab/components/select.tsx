import { createUniqueId, For } from "solid-js";

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One of many choices, in the browser's own list. */
export function Select<T extends string>(props: SelectProps<T>) {
  const id = createUniqueId();
  return (
    <div class="control control-select">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        onChange={(event) => {
          const chosen = props.choices.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) props.onChange(chosen.value);
        }}
      >
        <For each={props.choices}>
          {(choice) => (
            <option value={choice.value} selected={choice.value === props.value}>
              {choice.label}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
