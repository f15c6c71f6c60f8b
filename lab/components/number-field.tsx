import { createUniqueId } from "solid-js";
import { parseNumber } from "../model/format.js";

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

/** A number to be typed; what is not one, or out of bounds, is put right. */
export function NumberField(props: NumberFieldProps) {
  const id = createUniqueId();
  const read = (field: HTMLInputElement) => {
    const typed = parseNumber(field.value);
    const near = typed === undefined ? props.value : Math.min(props.max ?? typed, Math.max(props.min ?? typed, typed));
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
        value={props.value}
        onChange={(event) => read(event.currentTarget)}
      />
    </div>
  );
}
