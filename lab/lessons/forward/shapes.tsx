import { For } from "solid-js";
import { Formula } from "../../components/formula.js";
import { useTexts, useView } from "../../model/context.js";
import { shape } from "../../model/format.js";
import { sizes } from "../../model/forward-state.js";
import { en } from "../../texts/en/forward.js";
import { zh } from "../../texts/zh/forward.js";

const { m, n0, n1, n2 } = sizes;

/** Each value with its two axes in the row convention: letters and sizes. Weights are the same in both. */
const rows = [
  { name: "X = A[0]", tex: "X = A^{[0]}", letters: ["m", "n_0"], sizes: [m, n0] },
  { name: "W[1]", tex: "W^{[1]}", letters: ["n_1", "n_0"], sizes: [n1, n0], fixed: true },
  { name: "b[1]", tex: "b^{[1]}", letters: ["n_1", "1"], sizes: [n1, 1], fixed: true },
  { name: "Z[1], A[1]", tex: "Z^{[1]},\\ A^{[1]}", letters: ["m", "n_1"], sizes: [m, n1] },
  { name: "W[2]", tex: "W^{[2]}", letters: ["n_2", "n_1"], sizes: [n2, n1], fixed: true },
  { name: "b[2]", tex: "b^{[2]}", letters: ["n_2", "1"], sizes: [n2, 1], fixed: true },
  { name: "Z[2], A[2]", tex: "Z^{[2]},\\ A^{[2]}", letters: ["m", "n_2"], sizes: [m, n2] },
] as const;

/** One table for both conventions. */
export function Shapes() {
  const [state] = useView("forward");
  const t = useTexts({ en, zh });
  const cell = (letters: readonly string[], numbers: readonly number[], flipped: boolean) => {
    const [a, b] = flipped ? letters.toReversed() : letters;
    return (
      <>
        <Formula tex={`${a} \\times ${b}`} />{" "}
        <span class="shape">{shape(...(flipped ? numbers.toReversed() : numbers))}</span>
      </>
    );
  };
  return (
    <div class="table-wrap">
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{t().value}</th>
            <th scope="col" classList={{ chosen: state.convention === "row" }}>
              {t().conventions.row} <Formula tex="Z = XW^{\mathsf T} + b^{\mathsf T}" />
            </th>
            <th scope="col" classList={{ chosen: state.convention === "column" }}>
              {t().conventions.column} <Formula tex="Z = WX + b" />
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={rows}>
            {(row) => (
              <tr>
                <th scope="row">
                  <span class="unseen">{row.name}</span>
                  <span aria-hidden="true">
                    <Formula tex={row.tex} />
                  </span>
                </th>
                <td classList={{ chosen: state.convention === "row" }}>{cell(row.letters, row.sizes, false)}</td>
                <td classList={{ chosen: state.convention === "column" }}>
                  {cell(row.letters, row.sizes, !("fixed" in row))}
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
