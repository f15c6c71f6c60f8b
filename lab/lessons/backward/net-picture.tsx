import { For, Show } from "solid-js";
import type { ExplainedStep, Explanation } from "../../../src/index.js";
import { backwardSizes, type WeightAt } from "../../model/backward-state.js";
import { format } from "../../model/format.js";
import { numbersOf } from "./told.js";

interface NetPictureProps {
  readonly label: string;
  /** The account in rows. */
  readonly told: Explanation;
  readonly steps: readonly ExplainedStep[];
  /** The step that is shown. */
  readonly at: number;
  readonly weight: WeightAt;
  readonly lossWord: string;
  readonly onChoose: (weight: WeightAt) => void;
}

const columns = [50, 190, 330, 440] as const;
const heights: Readonly<Record<number, readonly number[]>> = { 1: [130], 2: [80, 180], 3: [40, 130, 220] };
const y = (column: number, unit: number) => heights[backwardSizes[column] ?? 1]?.[unit] as number;

/** The network with the values and gradients known so far of the first example; the ways to the chosen weight in color. */
export function NetPicture(props: NetPictureProps) {
  const known = (name: string) => props.steps.findIndex((step) => step.name === name) <= props.at;
  const active = () => props.steps[props.at]?.name ?? "";
  const units = [0, 1, 2].flatMap((column) =>
    Array.from({ length: backwardSizes[column] as number }, (_, unit) => ({ column, unit })),
  );
  const edges = ([1, 2] as const).flatMap((layer) =>
    Array.from({ length: backwardSizes[layer] }, (_, row) =>
      Array.from({ length: backwardSizes[layer - 1] as number }, (_, col): WeightAt => ({ layer, row, col })),
    ).flat(),
  );
  const shownValue = (column: number, unit: number): string => {
    const name = ["X", "A[1]", "Y"][column] as string;
    return column === 0 || known(name) ? format(numbersOf(props.told, name)[unit] as number, 2) : "·";
  };
  const gradientOf = (column: number, unit: number): string | undefined => {
    const name = ["dX", "dZ[1]", "dZ[2]"][column] as string;
    return known(name) ? format(numbersOf(props.told, name)[unit] as number, 2) : undefined;
  };
  const isChosen = ({ layer, row, col }: WeightAt) =>
    layer === props.weight.layer && row === props.weight.row && col === props.weight.col;
  const onPath = ({ layer, row, col }: WeightAt) =>
    isChosen({ layer, row, col }) || (props.weight.layer === 1 && layer === 2 && col === props.weight.row);
  const weightOf = ({ layer, row, col }: WeightAt) =>
    numbersOf(props.told, `W[${layer}]`)[row * (backwardSizes[layer - 1] as number) + col] as number;
  const isActive = (column: number) =>
    column === 0
      ? active() === "dX"
      : [`Z[${column}]`, `A[${column}]`, `dA[${column}]`, `dZ[${column}]`, `db[${column}]`].includes(active()) ||
        (column === 2 && active() === "Y");
  return (
    <svg class="net-picture" viewBox="0 0 480 262" role="img" aria-label={props.label}>
      <For each={edges}>
        {(edge) => {
          const line = {
            x1: columns[edge.layer - 1],
            y1: y(edge.layer - 1, edge.col),
            x2: columns[edge.layer],
            y2: y(edge.layer, edge.row),
          };
          return (
            <g
              class="edge"
              classList={{
                path: onPath(edge),
                chosen: isChosen(edge),
                active: active() === `dW[${edge.layer}]`,
                positive: weightOf(edge) > 0,
                negative: weightOf(edge) < 0,
              }}
            >
              <line {...line} class="seen" stroke-width={onPath(edge) ? 2.6 : 1.1} />
              {/* For the pointer; the list of weights beside the picture is for the keyboard. */}
              <line {...line} class="reach" on:click={() => props.onChoose(edge)} />
            </g>
          );
        }}
      </For>
      <For each={[0, 1]}>
        {(unit) => (
          <line
            class="to-loss seen"
            classList={{ path: props.weight.layer === 1 || props.weight.row === unit, active: active() === "loss" }}
            x1={columns[2]}
            y1={y(2, unit)}
            x2={columns[3]}
            y2={130}
          />
        )}
      </For>
      <For each={units}>
        {({ column, unit }) => (
          <g class="unit" classList={{ active: isActive(column) }}>
            <circle cx={columns[column]} cy={y(column, unit)} r={22} />
            <text x={columns[column]} y={y(column, unit) + 4}>
              {shownValue(column, unit)}
            </text>
            <Show when={gradientOf(column, unit)}>
              {(gradient) => (
                <text class="gradient" x={columns[column]} y={y(column, unit) + 36}>
                  {gradient()}
                </text>
              )}
            </Show>
          </g>
        )}
      </For>
      <g class="unit" classList={{ active: active() === "loss" }}>
        <circle cx={columns[3]} cy={130} r={26} />
        <text x={columns[3]} y={126}>
          {props.lossWord}
        </text>
        <text x={columns[3]} y={142}>
          {known("loss") ? format(props.told.lossValue, 3) : "·"}
        </text>
      </g>
    </svg>
  );
}
