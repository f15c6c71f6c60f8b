import { createMemo, For, Show } from "solid-js";
import { useStore, useTexts } from "../model/context.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Snapshot } from "../worker/protocol.js";

/** What the training suffers from, in words. */
export function Diagnosis(props: { readonly snapshot: Snapshot }) {
  const t = useTexts({ en, zh });
  const store = useStore();
  // The same findings again are no news.
  const findings = createMemo(() => props.snapshot.findings, undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  return (
    <section class="diagnosis" aria-labelledby="diagnosis" aria-live="polite">
      <h2 id="diagnosis" class="small-title">
        {t().diagnosis}
      </h2>
      <Show when={findings().length > 0} fallback={<p>{props.snapshot.steps === 0 ? t().untrained : t().healthy}</p>}>
        <ul>
          <For each={findings()}>
            {({ name, seen, remedy }) => (
              <li class="diagnosis-item">
                <strong>{name[store.state.language]}</strong>
                <span>{seen[store.state.language]}</span>
                <em>{remedy[store.state.language]}</em>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
