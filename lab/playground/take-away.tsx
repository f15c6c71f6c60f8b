import { createSignal, Show } from "solid-js";
import type { Text } from "../../src/index.js";
import { ShareButton } from "../components/share-button.js";
import { textOf } from "../model/complaint.js";
import { useStore, useTexts } from "../model/context.js";
import type { OwnTable } from "../model/own-data.js";
import { dataFile, isBeside } from "../model/own-source.js";
import type { PlaygroundState } from "../model/playground-state.js";
import { programOf } from "../model/program.js";
import { saveFile } from "../model/save-file.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import { type Client, settingsOf } from "./client.js";

interface TakeAwayProps {
  readonly client: Client;
  readonly state: PlaygroundState;
  readonly own: OwnTable | undefined;
}

/** The run as files of the reader's own. */
export function TakeAway(props: TakeAwayProps) {
  const t = useTexts({ en, zh });
  const [error, setError] = createSignal<Text>();
  const store = useStore();
  const program = () => programOf(settingsOf(props.state), props.state.step, props.own);
  const own = () => (props.state.data === "own" ? props.own : undefined);
  const beside = () => {
    const table = own();
    return table !== undefined && isBeside(table) ? table : undefined;
  };
  const save = async (about: "model" | "onnx", name: string) => {
    try {
      const bytes = await props.client.ask({ about });
      saveFile(name, bytes, "application/octet-stream");
      setError(undefined);
    } catch (reason) {
      setError(textOf(reason));
    }
  };
  return (
    <section class="lesson" aria-labelledby="take-away">
      <h2 id="take-away">{t().takeAway}</h2>
      <p>{t().takeAwayLead}</p>
      <div class="row">
        <ShareButton label={t().copyLink} />
        <button type="button" onClick={() => void save("model", "model.safetensors")}>
          {t().saveModel}
        </button>
        <button type="button" onClick={() => void save("onnx", "model.onnx")}>
          {t().saveOnnx}
        </button>
        <button
          type="button"
          disabled={program() === undefined}
          onClick={() => saveFile("program.ts", program() ?? "", "text/plain")}
        >
          {t().saveProgram}
        </button>
        <Show when={beside()}>
          {(table) => (
            <button type="button" onClick={() => saveFile(dataFile, table().text, "text/csv")}>
              {t().saveData(dataFile)}
            </button>
          )}
        </Show>
      </div>
      <p role="status" class="warning">
        {error()?.[store.state.language]}
      </p>
      <Show when={program()} fallback={<p class="small">{t().ownProgram}</p>}>
        <Show when={own()}>
          <p class="small">{beside() === undefined ? t().programHoldsData : t().programReadsData(dataFile)}</p>
        </Show>
        <details>
          <summary>{t().showProgram}</summary>
          <pre>
            <code>{program()}</code>
          </pre>
        </details>
      </Show>
    </section>
  );
}
