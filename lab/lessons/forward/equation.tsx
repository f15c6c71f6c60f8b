import { Index, Show } from "solid-js";
import { Formula } from "../../components/formula.js";
import { Matrix } from "../../components/matrix.js";
import { useView } from "../../model/context.js";
import { typeable } from "../../model/fields.js";
import { type ForwardMatrix, rowsAndCols } from "../../model/forward-state.js";
import { cellIn, isTurned, lights, partsOf, scenes, shownShape, turn, turned } from "./layout.js";
import { nameOf, texOf } from "./names.js";
import type { Values } from "./pass.js";

interface EquationProps {
  readonly layer: 1 | 2;
  readonly values: Values;
}

/** One layer as an equation of matrices: X · Wᵀ + bᵀ = Z → g → A, or W · X + b = Z → g → A. */
export function Equation(props: EquationProps) {
  const [state] = useView("forward");
  const parts = () => {
    const [input, weights, bias, z, a] = partsOf(props.layer);
    const product = state.convention === "row" ? ([input, weights] as const) : ([weights, input] as const);
    return [
      { matrix: product[0], after: "\\cdot" },
      { matrix: product[1], after: "+" },
      { matrix: bias, after: "=" },
      { matrix: z, after: "\\xrightarrow{\\;g\\;}" },
      { matrix: a, after: "" },
    ];
  };
  return (
    <div class="equation">
      <Index each={parts()}>
        {(part) => (
          <>
            <Part matrix={part().matrix} values={props.values} />
            <Show when={part().after}>
              <span class="operator">
                <Formula tex={part().after} />
              </span>
            </Show>
          </>
        )}
      </Index>
    </div>
  );
}

const editable = ["X", "W1", "b1", "W2", "b2"] as const;

function Part(props: { readonly matrix: ForwardMatrix; readonly values: Values }) {
  const [state, patch] = useView("forward");
  const isIt = () => isTurned(props.matrix, state.convention);
  const shape = () => shownShape(props.matrix, state.scene);
  const shown = () => (isIt() ? ([shape()[1], shape()[0]] as const) : shape());
  const stride = () => rowsAndCols[props.matrix][1];
  const cells = () =>
    Array.from({ length: shown()[0] * shown()[1] }, (_, i) => {
      const at = turn({ row: Math.floor(i / shown()[1]), col: i % shown()[1] }, isIt());
      return props.values[props.matrix][at.row * stride() + at.col] as number;
    });
  const edit = (index: number, value: number) => {
    const key = editable.find((one) => one === props.matrix);
    if (key === undefined) return;
    const at = turn({ row: Math.floor(index / shown()[1]), col: index % shown()[1] }, isIt());
    const number = Math.min(typeable, Math.max(-typeable, value));
    patch({ [key]: state[key].with(at.row * stride() + at.col, number) });
  };
  const single = () => scenes[state.scene].m === 1;
  return (
    <Matrix
      tex={texOf(props.matrix, state.convention, single())}
      name={nameOf(props.matrix, state.convention)}
      rows={shown()[0]}
      cols={shown()[1]}
      values={cells()}
      highlight={turned(lights(cellIn(state.scene, state.at))[props.matrix], isIt())}
      {...(editable.some((one) => one === props.matrix) && { onEdit: edit })}
      onFocusCell={(at) => {
        if (at !== undefined) patch({ at: { matrix: props.matrix, ...turn(at, isIt()) } });
      }}
    />
  );
}
