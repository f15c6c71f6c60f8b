import { createSignal, Show } from "solid-js";
import type { Split } from "../../src/index.js";
import { useTexts } from "../model/context.js";
import { readOwnData } from "../model/own-data.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";

interface OwnDataProps {
  readonly seed: number;
  readonly split: Split | undefined;
  readonly onData: (split: Split) => void;
}

/** Data of the reader's own: dropped, chosen or pasted. */
export function OwnData(props: OwnDataProps) {
  let area!: HTMLTextAreaElement;
  const t = useTexts({ en, zh });
  const [error, setError] = createSignal("");
  const use = () => {
    try {
      props.onData(readOwnData(area.value, props.seed));
      setError("");
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
    }
  };
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    area.value = await file.text();
    use();
  };
  const targetOf = ({ training: { target } }: Split) =>
    target.kind === "class" ? target.classes.join(", ") : target.names.join(", ");
  return (
    <section
      class="own-data panel"
      aria-labelledby="own"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <h2 id="own" class="small-title">
        {t().ownTitle}
      </h2>
      <p class="small">{t().ownHelp}</p>
      <textarea
        ref={area}
        rows="5"
        aria-label={t().ownLabel}
        placeholder={"x1,x2,kind\n0.5,1.2,a\n…"}
        spellcheck={false}
      />
      <p class="row">
        <button type="button" class="primary" onClick={use}>
          {t().ownUse}
        </button>
        <label class="button file">
          {t().ownFile}
          <input
            class="file-input"
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={(event) => void take(event.currentTarget.files?.[0])}
          />
        </label>
      </p>
      <p role="status">
        <Show when={error() === ""} fallback={<span class="warning">{error()}</span>}>
          <Show when={props.split} fallback={t().ownMissing}>
            {(split) =>
              t().ownFound(split().training.count + split().test.count, split().training.inputs, targetOf(split()))
            }
          </Show>
        </Show>
      </p>
    </section>
  );
}
