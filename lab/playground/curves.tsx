import * as Plot from "@observablehq/plot";
import { Show } from "solid-js";
import { Chart } from "../components/chart.js";
import { usePalette } from "../components/palette.js";
import { useTexts } from "../model/context.js";
import { format, percent } from "../model/format.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Curve } from "../worker/curve.js";
import type { Snapshot } from "../worker/protocol.js";
import type { Pinned } from "./client.js";

interface CurvesProps {
  readonly snapshot: Snapshot;
  readonly pinned: Pinned | undefined;
  readonly log: boolean;
  readonly setLog: (log: boolean) => void;
}

/** Loss and accuracy by step, of the training and the test part, and of the run that is pinned. */
export function Curves(props: CurvesProps) {
  const t = useTexts({ en, zh });
  const palette = usePalette();
  const withAccuracy = () => !Number.isNaN(props.snapshot.test.accuracy);
  const lines = (training: keyof Curve, test: keyof Curve) => {
    const { curve } = props.snapshot;
    const old = props.pinned?.curve;
    const { ink, soft, accent } = palette();
    return [
      ...(old === undefined ? [] : [lineOf(old, training, soft, "2 3"), lineOf(old, test, accent, "2 3")]),
      lineOf(curve, training, ink),
      lineOf(curve, test, accent),
    ];
  };
  const x = () => ({
    label: t().steps,
    ticks: 5,
    tickFormat: (step: number) => (step >= 1000 ? `${step / 1000}k` : String(step)),
    domain: [0, Math.max(1, props.snapshot.steps, props.pinned?.curve.steps.at(-1) ?? 0)],
  });
  return (
    <div class="curves">
      <figure>
        <div class="figure-head">
          <h2 class="small-title">{t().loss}</h2>
          <Readings training={format(props.snapshot.training.loss)} test={format(props.snapshot.test.loss)} />
        </div>
        <Chart
          label={t().lossLabel(format(props.snapshot.training.loss), format(props.snapshot.test.loss))}
          height={190}
          save="loss"
          options={() => ({
            marginLeft: 44,
            x: x(),
            marginBottom: 38,
            y: props.log
              ? { type: "log", label: t().meanLoss, grid: true, ticks: 4, tickFormat: "~g" }
              : { label: t().meanLoss, zero: true, grid: true, ticks: 4 },
            marks: lines("loss", "testLoss"),
          })}
        >
          <Show when={props.pinned}>
            {(pinned) => <PinnedReadings training={format(pinned().training.loss)} test={format(pinned().test.loss)} />}
          </Show>
        </Chart>
        <label class="small">
          <input type="checkbox" checked={props.log} onChange={(event) => props.setLog(event.currentTarget.checked)} />{" "}
          {t().log}
        </label>
      </figure>
      <Show when={withAccuracy()}>
        <figure>
          <div class="figure-head">
            <h2 class="small-title">{t().accuracy}</h2>
            <Readings
              training={percent(props.snapshot.training.accuracy)}
              test={percent(props.snapshot.test.accuracy)}
            />
          </div>
          <Chart
            label={t().accuracyLabel(percent(props.snapshot.training.accuracy), percent(props.snapshot.test.accuracy))}
            height={190}
            save="accuracy"
            options={() => ({
              marginLeft: 44,
              x: x(),
              marginBottom: 38,
              y: { label: null, domain: [0, 1], tickFormat: "%", grid: true, ticks: 4 },
              marks: lines("accuracy", "testAccuracy"),
            })}
          >
            <Show when={props.pinned}>
              {(pinned) => (
                <PinnedReadings training={percent(pinned().training.accuracy)} test={percent(pinned().test.accuracy)} />
              )}
            </Show>
          </Chart>
        </figure>
      </Show>
    </div>
  );
}

function Readings(props: { readonly training: string; readonly test: string }) {
  const t = useTexts({ en, zh });
  return (
    <p class="readings">
      <i class="line-training" />
      {t().trainingSet} <b data-testid="training">{props.training}</b> <i class="line-test" />
      {t().testSet} <b data-testid="test">{props.test}</b>
    </p>
  );
}

function PinnedReadings(props: { readonly training: string; readonly test: string }) {
  const t = useTexts({ en, zh });
  return (
    <p class="readings pinned-readings">
      <i class="dashed" />
      {t().pinnedSet} · {t().trainingSet} <b>{props.training}</b> {t().testSet} <b>{props.test}</b>
    </p>
  );
}

function lineOf(
  curve: Curve,
  key: keyof Curve,
  stroke: string,
  dash = "",
  positive = key === "loss" || key === "testLoss",
) {
  const points = Array.from(curve.steps, (step, i) => [step, curve[key][i] as number] as const);
  return Plot.line(
    points.filter(([, y]) => Number.isFinite(y) && (!positive || y > 0)),
    { x: "0", y: "1", stroke, strokeWidth: dash === "" ? 1.8 : 1.2, ...(dash !== "" && { strokeDasharray: dash }) },
  );
}
