import * as Plot from "@observablehq/plot";
import { createMemo, For } from "solid-js";
import type { Explanation } from "../../../src/index.js";
import { Chart } from "../../components/chart.js";
import { Formula } from "../../components/formula.js";
import { Prose } from "../../components/prose.js";
import { Select } from "../../components/select.js";
import { Slider } from "../../components/slider.js";
import { backwardSizes, type WeightAt } from "../../model/backward-state.js";
import { useTexts, useView } from "../../model/context.js";
import { format } from "../../model/format.js";
import { en } from "../../texts/en/backward.js";
import { zh } from "../../texts/zh/backward.js";
import { tex } from "../written.js";
import { flatIndex, lossOf, numbersOf, pathsTo, weightName } from "./told.js";

const allWeights = ([1, 2] as const).flatMap((layer) =>
  Array.from({ length: backwardSizes[layer] * (backwardSizes[layer - 1] as number) }, (_, i): WeightAt => {
    const width = backwardSizes[layer - 1] as number;
    return { layer, row: Math.floor(i / width), col: i % width };
  }),
);
const key = ({ layer, row, col }: WeightAt) => `${layer}.${row}.${col}`;
const label = ({ layer, row, col }: WeightAt) => `W[${layer}][${row + 1}, ${col + 1}]`;

/** One weight: the ways by which the loss reaches it, and what happens to the loss when it is nudged. */
export function Follow(props: { readonly told: Explanation }) {
  const [state, patch] = useView("backward");
  const t = useTexts({ en, zh });
  const paths = createMemo(() => pathsTo(state, props.told, state.weight));
  const gradient = () => numbersOf(props.told, `d${weightName(state.weight)}`)[flatIndex(state.weight)] as number;
  const w = () => numbersOf(props.told, weightName(state.weight))[flatIndex(state.weight)] as number;
  const loss = createMemo(() => lossOf(state, props.told, state.weight));
  const secant = createMemo(() => {
    const [up, down] = [loss()(w() + state.h), loss()(w() - state.h)];
    return { up, down, slope: (up - down) / (2 * state.h) };
  });
  const curve = createMemo(() => {
    const from = w() - 2.2;
    return Array.from({ length: 89 }, (_, i) => ({ x: from + i * 0.05, y: loss()(from + i * 0.05) }));
  });
  const total = () => paths().reduce((sum, { product }) => sum + product, 0);
  return (
    <div class="follow">
      <div class="panel">
        <Select
          label={t().weight}
          value={key(state.weight)}
          choices={allWeights.map((one) => ({ value: key(one), label: label(one) }))}
          onChange={(value) => {
            const found = allWeights.find((one) => key(one) === value);
            if (found !== undefined) patch({ weight: found });
          }}
        />
        <p class="paths-lead">{t().pathsLead(paths().length)}</p>
        <ol class="paths">
          <For each={paths()}>
            {(path) => (
              <li>
                <small>{t().path(path.example + 1, path.output + 1)}</small>
                <Formula block tex={path.factors.map((factor) => factor.tex).join(" \\cdot ")} />
                <div class="formula-line">
                  <Formula
                    tex={`= ${path.factors.map(({ value }, i) => tex(value, { first: i === 0, digits: 3 })).join(" \\cdot ")} = ${tex(path.product, { first: true })}`}
                  />
                </div>
              </li>
            )}
          </For>
        </ol>
        <p class="paths-sum">
          <Prose text={t().pathsSum} /> <strong data-sum>{format(total(), 6)}</strong>
        </p>
      </div>
      <div class="panel">
        <h3>{t().nudgeTitle}</h3>
        <Slider
          label={t().nudge}
          value={state.h}
          min={1e-6}
          max={2}
          log
          onInput={(h) => patch({ h: Math.min(2, Math.max(1e-6, h)) })}
        />
        <Chart
          label={t().chartLabel(label(state.weight))}
          height={250}
          save="loss-along-a-weight"
          options={({ palette }) => {
            const now = loss()(w());
            const tangent = [-1.6, 1.6].map((dx) => ({ x: w() + dx, y: now + gradient() * dx }));
            const cut = [
              { x: w() - state.h, y: secant().down },
              { x: w() + state.h, y: secant().up },
            ];
            return {
              marginLeft: 44,
              marginBottom: 40,
              x: { label: label(state.weight), nice: false },
              y: { label: t().loss, grid: true },
              marks: [
                Plot.line(curve(), { x: "x", y: "y", stroke: palette.ink, strokeWidth: 2 }),
                Plot.line(tangent, { x: "x", y: "y", stroke: palette.negative, strokeWidth: 1.5 }),
                Plot.line(cut, { x: "x", y: "y", stroke: palette.accent, strokeWidth: 1.5, strokeDasharray: "5 4" }),
                Plot.dot(cut, { x: "x", y: "y", fill: palette.accent, r: 4 }),
                Plot.dot([{ x: w(), y: now }], { x: "x", y: "y", fill: palette.ink, r: 4 }),
              ],
            };
          }}
        />
        <dl class="compare">
          <dt class="secant">
            <Formula tex="\dfrac{J(w+h) - J(w-h)}{2h}" />
          </dt>
          <dd data-secant>{format(secant().slope, 8)}</dd>
          <dt class="tangent">
            <Formula tex={`dW^{[${state.weight.layer}]}_{${state.weight.row + 1},${state.weight.col + 1}}`} />
          </dt>
          <dd data-gradient>{format(gradient(), 8)}</dd>
          <dt>{t().difference}</dt>
          <dd>{format(Math.abs(secant().slope - gradient()), 2)}</dd>
        </dl>
        <p class="note">{t().nudgeNote}</p>
      </div>
    </div>
  );
}
