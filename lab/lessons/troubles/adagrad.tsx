import * as Plot from "@observablehq/plot";
import { Chart } from "../../components/chart.js";
import { Legend } from "../../components/legend.js";
import { usePalette } from "../../components/palette.js";
import { Segmented } from "../../components/segmented.js";
import { Slider } from "../../components/slider.js";
import { useTexts, useView } from "../../model/context.js";
import { format } from "../../model/format.js";
import { en } from "../../texts/en/troubles.js";
import { zh } from "../../texts/zh/troubles.js";
import { type AdagradFound, adagradSteps } from "./jobs/adagrad.js";
import { useLaboratory } from "./laboratory.js";
import { Topic } from "./topic.js";

/** Adagrad's rate only falls; RMSprop forgets. */
export function Adagrad() {
  const [state, patch] = useView("troubles");
  const t = useTexts({ en, zh });
  const palette = usePalette();
  const measured = useLaboratory("adagrad", () => ({ rate: state.adaRate, moves: state.moves }));
  const left = (found: AdagradFound, which: "adagrad" | "rmsprop") =>
    Math.abs((found[which].place.at(-1) as number) - (found.goal.at(-1) as number));
  const says = (found: AdagradFound) =>
    t().adagradSays(
      (found.adagrad.effective[0] as number) / (found.adagrad.effective.at(-1) as number),
      format(left(found, "adagrad"), 2),
      format(left(found, "rmsprop"), 2),
    );
  const legend = () => [
    { name: "Adagrad", color: palette().negative },
    { name: "RMSprop", color: palette().positive },
  ];
  const series = (values: readonly number[], from: number) => values.map((value, i) => ({ step: i + from, value }));
  return (
    <Topic
      topic="adagrad"
      measured={measured()}
      says={says}
      controls={
        <>
          <Slider
            label={t().adaRate}
            value={state.adaRate}
            min={0.01}
            max={2}
            log
            onInput={(adaRate) => patch({ adaRate: Math.min(2, Math.max(0.01, adaRate)) })}
          />
          <Segmented
            label={t().goal}
            value={state.moves ? "moves" : "stays"}
            choices={(["stays", "moves"] as const).map((value) => ({ value, label: t().goals[value] }))}
            onChange={(value) => patch({ moves: value === "moves" })}
          />
        </>
      }
    >
      {(found) => (
        <div class="beside">
          <Chart
            label={t().effectiveChart}
            height={280}
            save="effective-rate"
            options={({ palette }) => ({
              marginLeft: 50,
              marginBottom: 38,
              x: { domain: [0, adagradSteps], label: t().step },
              y: { type: "log", label: t().effective, grid: true, ticks: 5, tickFormat: (x: number) => format(x, 1) },
              marks: [
                Plot.line(series(found().rmsprop.effective, 1), {
                  x: "step",
                  y: "value",
                  stroke: palette.positive,
                  strokeWidth: 2,
                }),
                Plot.line(series(found().adagrad.effective, 1), {
                  x: "step",
                  y: "value",
                  stroke: palette.negative,
                  strokeWidth: 2.5,
                }),
              ],
            })}
          >
            <Legend entries={legend()} />
          </Chart>
          <Chart
            label={t().placeChart}
            height={280}
            save="adagrad-path"
            options={({ palette }) => ({
              marginLeft: 40,
              marginBottom: 38,
              x: { domain: [0, adagradSteps], label: t().step },
              y: { label: t().place, grid: true },
              marks: [
                Plot.line(series(found().goal, 0), {
                  x: "step",
                  y: "value",
                  stroke: palette.soft,
                  strokeDasharray: "5 4",
                  curve: "step-after",
                }),
                Plot.line(series(found().rmsprop.place, 0), {
                  x: "step",
                  y: "value",
                  stroke: palette.positive,
                  strokeWidth: 2,
                }),
                Plot.line(series(found().adagrad.place, 0), {
                  x: "step",
                  y: "value",
                  stroke: palette.negative,
                  strokeWidth: 2.5,
                }),
              ],
            })}
          >
            <Legend entries={[...legend(), { name: t().goal, color: palette().soft }]} />
          </Chart>
        </div>
      )}
    </Topic>
  );
}
