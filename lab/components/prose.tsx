import { createMemo, Index, Show } from "solid-js";
import { Formula } from "./formula.js";

/** A sentence with formulas in it, between dollar signs: `The loss is $-\ln y$.` */
export function Prose(props: { readonly text: string }) {
  const parts = createMemo(() => props.text.split("$"));
  return (
    <Index each={parts()}>
      {(part, i) => (
        <Show when={i % 2 === 1} fallback={part()}>
          <Formula tex={part()} />
        </Show>
      )}
    </Index>
  );
}
