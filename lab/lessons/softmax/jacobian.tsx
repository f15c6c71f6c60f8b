import { Formula } from "../../components/formula.js";
import { HeatTable } from "../../components/heat-table.js";
import { useTexts, useView } from "../../model/context.js";
import { SavePicture } from "../../picture/save-picture.js";
import { en } from "../../texts/en/softmax.js";
import { zh } from "../../texts/zh/softmax.js";
import { plain, tex } from "../written.js";
import type { SoftmaxValues } from "./values.js";

/** The Jacobian as a heat map, and the case a cell falls under, in symbols and in numbers. */
export function JacobianMap(props: { readonly values: SoftmaxValues; readonly at: readonly [number, number] }) {
  const [, patch] = useView("softmax");
  const t = useTexts({ en, zh });
  const names = (letter: string) =>
    props.values.y.map((_, i) => ({ tex: `${letter}_${i + 1}`, text: `${letter}${i + 1}` }));
  const numbers = (write: typeof tex, dot: string) => {
    const [i, j] = props.at;
    const [yi, yj] = [props.values.y[i] as number, props.values.y[j] as number];
    const value = write(props.values.J[i * props.values.n + j] as number, { first: true });
    return i === j
      ? `${write(yi, { first: true })}${dot}(1 − ${write(yi)}) = ${value}`
      : `−${write(yi)}${dot}${write(yj)} = ${value}`;
  };
  const symbols = () => {
    const [i, j] = [props.at[0] + 1, props.at[1] + 1];
    const derivative = `\\dfrac{\\partial y_${i}}{\\partial z_${j}}`;
    return i === j ? `${derivative} = y_${i}(1 - y_${i})` : `${derivative} = -y_${i}\\,y_${j}`;
  };
  const isDiagonal = () => props.at[0] === props.at[1];
  return (
    <div class="beside">
      <figure class="jacobian-map">
        <div class="table-wrap">
          <HeatTable
            label={t().jacobianLabel}
            rows={props.values.n}
            cols={props.values.n}
            values={props.values.J}
            limit={0.25}
            rowNames={names("y")}
            colNames={names("z")}
            sums={{ name: "Σ", rows: props.values.rowSums, cols: props.values.colSums }}
            chosen={props.at}
            onChoose={(row, col) => patch({ at: [row, col] })}
          />
        </div>
        <p class="picture-caption" aria-hidden="true">
          {t().jacobianLabel}
        </p>
        <SavePicture name="softmax-jacobian" label={t().jacobianLabel} />
      </figure>
      <div>
        <ul class="cases">
          <li classList={{ chosen: isDiagonal() }}>
            <Formula tex="i = j:\quad \dfrac{\partial y_i}{\partial z_j} = y_i(1 - y_i)" />
            <span>{t().onDiagonal}</span>
          </li>
          <li classList={{ chosen: !isDiagonal() }}>
            <Formula tex="i \ne j:\quad \dfrac{\partial y_i}{\partial z_j} = -y_i\,y_j" />
            <span>{t().offDiagonal}</span>
          </li>
        </ul>
        <div class="product jacobian-reading">
          <div aria-hidden="true">
            <Formula block tex={symbols()} />
            <Formula block tex={`= ${numbers(tex, " \\cdot ").replaceAll("−", "-")}`} />
          </div>
          <p class="unseen" role="status">
            {numbers(plain, "·")}
          </p>
        </div>
      </div>
    </div>
  );
}
