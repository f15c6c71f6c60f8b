import * as Plot from "@observablehq/plot";
import { Chart } from "../../components/chart.js";
import { Segmented } from "../../components/segmented.js";
import { useTexts, useView } from "../../model/context.js";
import { percent } from "../../model/format.js";
import { remedies, troublesFields } from "../../model/troubles-state.js";
import { en } from "../../texts/en/troubles.js";
import { zh } from "../../texts/zh/troubles.js";
import { type DeadFound, deadRates } from "./jobs/dead.js";
import { useLaboratory } from "./laboratory.js";
import { OtherWeights, Topic } from "./topic.js";

/** Where each remedy's line stands apart from the others. */
const labelAt = { adagrad: 0.3, slower: 10, leaky: 3 } as const;

/** How many units die at which learning rate, and which remedy helps. */
export function Dead() {
  const [state, patch] = useView("troubles");
  const t = useTexts({ en, zh });
  const measured = useLaboratory("dead", () => ({ seed: state.seed }));
  const shareAt = (found: DeadFound, remedy: (typeof remedies)[number]) =>
    found[remedy].find(({ rate }) => rate === Number(state.rate))?.dead ?? 0;
  const says = (found: DeadFound) =>
    t().deadSays(
      state.rate,
      percent(shareAt(found, "none"), 0),
      state.remedy === "none" ? undefined : t().remedies[state.remedy],
      percent(shareAt(found, state.remedy), 0),
    );
  return (
    <Topic
      topic="dead"
      measured={measured()}
      says={says}
      controls={
        <>
          <Segmented
            label={t().rate}
            value={state.rate}
            choices={deadRates.map((rate) => ({ value: String(rate) as typeof state.rate, label: String(rate) }))}
            onChange={(rate) => patch({ rate })}
          />
          <Segmented
            label={t().remedy}
            value={state.remedy}
            choices={remedies.map((value) => ({ value, label: t().remedies[value] }))}
            onChange={(remedy) => patch({ remedy })}
          />
          <OtherWeights />
        </>
      }
    >
      {(found) => (
        <Chart
          label={t().deadChart}
          height={320}
          save="dead-units"
          options={({ palette, width }) => {
            const rows = (remedy: (typeof remedies)[number]) => found()[remedy].map((row) => ({ ...row, remedy }));
            const others = remedies.filter((one) => one !== state.remedy && one !== "none").flatMap(rows);
            const chosen = rows(state.remedy);
            const untreated = rows("none");
            // On a phone the names would lie over each other.
            const labels = Object.entries(width < 560 ? {} : labelAt).flatMap(([remedy, rate]) =>
              rows(remedy as keyof typeof labelAt)
                .filter((row) => row.rate === rate && row.remedy !== state.remedy)
                .map((row) => ({ ...row, name: t().remedies[row.remedy] })),
            );
            return {
              marginLeft: 48,
              marginBottom: 38,
              x: { type: "log", label: t().rate, ticks: [...deadRates], tickFormat: (x: number) => String(x) },
              y: { domain: [0, 1], label: t().deadShare, grid: true, tickFormat: "%" },
              marks: [
                Plot.ruleX([Number(state.rate)], { stroke: palette.line, strokeWidth: 8 }),
                Plot.line(others, { x: "rate", y: "dead", z: "remedy", stroke: palette.soft, strokeOpacity: 0.4 }),
                Plot.text(labels, {
                  x: "rate",
                  y: "dead",
                  text: "name",
                  fill: palette.soft,
                  dy: -9,
                  textAnchor: "end",
                  dx: -4,
                }),
                Plot.line(untreated, { x: "rate", y: "dead", stroke: palette.negative, strokeWidth: 2.5 }),
                Plot.dot(untreated, { x: "rate", y: "dead", fill: palette.negative, r: 3.5 }),
                ...(state.remedy === troublesFields.remedy.fallback
                  ? []
                  : [
                      Plot.line(chosen, { x: "rate", y: "dead", stroke: palette.positive, strokeWidth: 2.5 }),
                      Plot.dot(chosen, { x: "rate", y: "dead", fill: palette.positive, r: 3.5 }),
                    ]),
              ],
            };
          }}
        />
      )}
    </Topic>
  );
}
