import { Index } from "solid-js";
import type { Explanation } from "../../../src/index.js";
import { Matrix } from "../../components/matrix.js";
import { backwardFields, backwardSizes } from "../../model/backward-state.js";
import { useTexts, useView } from "../../model/context.js";
import { typeable } from "../../model/fields.js";
import { en } from "../../texts/en/backward.js";
import { zh } from "../../texts/zh/backward.js";
import { numbersOf } from "./told.js";

const [inputs, , outputs] = backwardSizes;
const given = [
  { name: "X", key: "X", tex: "X" },
  { name: "t", key: "t", tex: "t" },
  { name: "W[1]", key: "W1", tex: "W^{[1]}" },
  { name: "b[1]", key: "b1", tex: "b^{[1]}" },
  { name: "W[2]", key: "W2", tex: "W^{[2]}" },
  { name: "b[2]", key: "b2", tex: "b^{[2]}" },
] as const;
const { batch, W1, b1, W2, b2 } = backwardFields;
/** Nothing typed: all is drawn. */
export const drawn = {
  batch: batch.fallback,
  W1: W1.fallback,
  b1: b1.fallback,
  W2: W2.fallback,
  b2: b2.fallback,
};

/** What both passes start from, to be typed over: inputs, right classes, weights, biases. */
export function Start(props: { readonly inRows: Explanation }) {
  const [state, patch] = useView("backward");
  const t = useTexts({ en, zh });
  const turned = (name: string) => name === "X" && state.convention === "column";
  const shape = (name: string) => {
    const [rows = 1, cols = 1] = props.inRows.steps.find((step) => step.name === name)?.shape ?? [];
    return turned(name) ? ([cols, rows] as const) : ([rows, cols] as const);
  };
  /** Where a number that is shown stands in its row-major list. */
  const place = (name: string, index: number) => {
    if (!turned(name)) return index;
    const examples = shape(name)[1];
    return (index % examples) * inputs + Math.floor(index / examples);
  };
  const shown = (name: string) => {
    const values = numbersOf(props.inRows, name);
    return values.map((_, index) => values[place(name, index)] as number);
  };
  const edit = ({ name, key }: (typeof given)[number], index: number, value: number) => {
    const [low, high] = key === "t" ? [0, outputs - 1] : [-typeable, typeable];
    const number = Math.min(high, Math.max(low, key === "t" ? Math.round(value) : value));
    const typed = numbersOf(props.inRows, name).with(place(name, index), number);
    if (key !== "X" && key !== "t") return patch({ [key]: typed });
    // Inputs and classes are drawn together: one of them typed keeps the other as it is.
    const [x, classes] = key === "X" ? [typed, numbersOf(props.inRows, "t")] : [numbersOf(props.inRows, "X"), typed];
    patch({ batch: classes.flatMap((one, i) => [...x.slice(i * inputs, (i + 1) * inputs), one]) });
  };
  return (
    <>
      <div class="ledger">
        <Index each={given}>
          {(one) => (
            <Matrix
              tex={one().tex}
              name={one().name}
              rows={shape(one().name)[0]}
              cols={shape(one().name)[1]}
              values={shown(one().name)}
              onEdit={(index, value) => edit(one(), index, value)}
            />
          )}
        </Index>
      </div>
      <p class="stage-foot">
        <small>{t().startNote}</small>
        <button type="button" class="quiet" onClick={() => patch(drawn)}>
          {t().drawnAgain}
        </button>
      </p>
    </>
  );
}
