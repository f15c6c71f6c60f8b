import { For } from "solid-js";

interface LegendProps {
  readonly entries: readonly { readonly name: string; readonly color: string }[];
}

/** What colors stand for. */
export function Legend(props: LegendProps) {
  return (
    <p class="swatches">
      <For each={props.entries}>
        {({ name, color }) => (
          <span>
            <i style={{ background: color }} /> {name}
          </span>
        )}
      </For>
    </p>
  );
}
