import * as Plot from "@observablehq/plot";
import { Chart } from "../../components/chart.js";
import { Segmented } from "../../components/segmented.js";
import { Select } from "../../components/select.js";
import { Slider } from "../../components/slider.js";
import { useTexts, useView } from "../../model/context.js";
import { format } from "../../model/format.js";
import { type TroubleActivation, troubleActivations, troubleInits } from "../../model/troubles-state.js";
import { en } from "../../texts/en/troubles.js";
import { zh } from "../../texts/zh/troubles.js";
import { shownName } from "../activations/gallery.js";
import type { DepthFound } from "./jobs/depth.js";
import { useLaboratory } from "./laboratory.js";
import { OtherWeights, Topic } from "./topic.js";

/** Gradients on their way back through many layers. */
export function Depth() {
  const [state, patch] = useView("troubles");
  const t = useTexts({ en, zh });
  const measured = useLaboratory("depth", () => ({ init: state.init, depth: state.depth, seed: state.seed }));
  const lineOf = (g: TroubleActivation, norms: readonly number[]) =>
    norms.map((norm, i) => ({ g, layer: i + 1, norm })).filter(({ norm }) => norm > 0 && Number.isFinite(norm));
  const says = (found: DepthFound) => {
    const norms = found[state.g];
    return t().depthSays(shownName(state.g), norms.length, (norms[0] as number) / (norms.at(-1) as number));
  };
  return (
    <Topic
      topic="depth"
      measured={measured()}
      says={says}
      controls={
        <>
          <ActivationChoice />
          <Select
            label={t().init}
            value={state.init}
            choices={troubleInits.map((value) => ({ value, label: t().inits[value] }))}
            onChange={(init) => patch({ init })}
          />
          <Slider
            label={t().depth}
            value={state.depth}
            min={2}
            max={30}
            step={1}
            onInput={(depth) => patch({ depth })}
          />
          <OtherWeights />
        </>
      }
    >
      {(found) => (
        <Chart
          label={t().depthChart}
          height={360}
          save="gradient-norms"
          options={({ palette, width }) => {
            const chosen = lineOf(state.g, found()[state.g]);
            const others = troubleActivations.filter((g) => g !== state.g).flatMap((g) => lineOf(g, found()[g]));
            const last = chosen.at(-1);
            const bound =
              state.g === "sigmoid" && last !== undefined
                ? chosen.map(({ layer }) => ({ layer, norm: last.norm * 0.25 ** (last.layer - layer) }))
                : [];
            const ends = named(troubleActivations.flatMap((g) => lineOf(g, found()[g]).slice(0, 1)));
            return {
              marginLeft: 56,
              marginRight: 16,
              marginBottom: 38,
              x: {
                label: t().layer,
                domain: [width < 560 ? 0.5 : -0.14 * found()[state.g].length, found()[state.g].length + 0.5],
                ticks: ticksTo(found()[state.g].length),
                tickFormat: "d",
              },
              y: { type: "log", label: t().norm, grid: true, tickFormat: (x: number) => format(x, 1), ticks: 6 },
              marks: [
                Plot.line(others, { x: "layer", y: "norm", z: "g", stroke: palette.soft, strokeOpacity: 0.55 }),
                Plot.line(bound, { x: "layer", y: "norm", stroke: palette.negative, strokeDasharray: "4 4" }),
                Plot.line(chosen, { x: "layer", y: "norm", stroke: palette.positive, strokeWidth: 2.5 }),
                Plot.dot(chosen, { x: "layer", y: "norm", fill: palette.positive, r: 3 }),
                Plot.text(ends, {
                  x: "layer",
                  y: "norm",
                  text: "name",
                  fill: ({ name }: { name: string }) =>
                    name.split(", ").includes(shownName(state.g)) ? palette.positive : palette.soft,
                  ...(width < 560 ? { textAnchor: "start", dx: 4, dy: -9 } : { textAnchor: "end", dx: -8 }),
                }),
              ],
            };
          }}
        />
      )}
    </Topic>
  );
}

interface End {
  readonly g: TroubleActivation;
  readonly layer: number;
  readonly norm: number;
}

/** One name for lines that end in (nearly) the same place. */
function named(ends: readonly End[]): { readonly layer: number; readonly norm: number; readonly name: string }[] {
  const logs = ends.map(({ norm }) => Math.log(norm));
  const near = (Math.max(...logs) - Math.min(...logs)) / 24;
  const labels: { layer: number; norm: number; name: string }[] = [];
  for (const { g, layer, norm } of ends) {
    const same = labels.find((label) => Math.abs(Math.log(label.norm / norm)) <= near);
    if (same === undefined) labels.push({ layer, norm, name: shownName(g) });
    else same.name += `, ${shownName(g)}`;
  }
  return labels;
}

const ticksTo = (depth: number) => [1, ...[5, 10, 15, 20, 25, 30].filter((tick) => tick <= depth)];

export function ActivationChoice() {
  const [state, patch] = useView("troubles");
  const t = useTexts({ en, zh });
  return (
    <Segmented
      label={t().activation}
      value={state.g}
      choices={troubleActivations.map((value) => ({ value, label: shownName(value) }))}
      onChange={(g) => patch({ g })}
    />
  );
}
