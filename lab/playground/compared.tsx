import { Show } from "solid-js";
import { useTexts } from "../model/context.js";
import { format } from "../model/format.js";
import { readPin } from "../model/pin.js";
import type { PlaygroundState, RunSettings } from "../model/playground-state.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import { settingsOf } from "./client.js";

/** Where the pinned run stands, and in what it differs from the one at hand. */
export function Compared(props: { readonly state: PlaygroundState }) {
  const t = useTexts({ en, zh });
  const pin = () => readPin(props.state.pin);
  const shown = (settings: RunSettings, key: keyof RunSettings): string => {
    const value = settings[key];
    if (key === "data") return t().dataNames[settings.data];
    if (key === "init" && settings.init === "auto") return t().initAuto;
    if (key === "edits") return t().editCount(settings.edits === "" ? 0 : settings.edits.split(",").length);
    if (typeof value === "number") return key === "seed" ? String(value) : format(value);
    return typeof value === "string" ? value : value.join(" – ") || t().none;
  };
  const differences = (pinned: RunSettings) => {
    const now = settingsOf(props.state);
    const keys = Object.keys(now) as (keyof RunSettings)[];
    return keys.flatMap((key) => {
      const [before, after] = [shown(pinned, key), shown(now, key)];
      const label = t().settingNames[key];
      return before === after ? [] : [t().differs(label, before, after)];
    });
  };
  return (
    <Show when={pin()}>
      {(pinned) => <p class="small compared">{t().compared(String(pinned().steps), differences(pinned().settings))}</p>}
    </Show>
  );
}
