import { createSignal, For, onMount, Show } from "solid-js";
import type { Text } from "../../src/index.js";
import { Select } from "../components/select.js";
import { textOf } from "../model/complaint.js";
import { useStore, useTexts } from "../model/context.js";
import { type OwnTable, readOwnData, readOwnFile } from "../model/own-data.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";

interface OwnDataProps {
  readonly seed: number;
  readonly table: OwnTable | undefined;
  readonly onData: (table: OwnTable) => void;
}

/** Data of the reader's own: dropped, chosen or pasted. */
export function OwnData(props: OwnDataProps) {
  let area!: HTMLTextAreaElement;
  const t = useTexts({ en, zh });
  const [error, setError] = createSignal<Text>();
  const store = useStore();
  onMount(() => {
    area.value = props.table?.text ?? "";
  });
  const found = () => {
    if (props.table === undefined) return t().ownMissing;
    const { split, target } = props.table;
    return t().ownFound(split.training.count + split.test.count, split.training.inputs, target);
  };
  const use = async (target?: string) => {
    try {
      props.onData(await readOwnData(area.value, props.seed, target));
      setError(undefined);
    } catch (reason) {
      setError(textOf(reason));
    }
  };
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      area.value = await readOwnFile(file);
    } catch (reason) {
      setError(textOf(reason));
      return;
    }
    await use();
  };
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
        <button type="button" class="primary" onClick={() => void use()}>
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
        <Show when={error() === undefined} fallback={<span class="warning">{error()?.[store.state.language]}</span>}>
          {found()}
        </Show>
      </p>
      <Show when={props.table}>
        {(table) => (
          <>
            <ul class="columns">
              <For each={table().notes}>
                {(note) => (
                  <li classList={{ dropped: note.kind === "drop" }}>
                    <b>{note.name}</b> {note.isTarget ? t().ownTarget : t().ownKinds[note.kind]}
                  </li>
                )}
              </For>
            </ul>
            <Select
              label={t().ownPredict}
              value={table().target}
              choices={table().notes.map(({ name }) => ({ value: name, label: name }))}
              onChange={(target) => void use(target)}
            />
          </>
        )}
      </Show>
    </section>
  );
}
