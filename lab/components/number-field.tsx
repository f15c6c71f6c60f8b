import { createSignal, createUniqueId } from "solid-js";
import { useTexts } from "../model/context.js";
import { parseNumber } from "../model/format.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
  /** Called with a number within bounds, when the reader has finished typing it. */
  readonly onChange: (value: number) => void;
}

const counted = (bound: number | undefined, none: string) => bound?.toLocaleString("en") ?? none;

/** A number to be typed; what is not one, or out of bounds, is put right, and why is said. */
export function NumberField(props: NumberFieldProps) {
  const id = createUniqueId();
  const t = useTexts({ en, zh });
  /** What is being typed: it stays while the number behind it moves on. */
  const [draft, setDraft] = createSignal<string>();
  const [wrong, setWrong] = createSignal<"not-a-number" | "out-of-bounds">();
  const read = (field: HTMLInputElement) => {
    const typed = parseNumber(field.value);
    setDraft(undefined);
    const near = typed === undefined ? props.value : Math.min(props.max ?? typed, Math.max(props.min ?? typed, typed));
    setWrong(typed === undefined ? "not-a-number" : near === typed ? undefined : "out-of-bounds");
    const value = props.whole ? Math.round(near) : near;
    field.value = String(value);
    if (value !== props.value) props.onChange(value);
  };
  return (
    <div class="control control-number">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="text"
        inputmode={props.whole ? "numeric" : "decimal"}
        autocomplete="off"
        value={draft() ?? props.value}
        aria-describedby={`${id}-wrong`}
        onInput={(event) => {
          setDraft(event.currentTarget.value);
          setWrong(undefined);
        }}
        onChange={(event) => read(event.currentTarget)}
      />
      <small id={`${id}-wrong`} role="status">
        {wrong() === "not-a-number" && t().notNumber}
        {wrong() === "out-of-bounds" && t().bounds(counted(props.min, "−∞"), counted(props.max, "∞"))}
      </small>
    </div>
  );
}
