import { Show } from "solid-js";
import { Segmented } from "../components/segmented.js";
import { useTexts } from "../model/context.js";
import type { PlaygroundState } from "../model/playground-state.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Client } from "./client.js";

interface ToolbarProps {
  readonly client: Client;
  readonly pace: PlaygroundState["pace"];
  readonly setPace: (pace: PlaygroundState["pace"]) => void;
  readonly reset: () => void;
  readonly unpin: () => void;
}

/** Run, pause, step, start anew; where the run stands. */
export function Toolbar(props: ToolbarProps) {
  const t = useTexts({ en, zh });
  const { client } = props;
  const snapshot = () => client.view()?.snapshot;
  const over = () => snapshot() === undefined || snapshot()?.diverged === true;
  const counted = (n: number) => n.toLocaleString("en");
  return (
    <div class="toolbar">
      <button
        type="button"
        class="primary"
        disabled={over()}
        onClick={() => (client.running() ? client.pause() : client.run())}
      >
        <span aria-hidden="true">{client.running() ? "❚❚" : "▶"}</span>
        {client.running() ? t().pause : t().run}
      </button>
      <button type="button" disabled={over()} onClick={() => client.step(1)}>
        {t().step}
      </button>
      <button type="button" disabled={over()} onClick={() => client.step(client.view()?.opened.batches ?? 1)}>
        {t().epoch}
      </button>
      <button type="button" onClick={() => props.reset()}>
        {t().reset}
      </button>
      <Show
        when={client.pinned()}
        fallback={
          <button type="button" disabled={(snapshot()?.steps ?? 0) === 0} onClick={() => client.pin()}>
            {t().pin}
          </button>
        }
      >
        <button type="button" aria-pressed="true" onClick={() => props.unpin()}>
          {t().unpin}
        </button>
      </Show>
      <Segmented
        label={t().pace}
        bare
        value={props.pace}
        choices={(["slow", "steady", "full"] as const).map((value) => ({ value, label: t().paces[value] }))}
        onChange={(pace) => props.setPace(pace)}
      />
      <dl class="standing">
        <div>
          <dt>{t().steps}</dt>
          <dd data-testid="steps">{counted(snapshot()?.steps ?? 0)}</dd>
        </div>
        <div>
          <dt>{t().epochs}</dt>
          <dd>{counted(snapshot()?.epoch ?? 1)}</dd>
        </div>
        <Show when={(snapshot()?.speed ?? 0) > 0}>
          <div>
            <dd>{t().speed(counted(Number((snapshot()?.speed ?? 0).toPrecision(2))))}</dd>
          </div>
        </Show>
      </dl>
    </div>
  );
}
