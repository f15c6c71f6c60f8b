import * as Plot from "@observablehq/plot";
import { createEffect, createSignal, For, onCleanup, Show } from "solid-js";
import { Chart } from "../../components/chart.js";
import type { Palette } from "../../components/palette.js";
import { Segmented } from "../../components/segmented.js";
import { Slider } from "../../components/slider.js";
import { useReducedMotion, useTexts, useView } from "../../model/context.js";
import { format } from "../../model/format.js";
import { en } from "../../texts/en/troubles.js";
import { zh } from "../../texts/zh/troubles.js";
import type { DigitsFound, Racer, RavineFound } from "./jobs/race.js";
import { curvatures, heightAt, racers, raceSteps, rateOf } from "./jobs/race.js";
import { useLaboratory } from "./laboratory.js";
import { OtherWeights, Topic } from "./topic.js";

export const racerNames: Readonly<Record<Racer, string>> = {
  sgd: "SGD",
  momentum: "Momentum",
  adagrad: "Adagrad",
  rmsprop: "RMSprop",
  adam: "Adam",
};

/** Optimizers from one start: on a ravine that can be drawn, and on digits. */
export function Race() {
  const [state] = useView("troubles");
  return (
    <Show when={state.track === "ravine"} fallback={<OnDigits />}>
      <OnRavine />
    </Show>
  );
}

function OnRavine() {
  const [state] = useView("troubles");
  const t = useTexts({ en, zh });
  const measured = useLaboratory("ravine", () => undefined);
  const standing = (found: RavineFound) =>
    racers.map((racer) => [racer, heightAt(found[racer][state.lap] as readonly number[])] as const);
  return (
    <Topic
      topic="race"
      measured={measured()}
      says={(found) => t().ravineSays(state.lap, racerNames[leader(standing(found))])}
      controls={<RaceControls />}
    >
      {(found) => (
        <>
          <Chart
            label={t().ravineChart}
            height={340}
            save="ravine"
            options={({ palette }) => ravineOf(found(), state.lap, palette)}
          >
            <Standing rows={standing(found())} track="ravine" label={t().height} />
          </Chart>
        </>
      )}
    </Topic>
  );
}

function OnDigits() {
  const [state] = useView("troubles");
  const t = useTexts({ en, zh });
  const measured = useLaboratory("digits", () => ({ seed: state.seed }));
  const standing = (found: DigitsFound) =>
    racers.map((racer) => [racer, smoothed(found[racer])[state.lap] as number] as const);
  return (
    <Topic
      topic="race"
      measured={measured()}
      says={(found) => t().digitsSays(state.lap, racerNames[leader(standing(found))])}
      controls={<RaceControls />}
    >
      {(found) => (
        <>
          <Chart
            label={t().digitsChart}
            height={340}
            save="race-on-digits"
            options={({ palette }) => ({
              marginLeft: 44,
              marginBottom: 38,
              x: { domain: [0, raceSteps], label: t().step },
              y: { domain: [0, 2.6], label: t().loss, grid: true },
              marks: racers.map((racer, i) =>
                Plot.line(
                  smoothed(found()[racer])
                    .slice(0, state.lap + 1)
                    .map((loss, step) => ({ step, loss })),
                  { x: "step", y: "loss", stroke: palette.classes[i] as string, strokeWidth: 2 },
                ),
              ),
            })}
          >
            <Standing rows={standing(found())} track="digits" label={t().loss} />
          </Chart>
        </>
      )}
    </Topic>
  );
}

/** Means over the last ten steps: each batch is a little easier or harder than the next. */
const smoothed = (losses: readonly number[]) =>
  losses.map((_, i) => {
    const last = losses.slice(Math.max(0, i - 9), i + 1);
    return last.reduce((sum, loss) => sum + loss, 0) / last.length;
  });

const leader = (rows: readonly (readonly [Racer, number])[]): Racer =>
  rows.reduce((best, one) => (one[1] < best[1] ? one : best))[0];

function RaceControls() {
  const [state, patch] = useView("troubles");
  const t = useTexts({ en, zh });
  const still = useReducedMotion();
  const [running, setRunning] = createSignal(false);
  const start = () => {
    if (still()) patch({ lap: raceSteps });
    else {
      if (!running() && state.lap >= raceSteps) patch({ lap: 0 });
      setRunning(!running());
    }
  };
  createEffect(() => {
    if (!running()) return;
    const timer = setInterval(() => {
      if (state.lap >= raceSteps) setRunning(false);
      else patch({ lap: state.lap + 1 });
    }, 50);
    onCleanup(() => clearInterval(timer));
  });
  return (
    <>
      <Segmented
        label={t().track}
        value={state.track}
        choices={(["ravine", "digits"] as const).map((value) => ({ value, label: t().tracks[value] }))}
        onChange={(track) => patch({ track })}
      />
      <Slider label={t().step} value={state.lap} min={0} max={raceSteps} step={1} onInput={(lap) => patch({ lap })} />
      <button type="button" class="primary" onClick={start}>
        {running() ? t().pause : still() ? t().toTheEnd : t().start}
      </button>
      <Show when={state.track === "digits"}>
        <OtherWeights />
      </Show>
    </>
  );
}

function Standing(props: {
  readonly rows: readonly (readonly [Racer, number])[];
  readonly track: "ravine" | "digits";
  readonly label: string;
}) {
  const t = useTexts({ en, zh });
  return (
    <ul class="standing-list" aria-label={props.label}>
      <For each={props.rows}>
        {([racer, value], i) => (
          <li>
            <i style={{ background: `var(--class-${i()})` }} />
            {racerNames[racer]} <small>{t().atRate(rateOf(racer, props.track))}</small>
            <b>{format(value, 3)}</b>
          </li>
        )}
      </For>
    </ul>
  );
}

function ravineOf(found: RavineFound, lap: number, palette: Palette): Plot.PlotOptions {
  const contours = [0.1, 0.6, 2, 5, 10, 18, 28].flatMap((height) =>
    Array.from({ length: 73 }, (_, i) => ({
      height,
      x: Math.sqrt((2 * height) / curvatures[0]) * Math.cos((i * Math.PI) / 36),
      y: Math.sqrt((2 * height) / curvatures[1]) * Math.sin((i * Math.PI) / 36),
    })),
  );
  const line = (racer: Racer) => found[racer].slice(0, lap + 1).map(([x, y]) => ({ x: x as number, y: y as number }));
  return {
    marginBottom: 36,
    x: { domain: [-4.6, 2.2], label: "x" },
    y: { domain: [-1, 1], label: "y" },
    marks: [
      Plot.line(contours, { x: "x", y: "y", z: "height", stroke: palette.line, clip: true }),
      Plot.dot([{ x: 0, y: 0 }], { x: "x", y: "y", symbol: "star", fill: palette.soft, r: 6 }),
      ...racers.flatMap((racer, i) => [
        Plot.line(line(racer), { x: "x", y: "y", stroke: palette.classes[i] as string, strokeWidth: 1.8, clip: true }),
        Plot.dot(line(racer).slice(-1), { x: "x", y: "y", fill: palette.classes[i] as string, r: 5, clip: true }),
      ]),
    ],
  };
}
