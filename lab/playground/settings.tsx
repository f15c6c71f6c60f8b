import { Show } from "solid-js";
import { NumberField } from "../components/number-field.js";
import { Select } from "../components/select.js";
import { Slider } from "../components/slider.js";
import { useTexts } from "../model/context.js";
import { format } from "../model/format.js";
import {
  type DataName,
  dataNames,
  hiddenActivations,
  initializerNames,
  optimizerNames,
  type PlaygroundState,
  usualNoise,
} from "../model/playground-state.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import { LayersEditor } from "./layers-editor.js";

interface SettingsProps {
  readonly state: PlaygroundState;
  /** A change after which the run begins anew. */
  readonly change: (patch: Partial<PlaygroundState>) => void;
}

const plain = <T extends string>(names: readonly T[]) => names.map((value) => ({ value, label: value }));
const flat: readonly DataName[] = ["spiral", "moons", "circles", "xor", "blobs"];

/** Everything a run follows from. */
export function Settings(props: SettingsProps) {
  const t = useTexts({ en, zh });
  const { change } = props;
  const chooseData = (data: DataName) => change({ data, noise: usualNoise[data] ?? props.state.noise });
  return (
    <div class="settings">
      <fieldset>
        <legend class="settings-title">{t().data}</legend>
        <Select
          label={t().data}
          value={props.state.data}
          choices={dataNames.map((value) => ({ value, label: t().dataNames[value] }))}
          onChange={chooseData}
        />
        <Show when={props.state.data === "spiral" || props.state.data === "blobs"}>
          <Slider
            label={t().classes}
            value={props.state.classes}
            min={2}
            max={5}
            step={1}
            onInput={(classes) => change({ classes })}
          />
        </Show>
        <Show when={flat.includes(props.state.data)}>
          <Slider
            label={t().noise}
            value={props.state.noise}
            min={0}
            max={1}
            step={0.01}
            onInput={(noise) => change({ noise })}
          />
          <Slider
            label={t().count}
            value={props.state.count}
            min={50}
            max={2000}
            step={50}
            onInput={(count) => change({ count })}
          />
        </Show>
      </fieldset>
      <fieldset>
        <legend class="settings-title">{t().network}</legend>
        <LayersEditor layers={props.state.layers} onChange={(layers) => change({ layers })} />
        <Select
          label={t().activation}
          value={props.state.activation}
          choices={plain(hiddenActivations)}
          onChange={(activation) => change({ activation })}
        />
        <Select
          label={t().init}
          value={props.state.init}
          choices={initializerNames.map((value) => ({ value, label: value === "auto" ? t().initAuto : value }))}
          onChange={(init) => change({ init })}
        />
      </fieldset>
      <fieldset>
        <legend class="settings-title">{t().learning}</legend>
        <Select
          label={t().optimizer}
          value={props.state.optimizer}
          choices={plain(optimizerNames)}
          onChange={(optimizer) => change({ optimizer })}
        />
        <Slider
          label={t().rate}
          value={props.state.rate}
          min={1e-5}
          max={10}
          log
          onInput={(rate) => change({ rate })}
        />
        <Slider
          label={t().batch}
          value={props.state.batch}
          min={1}
          max={512}
          log
          step={Math.log10(2)}
          show={String}
          onInput={(batch) => change({ batch: Math.round(batch) })}
        />
        <Slider
          label={t().decay}
          value={props.state.decay}
          min={0}
          max={0.1}
          step={0.001}
          onInput={(decay) => change({ decay })}
        />
        <Slider
          label={t().dropout}
          value={props.state.dropout}
          min={0}
          max={0.8}
          step={0.05}
          show={(x) => format(x, 2)}
          onInput={(dropout) => change({ dropout })}
        />
        <div class="seed">
          <NumberField
            label={t().seed}
            value={props.state.seed}
            min={0}
            max={1_000_000_000}
            whole
            onChange={(seed) => change({ seed })}
          />
          <button type="button" class="beside-field" onClick={() => change({ seed: props.state.seed + 1 })}>
            {t().newSeed}
          </button>
        </div>
      </fieldset>
    </div>
  );
}
