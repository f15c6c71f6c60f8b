import * as Plot from "@observablehq/plot";
import { For } from "solid-js";
import { Chart } from "../../components/chart.js";
import { Segmented } from "../../components/segmented.js";
import { useTexts, useView } from "../../model/context.js";
import { format, percent } from "../../model/format.js";
import { en } from "../../texts/en/troubles.js";
import { zh } from "../../texts/zh/troubles.js";
import { goal, type Walk, type ZigzagFound } from "./jobs/zigzag.js";
import { useLaboratory } from "./laboratory.js";
import { Topic } from "./topic.js";

/** Two weights on their way to a goal, from inputs that are all positive and from centered ones. */
export function Zigzag() {
  const [state, patch] = useView("troubles");
  const t = useTexts({ en, zh });
  const measured = useLaboratory("zigzag", () => ({ batch: state.batch }));
  const says = ({ sigmoid, tanh }: ZigzagFound) =>
    t().zigzagSays(percent(sigmoid.tied, 0), percent(tanh.tied, 0), format(sigmoid.detour, 2), format(tanh.detour, 2));
  return (
    <Topic
      topic="zigzag"
      measured={measured()}
      says={says}
      controls={
        <Segmented
          label={t().perStep}
          value={state.batch}
          choices={(["1", "64"] as const).map((value) => ({ value, label: t().examples[value] }))}
          onChange={(batch) => patch({ batch })}
        />
      }
    >
      {(found) => (
        <div class="beside">
          <For each={["sigmoid", "tanh"] as const}>
            {(kind) => (
              <figure class="plane">
                <figcaption>{t().inputsFrom(kind)}</figcaption>
                <Chart
                  label={t().planeLabel(kind)}
                  height={340}
                  save={`zigzag-${kind}`}
                  options={({ palette, width }) =>
                    planeOf(
                      found()[kind],
                      width,
                      palette.soft,
                      palette.line,
                      palette[kind === "sigmoid" ? "negative" : "positive"],
                    )
                  }
                />
              </figure>
            )}
          </For>
        </div>
      )}
    </Topic>
  );
}

function planeOf({ path, form }: Walk, width: number, soft: string, line: string, color: string): Plot.PlotOptions {
  const points = path.map(([x, y]) => ({ x, y }));
  const contours = [0.02, 0.1, 0.3, 0.7, 1.4].flatMap((height) => ellipse(form, height));
  const reach = 1.25;
  return {
    width: Math.min(width, 400),
    height: 340,
    marginBottom: 36,
    x: { domain: [-reach, reach], label: "w₁", ticks: 5 },
    y: { domain: [-reach, reach], label: "w₂", ticks: 5 },
    marks: [
      Plot.line(contours, { x: "x", y: "y", z: "height", stroke: line, clip: true }),
      Plot.line(points, { x: "x", y: "y", stroke: color, strokeWidth: 1.4, clip: true }),
      Plot.dot(points, { x: "x", y: "y", fill: color, r: 2, clip: true }),
      Plot.dot([{ x: goal[0], y: goal[1] }], { x: "x", y: "y", symbol: "star", fill: soft, r: 6 }),
    ],
  };
}

/** Where the loss, a·dx² + 2b·dx·dy + c·dy² around the goal, has one height. */
function ellipse([a, b, c]: Walk["form"], height: number): { x: number; y: number; height: number }[] {
  return Array.from({ length: 73 }, (_, i) => {
    const [cos, sin] = [Math.cos((i * Math.PI) / 36), Math.sin((i * Math.PI) / 36)];
    const r = Math.sqrt(height / (a * cos * cos + 2 * b * cos * sin + c * sin * sin));
    return { x: goal[0] + r * cos, y: goal[1] + r * sin, height };
  });
}
