import { createSignal, Show } from "solid-js";
import { parseNumber } from "../model/format.js";

interface MatrixCellProps {
  readonly name: string;
  /** Its place in the table shown, for the arrow keys. */
  readonly at: readonly [row: number, col: number];
  readonly value: number;
  readonly shown: string;
  readonly lit: boolean;
  readonly picked: boolean;
  /** Whether something happens when it is looked at. */
  readonly alive: boolean;
  readonly onEdit: ((value: number) => void) | undefined;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/** One number of a matrix: to look at, or to change. */
export function MatrixCell(props: MatrixCellProps) {
  const signs = () => ({ lit: props.lit, picked: props.picked, positive: props.value > 0, negative: props.value < 0 });
  /** What is being typed: it stays while the number behind it moves on. */
  const [draft, setDraft] = createSignal<string>();
  /** What it said when the cursor came: under the cursor a number stands still, or what is typed would land in another one. */
  const [held, setHeld] = createSignal<string>();
  const read = () => {
    const typed = draft() === (held() ?? props.shown) ? undefined : parseNumber(draft() ?? "");
    setDraft(undefined);
    if (typed !== undefined && typed !== props.value) props.onEdit?.(typed);
  };
  return (
    <Show
      when={props.onEdit}
      fallback={
        <td
          classList={signs()}
          data-row={props.at[0]}
          data-col={props.at[1]}
          tabindex={props.alive ? 0 : undefined}
          onFocus={() => props.onFocus()}
          onBlur={() => props.onBlur()}
          onPointerEnter={() => props.onFocus()}
        >
          {props.shown}
        </td>
      }
    >
      <td classList={signs()} data-row={props.at[0]} data-col={props.at[1]} onPointerEnter={() => props.onFocus()}>
        <input
          type="text"
          inputmode="decimal"
          autocomplete="off"
          aria-label={props.name}
          value={draft() ?? held() ?? props.shown}
          onFocus={() => {
            setHeld(props.shown);
            props.onFocus();
          }}
          onBlur={() => {
            if (draft() !== undefined) read();
            setHeld(undefined);
            props.onBlur();
          }}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              read();
              setHeld(undefined);
            }
            if (event.key === "Escape") setDraft(undefined);
          }}
        />
      </td>
    </Show>
  );
}
