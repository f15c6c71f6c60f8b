import { type JSX, Show } from "solid-js";
import { Prose } from "../../components/prose.js";
import { useStore, useTexts, useView } from "../../model/context.js";
import type { TroubleTopic } from "../../model/troubles-state.js";
import { en } from "../../texts/en/troubles.js";
import { zh } from "../../texts/zh/troubles.js";
import type { Measured } from "./laboratory.js";

interface TopicProps<T> {
  readonly topic: TroubleTopic;
  readonly measured: Measured<T>;
  readonly controls: JSX.Element;
  /** What the figures say, in a sentence. */
  readonly says: (found: T) => string;
  readonly children: (found: () => T) => JSX.Element;
}

/** One trouble: the claim and its source, something to set, the figures, and what they say. */
export function Topic<T>(props: TopicProps<T>) {
  const t = useTexts({ en, zh });
  const store = useStore();
  return (
    <section class="topic" aria-labelledby={props.topic}>
      <h2 id={props.topic}>{t().topics[props.topic].title}</h2>
      <blockquote>
        <p>{t().topics[props.topic].claim}</p>
        <cite>{t().topics[props.topic].source}</cite>
      </blockquote>
      <div class="controls">{props.controls}</div>
      <div class="panel" aria-busy={props.measured.busy} classList={{ busy: props.measured.busy }}>
        <Show
          when={props.measured.found}
          fallback={<p class="measuring">{props.measured.error?.[store.state.language] ?? t().measuring}</p>}
        >
          {(found) => (
            <>
              {props.children(() => found() as T)}
              <p class="says" role="status">
                <Prose text={props.says(found() as T)} />
              </p>
            </>
          )}
        </Show>
      </div>
      <p class="note">
        <Prose text={t().topics[props.topic].note} />
      </p>
    </section>
  );
}

/** Draws other first weights. */
export function OtherWeights() {
  const [state, patch] = useView("troubles");
  const t = useTexts({ en, zh });
  return (
    <button type="button" onClick={() => patch({ seed: (state.seed % 9999) + 1 })}>
      {t().otherWeights}
    </button>
  );
}
